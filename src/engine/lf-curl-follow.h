#pragma once

#include "lf-transport.h"

/*
 * For exchanges of the curl transport: taking over a request whose first answer another transport
 * has read.
 */

/* Takes a connected socket: the user's next request to that address goes over it. */
void     lf_curl_adopt      (LfExchange *exchange, int fd);
/* @cookie: a line of Netscape's cookie file, for the user's jar; only steps that keep cookies see it. */
void     lf_curl_add_cookie (LfExchange *exchange, guint step, const char *cookie);
/**
 * lf_curl_follow:
 * @status: 300 to 399
 * @location: where that sent the request, relative to the step's URL
 * @left: us until the request times out
 *
 * Goes on there, as start() does: with the method and body that RFC 9110, section 15.4, and browsers
 * keep, and without credentials for another host.
 *
 * Returns: FALSE for a location that is no URL; nothing has begun then
 */
gboolean lf_curl_follow     (LfExchange *exchange, guint step, guint status, const char *location, gint64 left) G_GNUC_WARN_UNUSED_RESULT;
