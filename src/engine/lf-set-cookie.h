#pragma once

#include <glib.h>

/**
 * lf_set_cookie_to_netscape:
 * @line: a field, "Set-Cookie: name=value; Path=/"
 * @host: that sent it
 * @path: of the request, which began with it
 * @now: s since 1970
 *
 * The cookie as a line of Netscape's cookie file, by RFC 6265, section 5.3: of its host alone where
 * it names no domain, and of the request's folder where it names no path.
 *
 * Returns: (transfer full) (nullable): NULL for a cookie that is not to be kept
 */
char *lf_set_cookie_to_netscape (const char *line, const char *host, const char *path, gint64 now) G_GNUC_WARN_UNUSED_RESULT;
