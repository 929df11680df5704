#include "config.h"

#include "lf-error-code.h"

#include <glib/gi18n.h>

static const struct
{
  guint code;
  const char *message;
} messages[] = {
  { LF_ERROR_CODE_GENERAL, N_ ("The request failed") },
  { LF_ERROR_CODE_PROTOCOL, N_ ("The answer is not valid HTTP") },
  { LF_ERROR_CODE_TOO_MANY_REDIRECTS, N_ ("Too many redirects") },
  { LF_ERROR_CODE_TIMEOUT, N_ ("The request timed out") },
  { LF_ERROR_CODE_ABORTED, N_ ("Cut off by Stop") },
  { LF_ERROR_CODE_DNS, N_ ("The host name could not be resolved") },
  { LF_ERROR_CODE_DNS_NO_HOST, N_ ("No such host") },
  { LF_ERROR_CODE_TCP, N_ ("The connection failed") },
  { LF_ERROR_CODE_TCP_BROKEN_PIPE,
    N_ ("The target closed the connection while the request was sent") },
  { LF_ERROR_CODE_TCP_DIAL, N_ ("Could not connect") },
  { LF_ERROR_CODE_TCP_DIAL_TIMEOUT, N_ ("Connecting timed out") },
  { LF_ERROR_CODE_TCP_REFUSED, N_ ("Connection refused") },
  { LF_ERROR_CODE_TCP_NO_PORTS, N_ ("No local port or file descriptor left for a connection") },
  { LF_ERROR_CODE_TCP_RESET, N_ ("The target closed or reset the connection") },
  { LF_ERROR_CODE_TLS, N_ ("The TLS handshake failed") },
  { LF_ERROR_CODE_TLS_UNKNOWN_AUTHORITY, N_ ("The certificate is signed by an unknown authority") },
  { LF_ERROR_CODE_TLS_CERTIFICATE, N_ ("The certificate is not valid for this host") },
  { LF_ERROR_CODE_TLS_EXPIRED, N_ ("The certificate has expired or is not valid yet") },
  { LF_ERROR_CODE_TLS_OWN_CERTIFICATE, N_ ("The client certificate or its key cannot be used") },
  { LF_ERROR_CODE_TLS_OWN_AUTHORITIES, N_ ("The file of certificate authorities cannot be used") },
  { LF_ERROR_CODE_HTTP2, N_ ("HTTP/2 error") },
};

static const struct
{
  guint status;
  const char *message;
} statuses[] = {
  { 400, "400 Bad Request" },
  { 401, "401 Unauthorized" },
  { 403, "403 Forbidden" },
  { 404, "404 Not Found" },
  { 405, "405 Method Not Allowed" },
  { 408, "408 Request Timeout" },
  { 409, "409 Conflict" },
  { 410, "410 Gone" },
  { 411, "411 Length Required" },
  { 412, "412 Precondition Failed" },
  { 413, "413 Content Too Large" },
  { 414, "414 URI Too Long" },
  { 415, "415 Unsupported Media Type" },
  { 422, "422 Unprocessable Content" },
  { 429, "429 Too Many Requests" },
  { 431, "431 Request Header Fields Too Large" },
  { 500, "500 Internal Server Error" },
  { 501, "501 Not Implemented" },
  { 502, "502 Bad Gateway" },
  { 503, "503 Service Unavailable" },
  { 504, "504 Gateway Timeout" },
};

static const struct
{
  guint code;
  const char *cure;
} cures[] = {
  { LF_ERROR_CODE_PROTOCOL,
    N_ ("Check the scheme and the port of the URL: what answers there may not "
        "be an HTTP server.") },
  { LF_ERROR_CODE_TOO_MANY_REDIRECTS,
    N_ ("Raise http.maxRedirects, or name the last URL at once.") },
  { LF_ERROR_CODE_TIMEOUT, N_ ("Raise http.timeout in the spec, or send less at once.") },
  { LF_ERROR_CODE_DNS, N_ ("Check the host in the URL, and that this machine can resolve names.") },
  { LF_ERROR_CODE_DNS_NO_HOST, N_ ("Check how the host in the URL is spelled.") },
  { LF_ERROR_CODE_TCP_DIAL, N_ ("Check that this machine can reach the host.") },
  { LF_ERROR_CODE_TCP_DIAL_TIMEOUT, N_ ("Check that this machine can reach the host, and that no "
                                        "firewall drops its packets.") },
  { LF_ERROR_CODE_TCP_REFUSED,
    N_ ("Check that the target runs and listens on the port of the URL.") },
  { LF_ERROR_CODE_TCP_NO_PORTS,
    N_ ("Keep connections alive, use fewer users, or raise the limit of "
        "open files.") },
  { LF_ERROR_CODE_TCP_BROKEN_PIPE, N_ ("Check whether the target takes bodies of this size.") },
  { LF_ERROR_CODE_TCP_RESET, N_ ("Look in the target's log why it gives connections up.") },
  { LF_ERROR_CODE_TLS, N_ ("Check that the port of the URL speaks TLS, and whether it asks for a "
                           "client certificate.") },
  { LF_ERROR_CODE_TLS_UNKNOWN_AUTHORITY, N_ ("Name the authority's file in http.tls.caFile of the "
                                             "spec.") },
  { LF_ERROR_CODE_TLS_CERTIFICATE, N_ ("Use the host that the certificate names.") },
  { LF_ERROR_CODE_TLS_EXPIRED,
    N_ ("Renew the target's certificate, or set this machine's clock.") },
  { LF_ERROR_CODE_TLS_OWN_CERTIFICATE,
    N_ ("Check that http.tls.certFile and http.tls.keyFile are PEM "
        "files and belong together.") },
  { LF_ERROR_CODE_TLS_OWN_AUTHORITIES,
    N_ ("Check that http.tls.caFile holds certificates in PEM.") },
  { LF_ERROR_CODE_HTTP2,
    N_ ("Set http.version to 1.1 in the spec, to see whether HTTP/2 is the cause.") },
};

const char *
lf_error_code_cure (guint code)
{
  for (guint i = 0; i < G_N_ELEMENTS (cures); i++)
    if (cures[i].code == code)
      return _ (cures[i].cure);
  return NULL;
}

const char *
lf_error_code_message (guint code)
{
  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    if (messages[i].code == code)
      return messages[i].message;
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (code == statuses[i].status + 1000)
      return statuses[i].message;
  if (code >= LF_ERROR_CODE_HTTP_4XX && code < LF_ERROR_CODE_HTTP_5XX)
    return N_ ("A status of 4xx");
  if (code >= LF_ERROR_CODE_HTTP_5XX && code < LF_ERROR_CODE_HTTP2)
    return N_ ("A status of 5xx");
  return NULL;
}
