#include "config.h"

#include "lf-mongo-store-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* What the driver and the server have to say, as one sentence with the cure. */

/* Source: MongoDB's list of error codes */
typedef enum
{
  UNAUTHORIZED = 13,
  AUTHENTICATION_FAILED = 18,
  INVALID_NAMESPACE = 73,
  NOT_WRITABLE_PRIMARY = 10107,
  TOO_LARGE = 10334,
  DUPLICATE_KEY = 11000,
  INTERRUPTED_AT_SHUTDOWN = 11600,
  DATABASE_DIFFERS_IN_CASE = 13297,
  OUT_OF_DISK_SPACE = 14031,
  NO_WRITES = 1 << 20, /* no server's: see find_code() */
} ServerError;

static gboolean
is_old_server (const bson_error_t *cause)
{
  return (cause->domain == MONGOC_ERROR_PROTOCOL &&
          cause->code == MONGOC_ERROR_PROTOCOL_BAD_WIRE_VERSION) ||
         strstr (cause->message, "wire version") != NULL;
}

/* The driver has no code of its own for what OpenSSL refuses. */
static gboolean
is_untrusted (const bson_error_t *cause)
{
  return strstr (cause->message, "certificate") != NULL ||
         strstr (cause->message, "Failed to verify") != NULL;
}

static void
fail_connection (const bson_error_t *cause, GError **error)
{
  if (is_old_server (cause))
    g_set_error (error, LF_ERROR, LF_ERROR_FAILED,
                 _ ("the server speaks another version of MongoDB's protocol (%s); use MongoDB 3.6 "
                    "or newer there, or choose another store"),
                 cause->message);
  else if (is_untrusted (cause))
    g_set_error (error, LF_ERROR, LF_ERROR_FAILED,
                 _ ("the server's certificate is not to be trusted (%s); name the file of the "
                    "authority that signed it by tlsCAFile= in the URI"),
                 cause->message);
  else
    g_set_error (
        error, LF_ERROR, LF_ERROR_UNREACHABLE,
        _ ("the server does not answer (%s); check that it runs and that the address is right"),
        cause->message);
}

static void
fail_rights (const bson_error_t *cause, GError **error)
{
  if (strstr (cause->message, "requires authentication") != NULL)
    g_set_error (error, LF_ERROR, LF_ERROR_FAILED,
                 _ ("the server asks for a user (%s); write the URI as "
                    "mongodb://USER:PASSWORD@HOST/DATABASE"),
                 cause->message);
  else
    g_set_error (error, LF_ERROR, LF_ERROR_READ_ONLY,
                 _ ("the user has not the right to (%s); give it the role readWrite"),
                 cause->message);
}

static void
fail_sign_in (const bson_error_t *cause, GError **error)
{
  g_set_error (error, LF_ERROR, LF_ERROR_FAILED,
               _ ("the server refuses the user (%s); check name, password and authSource"),
               cause->message);
}

/* FerretDB has one code for all that its own database says; what that is, is SQLite's text. */
static guint32
find_code (const bson_error_t *cause)
{
  if (strstr (cause->message, "disk is full") || strstr (cause->message, "No space left"))
    return OUT_OF_DISK_SPACE;
  if (strstr (cause->message, "readonly database"))
    return NO_WRITES;
  return cause->code;
}

static void
fail_by_server (const bson_error_t *cause, GError **error)
{
  switch ((ServerError) find_code (cause))
    {
    case UNAUTHORIZED:
      fail_rights (cause, error);
      break;
    case AUTHENTICATION_FAILED:
      fail_sign_in (cause, error);
      break;
    case INVALID_NAMESPACE:
    case DATABASE_DIFFERS_IN_CASE:
      g_set_error (error, LF_ERROR, LF_ERROR_VALUE,
                   _ ("the server makes no database of that name (%s); write another behind the "
                      "host, as in mongodb://HOST/loadforge"),
                   cause->message);
      break;
    case NOT_WRITABLE_PRIMARY:
    case INTERRUPTED_AT_SHUTDOWN:
      g_set_error (
          error, LF_ERROR, LF_ERROR_UNREACHABLE,
          _ ("the server takes no writes just now (%s); try again in a minute, or name all "
             "hosts of the replica set in the URI"),
          cause->message);
      break;
    case NO_WRITES:
      g_set_error (
          error, LF_ERROR, LF_ERROR_READ_ONLY,
          _ ("the server's disk cannot be written (%s); see to it there, or choose another "
             "store"),
          cause->message);
      break;
    case TOO_LARGE:
      g_set_error (error, LF_ERROR, LF_ERROR_TOO_LARGE,
                   _ ("it is larger than the server keeps (%s); put large bodies into files"),
                   cause->message);
      break;
    case DUPLICATE_KEY:
      g_set_error (error, LF_ERROR, LF_ERROR_CONFLICT,
                   _ ("somebody else saved it at the same moment; load it again"));
      break;
    case OUT_OF_DISK_SPACE:
      g_set_error (error, LF_ERROR, LF_ERROR_FULL,
                   _ ("the server has no space left (%s); free some there"), cause->message);
      break;
    default:
      g_set_error (error, LF_ERROR, LF_ERROR_FAILED, _ ("%s (MongoDB error %u)"), cause->message,
                   cause->code);
    }
}

gboolean
_lf_mongo_fail (const bson_error_t *cause, GError **error)
{
  if (cause->domain == MONGOC_ERROR_SERVER_SELECTION || cause->domain == MONGOC_ERROR_STREAM ||
      cause->domain == MONGOC_ERROR_PROTOCOL)
    fail_connection (cause, error);
  else if (cause->domain == MONGOC_ERROR_CLIENT && cause->code == MONGOC_ERROR_CLIENT_AUTHENTICATE)
    fail_sign_in (cause, error);
  else
    fail_by_server (cause, error);
  return FALSE;
}
