#include "config.h"

#include "lf-command.h"

#include "lf-await.h"
#include "lf-spec-file.h"
#include "lf-spec-files.h"
#include "lf-spec-source.h"
#include "lf-store-access.h"

#include <glib/gi18n.h>
#include <stdio.h>

static gboolean
add_file (LfStore *store, const char *path, GError **error)
{
  g_autofree char *folder = NULL;
  g_autoptr (LfSpec) spec = lf_spec_source_read (path, &folder, error);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (LfSpec) stored = NULL;

  if (spec == NULL)
    return FALSE;
  if (!lf_spec_files_store (spec, folder, store, error))
    {
      g_prefix_error (error, "%s: ", path);
      return FALSE;
    }
  lf_spec_file_forget_identity (spec);
  lf_store_save_spec_async (store, spec, NULL, lf_await_cb, &result);
  stored = lf_store_save_spec_finish (store, lf_await (&result), error);
  if (stored == NULL)
    return FALSE;
  printf ("%s\n", stored->id);
  return TRUE;
}

static gboolean
add (LfStore *store, gpointer paths, GError **error)
{
  for (char **path = paths; *path != NULL; path++)
    if (!add_file (store, *path, error))
      return FALSE;
  return TRUE;
}

static int
run_add (const LfCommand *self, char **words)
{
  g_autofree char *store = NULL;
  const GOptionEntry entries[] = { LF_COMMAND_STORE_ENTRY (&store), G_OPTION_ENTRY_NULL };
  g_auto (GStrv) arguments = NULL;
  int code = lf_command_parse (self, entries, words, &arguments);

  return code != LF_COMMAND_GO_ON ? code : lf_store_access_do (store, add, arguments);
}

const LfCommand lf_command_specs_add = {
  .name = "specs add",
  .arguments = N_ ("FILE…"),
  .least = 1,
  .most = G_MAXUINT,
  .summary = N_ ("Put spec files into the store"),
  .help = N_ ("Each file becomes a new spec, whose id is printed; files that its bodies name\n"
              "beside it are taken along.\n"
              "\n"
              "Example:\n"
              "  loadforge-cli specs add checkout.loadforge.json"),
  .run = run_add,
};
