#include "config.h"

#include "lf-locale.h"

#include <glib/gi18n.h>
#include <locale.h>

void
lf_locale_begin (void)
{
  const char *built = g_getenv ("LOADFORGE_LOCALE_DIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, built != NULL ? built : LF_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}
