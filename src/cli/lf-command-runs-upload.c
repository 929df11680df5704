#include "config.h"

#include "lf-command.h"

#include "lf-await.h"
#include "lf-error.h"
#include "lf-store-access.h"

#include <glib/gi18n.h>
#include <stdio.h>

static gboolean
need_spill (LfSpill *spill, GError **error)
{
  if (spill == NULL)
    g_set_error_literal (error, LF_ERROR, LF_ERROR_VALUE,
                         _ ("Runs are uploaded into another store; name it with --store"));
  return spill != NULL;
}

static void
tell_moved (gssize n, LfStore *store)
{
  if (n == 0)
    printf (_ ("No run waits on this computer.\n"));
  else
    printf (
        ngettext ("%zd run was uploaded to %s.\n", "%zd runs were uploaded to %s.\n", (gulong) n),
        n, lf_store_get_name (store));
}

static void
upload (LfWorkspace *workspace, GError **error)
{
  LfStore *store = lf_workspace_get_store (workspace);
  LfSpill *spill = lf_workspace_get_spill (workspace);
  g_autoptr (GAsyncResult) result = NULL;
  gssize n;

  if (!need_spill (spill, error))
    return;
  lf_spill_upload_async (spill, store, NULL, lf_await_cb, &result);
  n = lf_spill_upload_finish (spill, lf_await (&result), error);
  if (n >= 0)
    tell_moved (n, store);
}

static int
run_upload (const LfCommand *self, char **words)
{
  g_autofree char *uri = NULL;
  const GOptionEntry entries[] = {
    { "store", 0, 0, G_OPTION_ARG_FILENAME, &uri,
      N_ ("Where to: sqlite:PATH or mongodb://HOST/DATABASE"), N_ ("URI") },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GError) error = NULL;
  LfWorkspace *workspace;
  int code = lf_command_parse (self, entries, words, &arguments);

  if (code != LF_COMMAND_GO_ON)
    return code;
  workspace = lf_store_access_open (uri, NULL, &error);
  if (workspace != NULL)
    {
      upload (workspace, &error);
      lf_store_access_close (workspace);
    }
  return error != NULL ? lf_command_fail (error) : LF_EXIT_PASSED;
}

const LfCommand lf_command_runs_upload = {
  .name = "runs upload",
  .summary = N_ ("Move runs whose store was away from this computer into the store"),
  .help = N_ (
      "A run whose store fails goes on, and is kept on this computer meanwhile; one whose store\n"
      "is still away at its end stays there until it is uploaded. What the store has of it\n"
      "already is not written twice. The desktop application offers the same.\n"
      "\n"
      "Examples:\n"
      "  loadforge-cli runs upload\n"
      "  loadforge-cli runs upload --store mongodb://db.example.com/loadforge"),
  .run = run_upload,
};
