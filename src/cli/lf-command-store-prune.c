#include "config.h"

#include "lf-command.h"

#include "lf-await.h"
#include "lf-number.h"
#include "lf-progress-line.h"
#include "lf-store-access.h"
#include "lf-store-prune.h"
#include "lf-table.h"
#include "lf-text.h"

#include <glib/gi18n.h>
#include <stdio.h>

typedef struct
{
  LfStorePruneRule rule;
  gboolean dry_run;
} Wish;

static void
print_runs (GPtrArray *runs)
{
  g_autoptr (LfTable) table = lf_table_new (_ ("ID"), _ ("STARTED"), _ ("SPEC"), NULL);

  for (guint i = 0; i < runs->len; i++)
    {
      const LfRun *run = runs->pdata[i];

      lf_table_take (table, g_strdup (run->id), lf_text_time (run->started_at),
                     g_strdup (run->spec_name));
    }
  lf_table_print (table);
}

static void
preview (GPtrArray *runs)
{
  if (runs->len > 0)
    print_runs (runs);
  fprintf (stderr, ngettext ("%u run would go.\n", "%u runs would go.\n", runs->len), runs->len);
}

static gboolean
delete_runs (LfStore *store, GPtrArray *runs, GError **error)
{
  LfProgressLine line = { N_ ("Deleted") };
  g_autoptr (GAsyncResult) result = NULL;
  gssize n;

  lf_store_prune_async (store, runs, lf_progress_line_cb, &line, NULL, lf_await_cb, &result);
  n = lf_store_prune_finish (lf_await (&result), error);
  lf_progress_line_clear (&line);
  if (n < 0)
    return FALSE;
  printf (ngettext ("Deleted %zd run.\n", "Deleted %zd runs.\n", (gulong) n), n);
  return TRUE;
}

static gboolean
prune (LfStore *store, gpointer data, GError **error)
{
  const Wish *wish = data;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) runs = NULL;

  lf_store_prune_list_async (store, &wish->rule, NULL, lf_await_cb, &result);
  runs = lf_store_prune_list_finish (lf_await (&result), error);
  if (runs == NULL)
    return FALSE;
  if (!wish->dry_run)
    return delete_runs (store, runs, error);
  preview (runs);
  return TRUE;
}

static int
run_prune (const LfCommand *self, char **words)
{
  g_autofree char *store = NULL;
  g_autofree char *keep_text = NULL;
  g_autofree char *days_text = NULL;
  Wish wish = { 0 };
  const GOptionEntry entries[] = {
    LF_COMMAND_STORE_ENTRY (&store),
    { "keep", 0, 0, G_OPTION_ARG_FILENAME, &keep_text, N_ ("The newest N runs of each spec stay"),
      N_ ("N") },
    { "days", 0, 0, G_OPTION_ARG_FILENAME, &days_text, N_ ("Runs of the last N days stay"),
      N_ ("N") },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &wish.dry_run, N_ ("Only list what would go"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) arguments = NULL;
  GError *error = NULL;
  gint64 keep = 0;
  gint64 days = 0;
  int code = lf_command_parse (self, entries, words, &arguments);

  if (code != LF_COMMAND_GO_ON)
    return code;
  if (!lf_number_read_whole ("--keep", keep_text, 1, 1000000, &keep, &error) ||
      !lf_number_read_whole ("--days", days_text, 1, 100000, &days, &error))
    return lf_command_fail_usage (self, error);
  wish.rule = (LfStorePruneRule){ (guint) keep, (guint) days };
  return lf_store_access_do (store, prune, &wish);
}

const LfCommand lf_command_store_prune = {
  .name = "store prune",
  .summary = N_ ("Delete old runs"),
  .help = N_ (
      "Say what stays with --keep or --days; with both, a run stays that either keeps. Baselines,\n"
      "runs with a name or notes, and runs that go on always stay. There is no way back: look at\n"
      "what would go with --dry-run first.\n"
      "\n"
      "Examples:\n"
      "  loadforge-cli store prune --keep 20 --dry-run\n"
      "  loadforge-cli store prune --keep 20 --days 90"),
  .run = run_prune,
};
