#pragma once

#include "lf-run-summary.h"

#include <glib.h>

/*
 * One command of the program. Its function takes the words after the command's name and answers
 * with the exit code.
 */
typedef struct _LfCommand LfCommand;

struct _LfCommand
{
  const char *name;      /* "run", "runs list" */
  const char *arguments; /* for the usage line: "SPEC.json|NAME|ID"; NULL: none */
  guint least;           /* of those */
  guint most;            /* of those; G_MAXUINT: any number */
  const char *summary;   /* what it does, in one line */
  const char *help;      /* after the options: notes and examples; NULL: none */
  int (*run) (const LfCommand *self, char **words);
};

extern const LfCommand lf_command_run;
extern const LfCommand lf_command_target;
extern const LfCommand lf_command_specs_list;
extern const LfCommand lf_command_specs_show;
extern const LfCommand lf_command_specs_add;
extern const LfCommand lf_command_specs_delete;
extern const LfCommand lf_command_runs_list;
extern const LfCommand lf_command_runs_show;
extern const LfCommand lf_command_runs_export;
extern const LfCommand lf_command_runs_compare;
extern const LfCommand lf_command_runs_upload;
extern const LfCommand lf_command_store_check;
extern const LfCommand lf_command_store_copy;
extern const LfCommand lf_command_store_prune;
extern const LfCommand lf_command_serve;
extern const LfCommand lf_command_token_new;
extern const LfCommand lf_command_token_list;
extern const LfCommand lf_command_token_revoke;

/* --store as every command that needs the store has it. */
#define LF_COMMAND_STORE_ENTRY(place)                                            \
  { "store", 0, 0, G_OPTION_ARG_FILENAME, place,                                 \
    N_ ("Where to look: sqlite:PATH or mongodb://HOST/DATABASE"), N_ ("URI") }

/* What lf_command_parse() answers where the command is to go on. */
#define LF_COMMAND_GO_ON (-1)

/* Reads @words by @entries; G_OPTION_ARG_FILENAME takes any text as it stands. *arguments:
 * (transfer full), what is no option. Answers LF_COMMAND_GO_ON, or the exit code where help was
 * asked for and printed, or a mistake was told. */
int lf_command_parse       (const LfCommand *self, const GOptionEntry *entries, char **words, char ***arguments);
/* Tells @message on standard error, on one line. */
void lf_command_tell       (const char *message);
/* Tells @error and answers the exit code that it has everywhere but in `target`. */
int lf_command_fail        (const GError *error);
/* Tells a mistake in the command line, and where to read how it goes. Takes @error. */
int lf_command_fail_usage  (const LfCommand *self, GError *error);
