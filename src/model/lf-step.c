#include "config.h"

#include "lf-record-private.h"
#include "lf-step.h"

static const char *const auth_types[] = { "none",     "basic",  "digest",
                                          "bearer",   "apiKey", "oauth2ClientCredentials",
                                          "awsSigV4", NULL };
static const char *const body_types[] = { "none",      "text", "json",    "form",
                                          "multipart", "file", "graphql", NULL };
static const char *const extract_sources[] = { "json", "regex", "header", "cookie", NULL };
static const char *const on_missing_words[] = { "keep", "fail", NULL };
static const char *const check_subjects[] = { "status",   "header", "body", "json",
                                              "duration", "size",   NULL };

/* clang-format off */
_LF_DEFINE_RECORD (LfRow, lf_row,
  _LF_STRING (LfRow, name, "name"),
  _LF_STRING (LfRow, value, "value"),
  _LF_BOOLEAN (LfRow, enabled, "enabled", TRUE))

_LF_DEFINE_RECORD (LfAuth, lf_auth,
  _LF_ENUM (LfAuth, auth_type, "type", auth_types, LF_AUTH_NONE),
  _LF_STRING (LfAuth, username, "username"),
  _LF_STRING (LfAuth, password, "password"),
  _LF_STRING (LfAuth, token, "token"),
  _LF_STRING (LfAuth, name, "name"),
  _LF_STRING (LfAuth, value, "value"),
  _LF_STRING (LfAuth, in, "in"),
  _LF_STRING (LfAuth, token_url, "tokenUrl"),
  _LF_STRING (LfAuth, client_id, "clientId"),
  _LF_STRING (LfAuth, client_secret, "clientSecret"),
  _LF_STRING (LfAuth, scope, "scope"),
  _LF_STRING (LfAuth, access_key, "accessKey"),
  _LF_STRING (LfAuth, secret_key, "secretKey"),
  _LF_STRING (LfAuth, session_token, "sessionToken"),
  _LF_STRING (LfAuth, region, "region"),
  _LF_STRING (LfAuth, service, "service"))

_LF_DEFINE_RECORD (LfBodyPart, lf_body_part,
  _LF_STRING (LfBodyPart, name, "name"),
  _LF_STRING (LfBodyPart, value, "value"),
  _LF_STRING (LfBodyPart, attachment_id, "attachmentId"),
  _LF_STRING (LfBodyPart, file, "file"),
  _LF_STRING (LfBodyPart, file_name, "fileName"),
  _LF_STRING (LfBodyPart, content_type, "contentType"),
  _LF_BOOLEAN (LfBodyPart, enabled, "enabled", TRUE))

_LF_DEFINE_RECORD (LfBody, lf_body,
  _LF_ENUM (LfBody, body_type, "type", body_types, LF_BODY_NONE),
  _LF_STRING (LfBody, text, "text"),
  _LF_STRING (LfBody, content_type, "contentType"),
  _LF_LIST (LfBody, fields, "fields", lf_row_type),
  _LF_LIST (LfBody, parts, "parts", lf_body_part_type),
  _LF_STRING (LfBody, attachment_id, "attachmentId"),
  _LF_STRING (LfBody, file, "file"),
  _LF_STRING (LfBody, query, "query"),
  _LF_JSON (LfBody, variables, "variables"),
  _LF_STRING (LfBody, operation_name, "operationName"))

_LF_DEFINE_RECORD (LfExtract, lf_extract,
  _LF_STRING (LfExtract, variable, "variable"),
  _LF_ENUM (LfExtract, from, "from", extract_sources, 0),
  _LF_STRING (LfExtract, expression, "expression"),
  _LF_STRING (LfExtract, preset, "default"),
  _LF_ENUM (LfExtract, on_missing, "onMissing", on_missing_words, 0))

_LF_DEFINE_RECORD (LfCheck, lf_check,
  _LF_STRING (LfCheck, name, "name"),
  _LF_ENUM (LfCheck, on, "on", check_subjects, 0),
  _LF_STRING (LfCheck, header, "header"),
  _LF_STRING (LfCheck, expression, "expression"),
  _LF_STRING (LfCheck, op, "op"),
  _LF_JSON (LfCheck, value, "value"))

_LF_DEFINE_RECORD (LfThinkTime, lf_think_time,
  _LF_NUMBER (LfThinkTime, min, "min", 0, _LF_SECONDS_LIMIT, 0),
  _LF_NUMBER (LfThinkTime, max, "max", 0, _LF_SECONDS_LIMIT, 0))

_LF_DEFINE_RECORD (LfStep, lf_step,
  _LF_STRING (LfStep, name, "name"),
  _LF_BOOLEAN (LfStep, enabled, "enabled", TRUE),
  _LF_NUMBER (LfStep, weight, "weight", 0, 1e6, 1),
  _LF_STRING (LfStep, method, "method"),
  _LF_STRING (LfStep, url, "url"),
  _LF_LIST (LfStep, params, "params", lf_row_type),
  _LF_LIST (LfStep, headers, "headers", lf_row_type),
  _LF_OBJECT (LfStep, auth, "auth", lf_auth_type),
  _LF_OBJECT (LfStep, body, "body", lf_body_type),
  _LF_LIST (LfStep, extract, "extract", lf_extract_type),
  _LF_LIST (LfStep, checks, "checks", lf_check_type),
  _LF_OBJECT (LfStep, think_time, "thinkTime", lf_think_time_type),
  _LF_OBJECT (LfStep, http, "http", lf_http_options_type))
/* clang-format on */

const char *
lf_step_get_method (const LfStep *self)
{
  return self->method != NULL && *self->method != '\0' ? self->method : "GET";
}

char *
lf_step_get_label (const LfStep *self)
{
  g_autoptr (GUri) uri = NULL;
  const char *path = NULL;

  if (self->name != NULL && *self->name != '\0')
    return g_strdup (self->name);
  if (self->url != NULL)
    uri = g_uri_parse (self->url, G_URI_FLAGS_ENCODED, NULL);
  if (uri != NULL)
    path = *g_uri_get_path (uri) != '\0' ? g_uri_get_path (uri) : "/";
  return g_strdup_printf ("%s %s", lf_step_get_method (self), path != NULL ? path : "");
}
