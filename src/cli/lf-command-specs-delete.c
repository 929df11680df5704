#include "config.h"

#include "lf-command.h"

#include "lf-await.h"
#include "lf-spec-source.h"
#include "lf-store-access.h"

#include <glib/gi18n.h>
#include <stdio.h>

static gboolean
delete_spec (LfStore *store, gpointer word, GError **error)
{
  g_autoptr (LfSpec) spec = lf_spec_source_find (store, word, NULL, error);
  g_autoptr (GAsyncResult) result = NULL;

  if (spec == NULL)
    return FALSE;
  lf_store_delete_spec_async (store, spec->id, NULL, lf_await_cb, &result);
  if (!lf_store_delete_spec_finish (store, lf_await (&result), error))
    return FALSE;
  fprintf (stderr, _ ("Deleted “%s” (%s). Its runs stay.\n"), spec->name != NULL ? spec->name : "",
           spec->id);
  return TRUE;
}

static int
run_delete (const LfCommand *self, char **words)
{
  g_autofree char *store = NULL;
  const GOptionEntry entries[] = { LF_COMMAND_STORE_ENTRY (&store), G_OPTION_ENTRY_NULL };
  g_auto (GStrv) arguments = NULL;
  int code = lf_command_parse (self, entries, words, &arguments);

  return code != LF_COMMAND_GO_ON ? code : lf_store_access_do (store, delete_spec, arguments[0]);
}

const LfCommand lf_command_specs_delete = {
  .name = "specs delete",
  .arguments = N_ ("NAME|ID"),
  .least = 1,
  .most = 1,
  .summary = N_ ("Delete a spec; its runs stay"),
  .help = N_ ("Example:\n"
              "  loadforge-cli specs delete Checkout"),
  .run = run_delete,
};
