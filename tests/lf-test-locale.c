#include "lf-test-locale.h"

#include <locale.h>

gboolean
lf_test_locale_begin (const char *locale)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_BUILT, "locales", NULL);
  gboolean found;

  g_setenv ("LOCPATH", folder, TRUE);
  found = setlocale (LC_ALL, locale) != NULL;
  g_unsetenv ("LOCPATH");
  if (found)
    return TRUE;
  g_test_skip ("no such locale here: install the package “locales”");
  return FALSE;
}

void
lf_test_locale_end (void)
{
  setlocale (LC_ALL, "C.UTF-8");
}
