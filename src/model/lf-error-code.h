#pragma once

#include <glib.h>

/* Codes of failed requests, in k6's ranges: 1000 general, 1100 DNS, 1200 TCP, 1300 TLS,
 * 1400-1499 HTTP 4xx (1400 + status - 400), 1500-1599 HTTP 5xx.
 * Source: https://grafana.com/docs/k6/latest/javascript-api/error-codes/ */
typedef enum
{
  LF_ERROR_CODE_NONE = 0,
  LF_ERROR_CODE_GENERAL = 1000,
  LF_ERROR_CODE_PROTOCOL = 1010,           /* an answer that is not HTTP */
  LF_ERROR_CODE_TOO_MANY_REDIRECTS = 1030,
  LF_ERROR_CODE_TIMEOUT = 1050,            /* the request timeout passed */
  LF_ERROR_CODE_ABORTED = 1060,            /* ours: cut off by Stop */
  LF_ERROR_CODE_DNS = 1100,
  LF_ERROR_CODE_DNS_NO_HOST = 1101,
  LF_ERROR_CODE_TCP = 1200,
  LF_ERROR_CODE_TCP_BROKEN_PIPE = 1201,
  LF_ERROR_CODE_TCP_DIAL = 1210,
  LF_ERROR_CODE_TCP_DIAL_TIMEOUT = 1211,
  LF_ERROR_CODE_TCP_REFUSED = 1212,
  LF_ERROR_CODE_TCP_NO_PORTS = 1213,       /* ours: no local port or file left */
  LF_ERROR_CODE_TCP_RESET = 1220,
  LF_ERROR_CODE_TLS = 1300,
  LF_ERROR_CODE_TLS_UNKNOWN_AUTHORITY = 1310,
  LF_ERROR_CODE_TLS_CERTIFICATE = 1311,
  LF_ERROR_CODE_TLS_EXPIRED = 1312,        /* ours */
  LF_ERROR_CODE_TLS_OWN_CERTIFICATE = 1313, /* ours: certFile and keyFile */
  LF_ERROR_CODE_TLS_OWN_AUTHORITIES = 1314, /* ours: caFile */
  LF_ERROR_CODE_HTTP_4XX = 1400,
  LF_ERROR_CODE_HTTP_5XX = 1500,
  LF_ERROR_CODE_HTTP2 = 1600,
  LF_ERROR_CODE_LAST = 1699,
} LfErrorCode;

/* What records keep: in English, a static string, or NULL for a code that is not known. _() or lf_kept_words() for who reads it. */
const char *lf_error_code_message (guint code);
/* What a person can do about it, as a sentence, translated; a static string, or NULL where there is nothing general to say. */
const char *lf_error_code_cure    (guint code);
