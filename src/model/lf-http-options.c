#include "config.h"

#include "lf-http-options.h"
#include "lf-record-private.h"

static const char *const versions[] = { "auto", "1.1", "2", "2-prior-knowledge", "3", NULL };
static const char *const transports[] = { "auto", "curl", NULL };

/* clang-format off */
_LF_DEFINE_RECORD (LfTlsOptions, lf_tls_options,
  _LF_BOOLEAN (LfTlsOptions, verify, "verify", TRUE),
  _LF_STRING (LfTlsOptions, ca_file, "caFile"),
  _LF_STRING (LfTlsOptions, cert_file, "certFile"),
  _LF_STRING (LfTlsOptions, key_file, "keyFile"))

_LF_DEFINE_RECORD (LfHttpOptions, lf_http_options,
  _LF_ENUM (LfHttpOptions, version, "version", versions, LF_HTTP_VERSION_AUTO),
  _LF_NUMBER (LfHttpOptions, timeout, "timeout", 0, _LF_SECONDS_LIMIT, 60),
  _LF_NUMBER (LfHttpOptions, connect_timeout, "connectTimeout", 0, _LF_SECONDS_LIMIT, 10),
  _LF_BOOLEAN (LfHttpOptions, follow_redirects, "followRedirects", TRUE),
  _LF_INTEGER (LfHttpOptions, max_redirects, "maxRedirects", 0, 1000, 10),
  _LF_BOOLEAN (LfHttpOptions, keep_alive, "keepAlive", TRUE),
  _LF_BOOLEAN (LfHttpOptions, cookies, "cookies", TRUE),
  _LF_BOOLEAN (LfHttpOptions, decompress, "decompress", TRUE),
  _LF_STRING (LfHttpOptions, proxy, "proxy"),
  _LF_STRING (LfHttpOptions, user_agent, "userAgent"),
  _LF_ENUM (LfHttpOptions, transport, "transport", transports, LF_HTTP_TRANSPORT_AUTO),
  _LF_OBJECT (LfHttpOptions, tls, "tls", lf_tls_options_type),
  _LF_STRINGS (LfHttpOptions, resolve, "resolve"))
/* clang-format on */

LfHttpOptions *
lf_http_options_merge (const LfHttpOptions *base, const LfHttpOptions *override)
{
  LfHttpOptions *self = base != NULL ? lf_http_options_copy (base) : lf_http_options_new ();

  if (self->tls == NULL)
    self->tls = lf_tls_options_new ();
  if (override != NULL)
    _lf_record_override (self, override);
  return self;
}
