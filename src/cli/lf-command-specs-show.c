#include "config.h"

#include "lf-command.h"

#include "lf-json.h"
#include "lf-redact.h"
#include "lf-spec-source.h"
#include "lf-store-access.h"

#include <glib/gi18n.h>
#include <stdio.h>

static gboolean
show (LfStore *store, gpointer word, GError **error)
{
  g_autoptr (LfSpec) spec = lf_spec_source_find (store, word, NULL, error);
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;

  if (spec == NULL)
    return FALSE;
  node = lf_redact_spec (spec);
  text = lf_json_to_text (node, TRUE);
  printf ("%s\n", text);
  return TRUE;
}

static int
run_show (const LfCommand *self, char **words)
{
  g_autofree char *store = NULL;
  const GOptionEntry entries[] = { LF_COMMAND_STORE_ENTRY (&store), G_OPTION_ENTRY_NULL };
  g_auto (GStrv) arguments = NULL;
  int code = lf_command_parse (self, entries, words, &arguments);

  return code != LF_COMMAND_GO_ON ? code : lf_store_access_do (store, show, arguments[0]);
}

const LfCommand lf_command_specs_show = {
  .name = "specs show",
  .arguments = N_ ("NAME|ID"),
  .least = 1,
  .most = 1,
  .summary = N_ ("Print a spec as JSON, without its secrets"),
  .help = N_ ("Passwords, tokens and keys read as [redacted].\n"
              "\n"
              "Example:\n"
              "  loadforge-cli specs show Checkout >checkout.loadforge.json"),
  .run = run_show,
};
