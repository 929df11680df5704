#include "config.h"

#include "lf-command.h"

#include "lf-error.h"
#include "lf-format-option.h"
#include "lf-id.h"
#include "lf-json-list.h"
#include "lf-number.h"
#include "lf-run-source.h"
#include "lf-spec-source.h"
#include "lf-store-access.h"
#include "lf-table.h"
#include "lf-text.h"

#include <glib/gi18n.h>
#include <stdio.h>

typedef struct
{
  char *spec; /* name or id, NULL: any */
  gboolean active;
  gint64 limit;
  int format;
} Wish;

static const char *const formats[] = { "table", "json", NULL };

static char *
describe_p95 (const LfRun *run)
{
  const LfLatency *response =
      run->summary != NULL ? lf_latencies_get_response (run->summary->latency) : NULL;

  return response != NULL ? g_strdup_printf ("%.2f", response->p95) : NULL;
}

static void
add_row (LfTable *table, const LfRun *run)
{
  const LfRunProgress *progress = run->progress;

  lf_table_take (table, g_strdup (run->id), lf_text_time (run->started_at),
                 g_strdup (run->spec_name), g_strdup (lf_run_status_words[run->status]),
                 g_strdup (lf_verdict_words[run->verdict]),
                 progress != NULL ? g_strdup_printf ("%.0f", (double) progress->requests) : NULL,
                 progress != NULL ? g_strdup_printf ("%.0f", (double) progress->failed) : NULL,
                 describe_p95 (run));
}

static void
print_table (GPtrArray *runs)
{
  g_autoptr (LfTable) table =
      lf_table_new (_ ("ID"), _ ("STARTED"), _ ("SPEC"), _ ("STATUS"), _ ("VERDICT"),
                    _ (">REQUESTS"), _ (">FAILED"), _ (">P95 MS"), NULL);

  if (runs->len == 0)
    {
      fputs (_ ("No such runs yet: “loadforge-cli run --help” tells how to make one.\n"), stderr);
      return;
    }
  for (guint i = 0; i < runs->len; i++)
    add_row (table, runs->pdata[i]);
  lf_table_print (table);
}

/* The id of the spec that is meant, which may be deleted already. (transfer full) */
static char *
find_spec_id (LfStore *store, const char *word, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (LfSpec) spec = lf_spec_source_find (store, word, NULL, &reason);

  if (spec != NULL)
    return g_strdup (spec->id);
  if (g_error_matches (reason, LF_ERROR, LF_ERROR_NOT_FOUND) && lf_id_is_valid (word))
    return g_strdup (word);
  g_propagate_error (error, g_steal_pointer (&reason));
  return NULL;
}

static gboolean
list (LfStore *store, gpointer data, GError **error)
{
  const Wish *wish = data;
  g_autofree char *spec_id = NULL;
  g_autoptr (GPtrArray) runs = NULL;
  LfRunQuery query = { .active = wish->active, .limit = (guint) wish->limit };

  if (wish->spec != NULL)
    {
      spec_id = find_spec_id (store, wish->spec, error);
      if (spec_id == NULL)
        return FALSE;
    }
  query.spec_id = spec_id;
  runs = lf_run_source_list (store, &query, error);
  if (runs == NULL)
    return FALSE;
  if (wish->format == 0)
    print_table (runs);
  else
    lf_json_list_print (runs, lf_record_to_json);
  return TRUE;
}

static int
run_list (const LfCommand *self, char **words)
{
  g_autofree char *store = NULL;
  g_autofree char *spec = NULL;
  g_autofree char *limit = NULL;
  g_autofree char *format = NULL;
  Wish wish = { .limit = 20 };
  const GOptionEntry entries[] = {
    LF_COMMAND_STORE_ENTRY (&store),
    { "spec", 0, 0, G_OPTION_ARG_FILENAME, &spec, N_ ("Only runs of this spec"), N_ ("NAME|ID") },
    { "active", 0, 0, G_OPTION_ARG_NONE, &wish.active, N_ ("Only runs that have not ended"), NULL },
    { "limit", 0, 0, G_OPTION_ARG_FILENAME, &limit, N_ ("At most so many (20); 0 for all"),
      N_ ("N") },
    { "format", 0, 0, G_OPTION_ARG_FILENAME, &format, N_ ("table or json (table)"), N_ ("FORMAT") },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) arguments = NULL;
  GError *error = NULL;
  int code = lf_command_parse (self, entries, words, &arguments);

  if (code != LF_COMMAND_GO_ON)
    return code;
  wish.spec = spec;
  wish.format = lf_format_option_read (format, formats, &error);
  if (wish.format < 0 || !lf_number_read_whole ("--limit", limit, 0, 1000000, &wish.limit, &error))
    return lf_command_fail_usage (self, error);
  return lf_store_access_do (store, list, &wish);
}

const LfCommand lf_command_runs_list = {
  .name = "runs list",
  .summary = N_ ("List the runs in the store, the newest first"),
  .help = N_ ("A run whose program was killed is listed as interrupted, with what was kept of it.\n"
              "\n"
              "Examples:\n"
              "  loadforge-cli runs list\n"
              "  loadforge-cli runs list --spec Checkout --limit 5\n"
              "  loadforge-cli runs list --format json | jq '.[].summary.latency.duration.p95'"),
  .run = run_list,
};
