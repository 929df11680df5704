#pragma once

#include "lf-load-profile.h"
#include "lf-step.h"

#define LF_SPEC_SCHEMA "loadforge/spec/1"
#define LF_ATTACHMENT_LIMIT (25 * 1024 * 1024) /* bytes: 25 MiB */

LF_DECLARE_RECORD (LfVariable, lf_variable)
LF_DECLARE_RECORD (LfDataSource, lf_data_source)
LF_DECLARE_RECORD (LfSpecSchedule, lf_spec_schedule)
LF_DECLARE_RECORD (LfSpec, lf_spec)
LF_DECLARE_RECORD (LfProblem, lf_problem)

struct _LfVariable
{
  LfRecord record;
  char *name; /* the key */
  char *value;
  gboolean secret;
};

struct _LfDataSource
{
  LfRecord record;
  char *name;
  char *attachment_id;
  char *file;
  int format; /* csv jsonl */
  int order;  /* sequential random unique */
  int on_end; /* recycle stop */
};

struct _LfSpecSchedule
{
  LfRecord record;
  char *cron;
  char *time_zone;
  gboolean enabled;
};

typedef enum
{
  LF_FLOW_SEQUENCE,
  LF_FLOW_WEIGHTED,
} LfFlow;

struct _LfSpec
{
  LfRecord record;
  char *schema;
  char *id;
  char *name;
  char *description;
  char **tags;
  gint64 revision;
  gint64 created_at; /* ms since 1970 */
  gint64 updated_at;
  GPtrArray *variables; /* LfVariable */
  GPtrArray *data;      /* LfDataSource */
  LfHttpOptions *http;
  LfStep *request;      /* the short form of a spec of one step, kept as it was written; else NULL */
  GPtrArray *steps;     /* LfStep */
  LfFlow flow;
  LfLoadProfile *load_profile;
  double warmup;        /* s */
  double graceful_stop; /* s; 30 where absent */
  JsonNode *thresholds;
  LfSpecSchedule *schedule;
};

/* A mistake in a spec, and where. */
struct _LfProblem
{
  LfRecord record;
  char *pointer; /* JSON pointer: "/steps/0/url" */
  char *message; /* "not an http or https URL" */
};

/* Reads a document; shape, types, ranges and words are checked. (transfer full) or NULL with
 * LF_ERROR_SYNTAX or LF_ERROR_VALUE. Any thread. */
LfSpec     *lf_spec_from_text  (const char *text, gssize length, GError **error) G_GNUC_WARN_UNUSED_RESULT;
LfSpec     *lf_spec_from_json  (JsonNode *node, GError **error) G_GNUC_WARN_UNUSED_RESULT;
char       *lf_spec_to_text    (const LfSpec *self) G_GNUC_WARN_UNUSED_RESULT; /* pretty, ends with a newline */

/* A new spec for the editor: one GET step without a URL, 10 users, 5 s up, 30 s steady, 5 s down. */
LfSpec     *lf_spec_new_default (void) G_GNUC_WARN_UNUSED_RESULT;

/* One step, whether the document has `request` or `steps`. The array belongs to the caller, the
 * steps to @self. (transfer container) (element-type LfStep) */
GPtrArray  *lf_spec_get_steps  (const LfSpec *self) G_GNUC_WARN_UNUSED_RESULT;
LfStep     *lf_spec_get_step   (const LfSpec *self, guint n); /* (transfer none), NULL past the end */
guint       lf_spec_get_n_steps (const LfSpec *self);

/* All mistakes that keep a spec from running: URLs, header newlines, no enabled step, an empty
 * profile... (transfer full) (element-type LfProblem); empty where it is well. */
GPtrArray  *lf_spec_validate   (const LfSpec *self) G_GNUC_WARN_UNUSED_RESULT;
/* The same, as the first problem in an LF_ERROR_VALUE: "/steps/0/url: not an http or https URL". */
gboolean    lf_spec_check      (const LfSpec *self, GError **error);
/* Whether this version can run it: LF_ERROR_UNSUPPORTED with a pointer for variables, extraction,
 * checks, thresholds, data files, weighted flow and executors or auth that come later. */
gboolean    lf_spec_check_supported (const LfSpec *self, GError **error);

/* Ids of all attachments that it uses. (transfer full) (element-type utf8) */
GPtrArray  *lf_spec_get_attachment_ids (const LfSpec *self) G_GNUC_WARN_UNUSED_RESULT;
