#pragma once

#include <glib.h>

/* Errors whose code is the HTTP status that they are answered with; for what no LF_ERROR says. Messages are
 * English: programs read them. */
#define LF_HTTP_ERROR (lf_http_error_quark ())
GQuark    lf_http_error_quark  (void);

/* The status that @error is answered with, whatever its domain. */
guint     lf_http_error_status (const GError *error);
