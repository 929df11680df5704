#pragma once

#include <glib.h>

/* The program's version and those of the libraries it runs with. (transfer full) */
char *lf_version_text (void) G_GNUC_WARN_UNUSED_RESULT;
