#pragma once

#include <glib.h>

/*
 * Takes up a locale that tests/locales built, such as "de_DE.UTF-8". FALSE where it could not be built:
 * the test is then marked as skipped, and has nothing to do but return.
 */
gboolean lf_test_locale_begin (const char *locale);
/* Back to the C.UTF-8 that tests run in. */
void     lf_test_locale_end   (void);
