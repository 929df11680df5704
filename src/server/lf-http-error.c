#include "config.h"

#include "lf-http-error.h"

#include "lf-error.h"

#include <gio/gio.h>

G_DEFINE_QUARK (lf - http - error - quark, lf_http_error)

static guint
store_status (int code)
{
  switch (code)
    {
    case LF_ERROR_SYNTAX:
      return 400;
    case LF_ERROR_VALUE:
    case LF_ERROR_UNSUPPORTED:
      return 422;
    case LF_ERROR_NOT_FOUND:
      return 404;
    case LF_ERROR_TOO_LARGE:
      return 413;
    case LF_ERROR_CONFLICT:
    case LF_ERROR_STATE:
      return 409;
    case LF_ERROR_LIMIT:
    case LF_ERROR_UNREACHABLE:
    case LF_ERROR_BUSY:
      return 503;
    case LF_ERROR_FULL:
    case LF_ERROR_READ_ONLY:
      return 507;
    default:
      return 500;
    }
}

guint
lf_http_error_status (const GError *error)
{
  if (error->domain == LF_HTTP_ERROR)
    return (guint) error->code;
  return error->domain == LF_ERROR ? store_status (error->code) : 500;
}
