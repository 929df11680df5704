#include "config.h"

#include "lf-command.h"

#include "lf-await.h"
#include "lf-error.h"
#include "lf-progress-line.h"
#include "lf-store-access.h"

#include <glib/gi18n.h>
#include <stdio.h>

static void
print_counts (LfStore *store, const LfStoreAudit *audit)
{
  printf ("%s\n", lf_store_get_name (store));
  printf ("  %-10s %u\n", _ ("specs"), audit->specs);
  printf ("  %-10s %u\n", _ ("schedules"), audit->schedules);
  printf ("  %-10s %u\n", _ ("runs"), audit->runs);
  printf ("  %-10s %u\n", _ ("files"), audit->attachments);
}

/* One problem a line, and an error that counts them. */
static gboolean
tell_problems (const LfStoreAudit *audit, GError **error)
{
  guint n = audit->problems->len;

  for (guint i = 0; i < n; i++)
    lf_command_tell (audit->problems->pdata[i]);
  if (n == 0)
    return TRUE;
  g_set_error (error, LF_ERROR, LF_ERROR_CORRUPT,
               ngettext ("%u thing above cannot be used; the rest can. Copy the rest with "
                         "“store copy”, or restore a backup",
                         "%u things above cannot be used; the rest can. Copy the rest with "
                         "“store copy”, or restore a backup",
                         n),
               n);
  return FALSE;
}

static gboolean
check (LfStore *store, gpointer data, GError **error)
{
  LfProgressLine line = { N_ ("Checked") };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (LfStoreAudit) audit = NULL;

  lf_store_audit_async (store, lf_progress_line_cb, &line, NULL, lf_await_cb, &result);
  audit = lf_store_audit_finish (store, lf_await (&result), error);
  lf_progress_line_clear (&line);
  if (audit == NULL)
    return FALSE;
  print_counts (store, audit);
  return tell_problems (audit, error);
}

static int
run_check (const LfCommand *self, char **words)
{
  g_autofree char *store = NULL;
  const GOptionEntry entries[] = { LF_COMMAND_STORE_ENTRY (&store), G_OPTION_ENTRY_NULL };
  g_auto (GStrv) arguments = NULL;
  int code = lf_command_parse (self, entries, words, &arguments);

  return code != LF_COMMAND_GO_ON ? code : lf_store_access_do (store, check, NULL);
}

const LfCommand lf_command_store_check = {
  .name = "store check",
  .summary = N_ ("Read all that is kept, and tell what cannot be used"),
  .help =
      N_ ("Every spec, run, sample and log line is read, the checksum of every file compared, and\n"
          "an SQLite database asked to check itself. Nothing is changed. Answers 107 where\n"
          "something cannot be used.\n"
          "\n"
          "Examples:\n"
          "  loadforge-cli store check\n"
          "  loadforge-cli store check --store mongodb://db.example.com/loadforge"),
  .run = run_check,
};
