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

#define OVERRIDE(member) (lf_record_is_present (override, G_STRUCT_OFFSET (LfHttpOptions, member)))

static void
merge_tls (LfTlsOptions *tls, const LfTlsOptions *override)
{
  if (lf_record_is_present (override, G_STRUCT_OFFSET (LfTlsOptions, verify)))
    tls->verify = override->verify;
  if (override->ca_file != NULL)
    lf_set_string (&tls->ca_file, override->ca_file);
  if (override->cert_file != NULL)
    lf_set_string (&tls->cert_file, override->cert_file);
  if (override->key_file != NULL)
    lf_set_string (&tls->key_file, override->key_file);
}

static void
merge_numbers (LfHttpOptions *self, const LfHttpOptions *override)
{
  if (OVERRIDE (version))
    self->version = override->version;
  if (OVERRIDE (timeout))
    self->timeout = override->timeout;
  if (OVERRIDE (connect_timeout))
    self->connect_timeout = override->connect_timeout;
  if (OVERRIDE (follow_redirects))
    self->follow_redirects = override->follow_redirects;
  if (OVERRIDE (max_redirects))
    self->max_redirects = override->max_redirects;
  if (OVERRIDE (keep_alive))
    self->keep_alive = override->keep_alive;
  if (OVERRIDE (cookies))
    self->cookies = override->cookies;
  if (OVERRIDE (decompress))
    self->decompress = override->decompress;
  if (OVERRIDE (transport))
    self->transport = override->transport;
}

LfHttpOptions *
lf_http_options_merge (const LfHttpOptions *base, const LfHttpOptions *override)
{
  LfHttpOptions *self = base != NULL ? lf_http_options_copy (base) : lf_http_options_new ();

  if (self->tls == NULL)
    self->tls = lf_tls_options_new ();
  if (override == NULL)
    return self;
  merge_numbers (self, override);
  if (override->proxy != NULL)
    lf_set_string (&self->proxy, override->proxy);
  if (override->user_agent != NULL)
    lf_set_string (&self->user_agent, override->user_agent);
  if (override->resolve != NULL)
    {
      g_strfreev (self->resolve);
      self->resolve = g_strdupv (override->resolve);
    }
  if (override->tls != NULL)
    merge_tls (self->tls, override->tls);
  return self;
}
