#include "config.h"

#include "lf-curl-transport-private.h"
#include "lf-error-code.h"

#include <errno.h>

#define TOO_LARGE 100 /* CURLE_TOO_LARGE, which 7.88 has not */

/* OpenSSL's X509_V_ERR_... of chains that end in nobody we know. */
#define VERIFY_SELF_SIGNED_LEAF  18
#define VERIFY_SELF_SIGNED_ROOT  19
#define VERIFY_NO_LOCAL_ISSUER   20
#define VERIFY_NO_LEAF_SIGNATURE 21
/* And of those whose time has not come or is over. */
#define VERIFY_NOT_YET_VALID 9
#define VERIFY_HAS_EXPIRED   10

static guint
connect_code (CURL *easy)
{
  long reason = 0;

  curl_easy_getinfo (easy, CURLINFO_OS_ERRNO, &reason);
  switch (reason)
    {
    case ECONNREFUSED:
      return LF_ERROR_CODE_TCP_REFUSED;
    case ETIMEDOUT:
      return LF_ERROR_CODE_TCP_DIAL_TIMEOUT;
    case EADDRNOTAVAIL:
    case EMFILE:
    case ENFILE:
      return LF_ERROR_CODE_TCP_NO_PORTS;
    default:
      return LF_ERROR_CODE_TCP_DIAL;
    }
}

static guint
certificate_code (CURL *easy)
{
  long result = 0;

  curl_easy_getinfo (easy, CURLINFO_SSL_VERIFYRESULT, &result);
  switch (result)
    {
    case VERIFY_SELF_SIGNED_LEAF:
    case VERIFY_SELF_SIGNED_ROOT:
    case VERIFY_NO_LOCAL_ISSUER:
    case VERIFY_NO_LEAF_SIGNATURE:
      return LF_ERROR_CODE_TLS_UNKNOWN_AUTHORITY;
    case VERIFY_NOT_YET_VALID:
    case VERIFY_HAS_EXPIRED:
      return LF_ERROR_CODE_TLS_EXPIRED;
    default:
      return LF_ERROR_CODE_TLS_CERTIFICATE;
    }
}

static guint
timeout_code (CURL *easy)
{
  curl_off_t looked_up = 0, before_transfer = 0;

  curl_easy_getinfo (easy, CURLINFO_NAMELOOKUP_TIME_T, &looked_up);
  curl_easy_getinfo (easy, CURLINFO_PRETRANSFER_TIME_T, &before_transfer);
  if (before_transfer > 0)
    return LF_ERROR_CODE_TIMEOUT;
  return looked_up > 0 ? LF_ERROR_CODE_TCP_DIAL_TIMEOUT : LF_ERROR_CODE_DNS;
}

static guint
send_code (CURL *easy)
{
  long reason = 0;

  curl_easy_getinfo (easy, CURLINFO_OS_ERRNO, &reason);
  return reason == EPIPE ? LF_ERROR_CODE_TCP_BROKEN_PIPE : LF_ERROR_CODE_TCP_RESET;
}

/* libcurl calls several things an error of receiving; only its words tell them apart. */
static guint
receive_code (const char *words)
{
  if (strstr (words, "chunk") != NULL)
    return LF_ERROR_CODE_PROTOCOL;
  if (strstr (words, "CONNECT") != NULL) /* a proxy that opens no tunnel */
    return LF_ERROR_CODE_TCP_DIAL;
  if (strstr (words, " alert ") != NULL) /* as where a client certificate is missing (TLS 1.3) */
    return LF_ERROR_CODE_TLS;
  return LF_ERROR_CODE_TCP_RESET;
}

guint
_lf_curl_error_code (CURL *easy, CURLcode result, const char *words)
{
  switch (result)
    {
    case CURLE_OK:
      return LF_ERROR_CODE_NONE;
    case CURLE_COULDNT_RESOLVE_HOST:
      return LF_ERROR_CODE_DNS_NO_HOST;
    case CURLE_COULDNT_RESOLVE_PROXY:
      return LF_ERROR_CODE_DNS;
    case CURLE_COULDNT_CONNECT:
      return connect_code (easy);
    case CURLE_PROXY:
      return LF_ERROR_CODE_TCP_DIAL;
    case CURLE_OPERATION_TIMEDOUT:
      return timeout_code (easy);
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CIPHER:
      return LF_ERROR_CODE_TLS;
    case CURLE_SSL_CERTPROBLEM:
      return LF_ERROR_CODE_TLS_OWN_CERTIFICATE;
    case CURLE_SSL_CACERT_BADFILE:
      return LF_ERROR_CODE_TLS_OWN_AUTHORITIES;
    case CURLE_PEER_FAILED_VERIFICATION:
      return certificate_code (easy);
    case CURLE_SEND_ERROR:
      return send_code (easy);
    case CURLE_RECV_ERROR:
      return receive_code (words);
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
      return LF_ERROR_CODE_TCP_RESET;
    case CURLE_TOO_MANY_REDIRECTS:
      return LF_ERROR_CODE_TOO_MANY_REDIRECTS;
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_OUT_OF_MEMORY: /* a header line without an end (until 8.6; then the next) */
    case TOO_LARGE:
    case CURLE_BAD_FUNCTION_ARGUMENT: /* a trailer line that is no field */
    case CURLE_UNSUPPORTED_PROTOCOL:  /* an answer of HTTP/0.9, or a redirect to another scheme */
    case CURLE_BAD_CONTENT_ENCODING:
      return LF_ERROR_CODE_PROTOCOL;
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
      return LF_ERROR_CODE_HTTP2;
    default:
      return LF_ERROR_CODE_GENERAL;
    }
}
