#pragma once

#include <glib.h>

/* --format: the place of @text among @words, which end with NULL; the first where it is NULL. -1
 * with LF_ERROR_VALUE where it is none of them. */
int lf_format_option_read (const char *text, const char *const *words, GError **error);
