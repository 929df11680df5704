#include "config.h"

#include "lf-header-words.h"

#include <glib.h>

static const char *const names[] = {
  "Accept",
  "Accept-Charset",
  "Accept-Encoding",
  "Accept-Language",
  "Access-Control-Request-Headers",
  "Access-Control-Request-Method",
  "Authorization",
  "Cache-Control",
  "Connection",
  "Content-Disposition",
  "Content-Encoding",
  "Content-Language",
  "Content-Location",
  "Content-Type",
  "Cookie",
  "Date",
  "DNT",
  "Expect",
  "Forwarded",
  "From",
  "Host",
  "Idempotency-Key",
  "If-Match",
  "If-Modified-Since",
  "If-None-Match",
  "If-Range",
  "If-Unmodified-Since",
  "Keep-Alive",
  "Max-Forwards",
  "Origin",
  "Pragma",
  "Prefer",
  "Priority",
  "Range",
  "Referer",
  "Sec-Fetch-Dest",
  "Sec-Fetch-Mode",
  "Sec-Fetch-Site",
  "TE",
  "Traceparent",
  "Tracestate",
  "Upgrade-Insecure-Requests",
  "User-Agent",
  "Via",
  "X-API-Key",
  "X-Correlation-ID",
  "X-CSRF-Token",
  "X-Forwarded-For",
  "X-Forwarded-Host",
  "X-Forwarded-Proto",
  "X-HTTP-Method-Override",
  "X-Request-ID",
  "X-Requested-With",
  NULL,
};

static const struct
{
  const char *name;
  const char *values[14];
} values[] = {
  { "Accept",
    { "*/*", "application/json", "application/problem+json", "application/x-ndjson",
      "application/xml", "image/*", "text/csv", "text/event-stream", "text/html",
      "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/plain" } },
  { "Accept-Charset", { "utf-8" } },
  { "Accept-Encoding", { "br", "deflate", "gzip", "gzip, deflate, br", "identity", "zstd" } },
  { "Accept-Language",
    { "de", "de-DE,de;q=0.9,en;q=0.8", "en", "en-GB,en;q=0.9", "en-US,en;q=0.9", "es", "fr" } },
  { "Access-Control-Request-Method", { "DELETE", "GET", "PATCH", "POST", "PUT" } },
  { "Authorization", { "Basic ", "Bearer " } },
  { "Cache-Control",
    { "max-age=0", "must-revalidate", "no-cache", "no-store", "no-transform", "only-if-cached" } },
  { "Connection", { "close", "keep-alive" } },
  { "Content-Encoding", { "br", "deflate", "gzip", "zstd" } },
  { "Content-Type",
    { "application/graphql", "application/json", "application/merge-patch+json",
      "application/octet-stream", "application/pdf", "application/soap+xml", "application/x-ndjson",
      "application/x-www-form-urlencoded", "application/xml", "image/jpeg", "image/png", "text/csv",
      "text/plain; charset=utf-8" } },
  { "DNT", { "0", "1" } },
  { "Expect", { "100-continue" } },
  { "If-Match", { "*" } },
  { "If-None-Match", { "*" } },
  { "Origin", { "null" } },
  { "Pragma", { "no-cache" } },
  { "Prefer",
    { "handling=lenient", "handling=strict", "respond-async", "return=minimal",
      "return=representation" } },
  { "Priority", { "u=0", "u=1, i", "u=3", "u=7" } },
  { "Range", { "bytes=0-", "bytes=0-1023" } },
  { "Sec-Fetch-Dest", { "document", "empty", "image", "script", "style" } },
  { "Sec-Fetch-Mode", { "cors", "navigate", "no-cors", "same-origin" } },
  { "Sec-Fetch-Site", { "cross-site", "none", "same-origin", "same-site" } },
  { "TE", { "gzip", "trailers" } },
  { "Upgrade-Insecure-Requests", { "1" } },
  { "X-Forwarded-Proto", { "http", "https" } },
  { "X-HTTP-Method-Override", { "DELETE", "PATCH", "PUT" } },
  { "X-Requested-With", { "XMLHttpRequest" } },
};

const char *const *
lf_header_words_get_names (void)
{
  return names;
}

const char *const *
lf_header_words_get_values (const char *name)
{
  static const char *const none[] = { NULL };

  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (values); i++)
    if (g_ascii_strcasecmp (values[i].name, name) == 0)
      return values[i].values;
  return none;
}
