#pragma once

#include <glib.h>

/*
 * The address of a MongoDB store in parts, so that its password can be kept apart.
 */
typedef enum
{
  LF_STORE_URI_GOOD,
  LF_STORE_URI_SCHEME, /* it does not begin with mongodb:// or mongodb+srv:// */
  LF_STORE_URI_HOST,   /* it names no server */
} LfStoreUriProblem;

LfStoreUriProblem lf_store_uri_check         (const char *uri);
/* NULL where it has none. */
char             *lf_store_uri_get_password  (const char *uri) G_GNUC_WARN_UNUSED_RESULT;
/* @uri with @password in place of its own; NULL or "": without any. Unchanged where it names no user. */
char             *lf_store_uri_with_password (const char *uri, const char *password) G_GNUC_WARN_UNUSED_RESULT;
