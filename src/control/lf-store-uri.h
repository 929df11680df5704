#pragma once

#include <glib.h>

/*
 * The address of a MongoDB store in parts, so that its password can be kept apart and the others can be edited one by one.
 * What is read is as a person writes it; what is put in is escaped.
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
/* NULL where it names none. */
char             *lf_store_uri_get_user      (const char *uri) G_GNUC_WARN_UNUSED_RESULT;
/* NULL or "": without any, and so without a password. */
char             *lf_store_uri_with_user     (const char *uri, const char *user) G_GNUC_WARN_UNUSED_RESULT;
/* Whether it names a user who signs in with a password, and has none. */
gboolean          lf_store_uri_lacks_password (const char *uri);
/* Of what follows the "?"; NULL where it is not there. */
char             *lf_store_uri_get_option    (const char *uri, const char *name) G_GNUC_WARN_UNUSED_RESULT;
/* NULL or "": without it. */
char             *lf_store_uri_with_option   (const char *uri, const char *name, const char *value) G_GNUC_WARN_UNUSED_RESULT;
