#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

/* Before main(), as g_test_init() leaves the locale alone. */
__attribute__ ((constructor)) static void
take_locale (void)
{
  const char *locale = getenv ("LF_TEST_LOCALE");

  if (locale == NULL || setlocale (LC_ALL, locale) != NULL)
    return;
  fprintf (stderr, "there is no locale %s in LOCPATH\n", locale);
  abort ();
}
