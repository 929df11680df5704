#include "config.h"

#include "lf-generator-cure.h"

#include "lf-error-code.h"

#include <glib/gi18n.h>

#define NO_PORTS "(error 1213)" /* as the reason ends that is about them */

static gboolean
is_about_ports (const char *reason)
{
  return g_str_has_suffix (reason, NO_PORTS);
}

char *
lf_generator_cure (const LfSummaryGenerator *generator)
{
  gboolean ports = FALSE, slow = FALSE;
  g_autoptr (GPtrArray) cures = g_ptr_array_new ();

  for (char **reason = generator->reasons; reason != NULL && *reason != NULL; reason++)
    {
      ports |= is_about_ports (*reason);
      slow |= !is_about_ports (*reason);
    }
  if (slow || (generator->saturated && !ports))
    g_ptr_array_add (cures, (gpointer) _ ("Close other programs, allow more workers, send from a "
                                          "machine with more cores, or ask for less."));
  if (ports)
    g_ptr_array_add (cures, (gpointer) lf_error_code_cure (LF_ERROR_CODE_TCP_NO_PORTS));
  g_ptr_array_add (cures, NULL);
  return cures->len > 1 ? g_strjoinv (" ", (char **) cures->pdata) : NULL;
}
