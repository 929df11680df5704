#include "config.h"

#include "lf-version.h"

#include <curl/curl.h>
#include <json-glib/json-glib.h>
#include <mongoc/mongoc.h>
#include <sqlite3.h>

char *
lf_version_text (void)
{
  /* curl_version() names what libcurl itself stands on: TLS, HTTP/2... */
  return g_strdup_printf ("loadforge-cli %s\n"
                          "curl          %s\n"
                          "sqlite        %s\n"
                          "mongoc        %s\n"
                          "glib          %u.%u.%u\n"
                          "json-glib     %s\n",
                          LF_VERSION, curl_version (), sqlite3_libversion (), mongoc_get_version (),
                          glib_major_version, glib_minor_version, glib_micro_version,
                          JSON_VERSION_S);
}
