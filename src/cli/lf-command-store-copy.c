#include "config.h"

#include "lf-command.h"

#include "lf-await.h"
#include "lf-error.h"
#include "lf-progress-line.h"
#include "lf-store-access.h"
#include "lf-store-copy.h"

#include <glib/gi18n.h>
#include <stdio.h>

static LfStore *
open_target (LfStore *source, const char *uri, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (LfStore) target = NULL;

  lf_store_open_async (uri, NULL, lf_await_cb, &result);
  target = lf_store_open_finish (lf_await (&result), error);
  if (target == NULL || g_strcmp0 (lf_store_get_name (source), lf_store_get_name (target)) != 0)
    return g_steal_pointer (&target);
  g_set_error (error, LF_ERROR, LF_ERROR_VALUE,
               _ ("%s would be copied into itself; name another store, or its source with --store"),
               lf_store_get_name (source));
  return NULL;
}

static void
print_counts (LfStore *target, const LfStoreCopyResult *copied)
{
  printf (_ ("Copied to %s: %u specs, %u schedules, %u runs, %u files\n"),
          lf_store_get_name (target), copied->specs, copied->schedules, copied->runs,
          copied->attachments);
  if (copied->same > 0)
    printf (ngettext ("%u was there already\n", "%u were there already\n", copied->same),
            copied->same);
  if (copied->kept > 0)
    printf (ngettext ("%u was changed there, and stays\n", "%u were changed there, and stay\n",
                      copied->kept),
            copied->kept);
}

static gboolean
tell_problems (const LfStoreCopyResult *copied, GError **error)
{
  guint n = copied->problems->len;

  for (guint i = 0; i < n; i++)
    lf_command_tell (copied->problems->pdata[i]);
  if (n == 0)
    return TRUE;
  g_set_error (error, LF_ERROR, LF_ERROR_CORRUPT,
               ngettext ("%u thing above was not copied; all others were",
                         "%u things above were not copied; all others were", n),
               n);
  return FALSE;
}

static gboolean
copy_into (LfStore *source, LfStore *target, GError **error)
{
  LfProgressLine line = { N_ ("Copied") };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (LfStoreCopyResult) copied = NULL;

  lf_store_copy_async (source, target, lf_progress_line_cb, &line, NULL, lf_await_cb, &result);
  copied = lf_store_copy_finish (lf_await (&result), error);
  lf_progress_line_clear (&line);
  if (copied == NULL)
    return FALSE;
  print_counts (target, copied);
  return tell_problems (copied, error);
}

static gboolean
copy (LfStore *source, gpointer uri, GError **error)
{
  g_autoptr (LfStore) target = open_target (source, uri, error);
  g_autoptr (GAsyncResult) closed = NULL;
  gboolean well;

  if (target == NULL)
    return FALSE;
  well = copy_into (source, target, error);
  lf_store_close_async (target, lf_await_cb, &closed);
  return lf_store_close_finish (target, lf_await (&closed), well ? error : NULL) && well;
}

static int
run_copy (const LfCommand *self, char **words)
{
  g_autofree char *store = NULL;
  const GOptionEntry entries[] = {
    { "store", 0, 0, G_OPTION_ARG_FILENAME, &store,
      N_ ("Where from: sqlite:PATH or mongodb://HOST/DATABASE"), N_ ("URI") },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) arguments = NULL;
  int code = lf_command_parse (self, entries, words, &arguments);

  return code != LF_COMMAND_GO_ON ? code : lf_store_access_do (store, copy, arguments[0]);
}

const LfCommand lf_command_store_copy = {
  .name = "store copy",
  .arguments = N_ ("URI"),
  .least = 1,
  .most = 1,
  .summary = N_ ("Copy everything into another store"),
  .help = N_ (
      "Files, specs, schedules and runs keep their ids; each is read back there and compared.\n"
      "What is there already is not copied again, so that a copy that was cut off goes on where\n"
      "it was. What was changed there stays. A run that goes on is left out.\n"
      "\n"
      "Examples:\n"
      "  loadforge-cli store copy mongodb://db.example.com/loadforge\n"
      "  loadforge-cli store copy sqlite:backup.db --store mongodb://db.example.com/loadforge"),
  .run = run_copy,
};
