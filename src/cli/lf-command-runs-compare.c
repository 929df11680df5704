#include "config.h"

#include "lf-command.h"

#include "lf-compare.h"
#include "lf-error.h"
#include "lf-format-option.h"
#include "lf-json.h"
#include "lf-run-source.h"
#include "lf-store-access.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdio.h>

typedef struct
{
  char **words;
  double tolerance; /* percent */
  gboolean fails;   /* where the newer is worse */
  int format;
  gboolean worse; /* what came out */
} Wish;

static const char *const formats[] = { "text", "json", NULL };

/* With its summary, or there is nothing to compare. */
static LfRun *
find_run (LfStore *store, const char *word, GError **error)
{
  g_autoptr (LfRun) run = lf_run_source_find (store, word, error);

  if (run == NULL || run->summary != NULL)
    return g_steal_pointer (&run);
  g_set_error (error, LF_ERROR, LF_ERROR_VALUE,
               _ ("Run %s has no summary yet; compare it when it has ended"), run->id);
  return NULL;
}

static void
print (const LfRun *before, const LfRun *after, const GArray *rows, int format)
{
  g_autofree char *text = NULL;

  if (format == 0)
    text = lf_compare_text (before, after, rows);
  else
    {
      g_autoptr (JsonNode) json = lf_compare_json (before, after, rows);
      g_autofree char *line = lf_json_to_text (json, TRUE);

      text = g_strconcat (line, "\n", NULL);
    }
  fputs (text, stdout);
}

static gboolean
compare (LfStore *store, gpointer data, GError **error)
{
  Wish *wish = data;
  g_autoptr (LfRun) before = find_run (store, wish->words[0], error);
  g_autoptr (LfRun) after = before != NULL ? find_run (store, wish->words[1], error) : NULL;
  g_autoptr (GArray) rows = NULL;

  if (after == NULL)
    return FALSE;
  rows = lf_compare_summaries (before->summary, after->summary, wish->tolerance / 100);
  print (before, after, rows, wish->format);
  wish->worse = lf_compare_is_worse (rows);
  return TRUE;
}

static gboolean
check (const Wish *wish, GError **error)
{
  if (isfinite (wish->tolerance) && wish->tolerance >= 0 && wish->tolerance <= 100)
    return TRUE;
  g_set_error_literal (error, LF_ERROR, LF_ERROR_VALUE,
                       _ ("--tolerance takes a percentage from 0 to 100"));
  return FALSE;
}

static int
run_compare (const LfCommand *self, char **words)
{
  g_autofree char *store = NULL;
  g_autofree char *format = NULL;
  Wish wish = { .tolerance = LF_COMPARE_TOLERANCE * 100 };
  const GOptionEntry entries[] = {
    LF_COMMAND_STORE_ENTRY (&store),
    { "tolerance", 0, 0, G_OPTION_ARG_DOUBLE, &wish.tolerance,
      N_ ("What counts as the same (5 percent)"), N_ ("PERCENT") },
    { "fail-if-worse", 0, 0, G_OPTION_ARG_NONE, &wish.fails,
      N_ ("End with code 99 where AFTER is worse"), NULL },
    { "format", 0, 0, G_OPTION_ARG_FILENAME, &format, N_ ("text or json (text)"), N_ ("FORMAT") },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) arguments = NULL;
  GError *error = NULL;
  int code = lf_command_parse (self, entries, words, &arguments);

  if (code != LF_COMMAND_GO_ON)
    return code;
  wish.words = arguments;
  wish.format = lf_format_option_read (format, formats, &error);
  if (wish.format < 0 || !check (&wish, &error))
    return lf_command_fail_usage (self, error);
  code = lf_store_access_do (store, compare, &wish);
  return code == LF_EXIT_PASSED && wish.worse && wish.fails ? LF_EXIT_FAILED : code;
}

const LfCommand lf_command_runs_compare = {
  .name = "runs compare",
  .arguments = N_ ("BEFORE AFTER"),
  .least = 2,
  .most = 2,
  .summary = N_ ("Print what changed from one run to another"),
  .help = N_ ("BEFORE and AFTER are ids of runs, as “runs list” tells them, or “last”.\n\n"
              "Examples:\n"
              "  loadforge-cli runs compare 6567f0a1b2c3d4e5f6a7b8c9 last\n"
              "  loadforge-cli runs compare 6567f0a1b2c3d4e5f6a7b8c9 last --fail-if-worse\n"
              "  loadforge-cli runs compare 6567f0a1b2c3d4e5f6a7b8c9 last --format json"),
  .run = run_compare,
};
