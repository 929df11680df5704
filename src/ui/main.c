#include "config.h"

#include "lf-application.h"
#include "lf-renderer.h"

#include <glib/gi18n.h>
#include <locale.h>

int
main (int argc, char *argv[])
{
  g_autoptr (LfApplication) application = NULL;

  lf_renderer_choose ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LF_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  g_set_application_name ("LoadForge");
  application = lf_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
