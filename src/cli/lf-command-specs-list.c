#include "config.h"

#include "lf-command.h"

#include "lf-await.h"
#include "lf-format-option.h"
#include "lf-json-list.h"
#include "lf-redact.h"
#include "lf-store-access.h"
#include "lf-table.h"
#include "lf-text.h"

#include <glib/gi18n.h>
#include <stdio.h>

static void
add_row (LfTable *table, const LfSpec *spec)
{
  const LfStep *step = lf_spec_get_step (spec, 0);

  lf_table_take (table, g_strdup (spec->id), g_strdup (spec->name),
                 g_strdup_printf ("%u", lf_spec_get_n_steps (spec)),
                 g_strdup (step != NULL ? lf_step_get_method (step) : NULL),
                 step != NULL ? lf_redact_url (step->url) : NULL, lf_text_time (spec->updated_at));
}

static void
print_table (GPtrArray *specs)
{
  g_autoptr (LfTable) table = lf_table_new (_ ("ID"), _ ("NAME"), _ (">STEPS"), _ ("METHOD"),
                                            _ ("URL"), _ ("CHANGED"), NULL);

  if (specs->len == 0)
    {
      fputs (_ ("No specs yet: “loadforge-cli specs add FILE” adds one.\n"), stderr);
      return;
    }
  for (guint i = 0; i < specs->len; i++)
    add_row (table, specs->pdata[i]);
  lf_table_print (table);
}

static JsonNode *
to_json (gconstpointer spec)
{
  return lf_redact_spec (spec);
}

static gboolean
list (LfStore *store, gpointer format, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) specs = NULL;

  lf_store_list_specs_async (store, NULL, lf_await_cb, &result);
  specs = lf_store_list_specs_finish (store, lf_await (&result), error);
  if (specs == NULL)
    return FALSE;
  if (GPOINTER_TO_INT (format) == 0)
    print_table (specs);
  else
    lf_json_list_print (specs, to_json);
  return TRUE;
}

static int
run_list (const LfCommand *self, char **words)
{
  static const char *const formats[] = { "table", "json", NULL };
  g_autofree char *store = NULL;
  g_autofree char *format = NULL;
  const GOptionEntry entries[] = {
    LF_COMMAND_STORE_ENTRY (&store),
    { "format", 0, 0, G_OPTION_ARG_FILENAME, &format, N_ ("table or json (table)"), N_ ("FORMAT") },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) arguments = NULL;
  GError *error = NULL;
  int chosen;
  int code = lf_command_parse (self, entries, words, &arguments);

  if (code != LF_COMMAND_GO_ON)
    return code;
  chosen = lf_format_option_read (format, formats, &error);
  if (chosen < 0)
    return lf_command_fail_usage (self, error);
  return lf_store_access_do (store, list, GINT_TO_POINTER (chosen));
}

const LfCommand lf_command_specs_list = {
  .name = "specs list",
  .summary = N_ ("List the specs in the store"),
  .help = N_ ("Examples:\n"
              "  loadforge-cli specs list\n"
              "  loadforge-cli specs list --format json | jq -r '.[].name'"),
  .run = run_list,
};
