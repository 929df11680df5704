#include "config.h"

#include "lf-application.h"
#include "lf-locale.h"
#include "lf-renderer.h"

int
main (int argc, char *argv[])
{
  g_autoptr (LfApplication) application = NULL;

  lf_renderer_choose ();
  lf_locale_begin ();

  g_set_application_name ("LoadForge");
  application = lf_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
