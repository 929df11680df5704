#pragma once

#include "lf-record.h"

LF_DECLARE_RECORD (LfTlsOptions, lf_tls_options)
LF_DECLARE_RECORD (LfHttpOptions, lf_http_options)

typedef enum
{
  LF_HTTP_VERSION_AUTO,
  LF_HTTP_VERSION_1_1,
  LF_HTTP_VERSION_2,
  LF_HTTP_VERSION_2_PRIOR_KNOWLEDGE,
  LF_HTTP_VERSION_3,
} LfHttpVersion; /* "auto", "1.1", "2", "2-prior-knowledge", "3" */

typedef enum
{
  LF_HTTP_TRANSPORT_AUTO,
  LF_HTTP_TRANSPORT_CURL,
} LfHttpTransport; /* "auto", "curl" */

struct _LfTlsOptions
{
  LfRecord record;
  gboolean verify; /* TRUE where absent */
  char *ca_file;   /* paths of PEM files */
  char *cert_file;
  char *key_file;
};

/* Presets: auto, 60 s, 10 s, TRUE, 10, TRUE, TRUE, TRUE, NULL, NULL, auto, NULL. */
struct _LfHttpOptions
{
  LfRecord record;
  LfHttpVersion version;
  double timeout;         /* s, of a whole request */
  double connect_timeout; /* s */
  gboolean follow_redirects;
  gint64 max_redirects;
  gboolean keep_alive;
  gboolean cookies;
  gboolean decompress;
  char *proxy;
  char *user_agent;       /* NULL: loadforge/VERSION */
  LfHttpTransport transport;
  LfTlsOptions *tls;
  char **resolve;         /* "host:port:address", as curl's --resolve */
};

/* @base with every field of @override that its document has. Both may be NULL.
 * (transfer full), never NULL; tls never NULL in it. */
LfHttpOptions *lf_http_options_merge (const LfHttpOptions *base, const LfHttpOptions *override) G_GNUC_WARN_UNUSED_RESULT;
