#include "config.h"

#include "lf-spec-private.h"

#include "lf-json.h"

#include <glib/gi18n.h>

#define MAX_PORT 65535

static gboolean
is_blank (const char *text)
{
  return !text || !*text;
}

/* A token as RFC 9110 has it: what method and header names are made of. */
static gboolean
is_token (const char *text)
{
  if (is_blank (text))
    return FALSE;
  for (; *text; text++)
    if (!g_ascii_isalnum (*text) && !strchr ("!#$%&'*+-.^_`|~", *text))
      return FALSE;
  return TRUE;
}

static gboolean
has_control (const char *text)
{
  for (; *text; text++)
    if ((g_ascii_iscntrl (*text) && *text != '\t'))
      return TRUE;
  return FALSE;
}

static gboolean
has_line_break (const char *text)
{
  return strpbrk (text, "\r\n") != NULL;
}

/* Values that stand in a line of the request's head; a line break would smuggle another line in. */
static void
check_value (const char *value, const char *place, LfValidation *validation)
{
  if (!value)
    return;
  if (has_line_break (value))
    _lf_validation_add (validation, place, _ ("has a line break; write it in one line"));
  else if (has_control (value))
    _lf_validation_add (validation, place, _ ("has a control character; remove it"));
}

static void
check_host (GUri *uri, const char *place, LfValidation *validation)
{
  const char *host = g_uri_get_host (uri);
  int port = g_uri_get_port (uri);

  if (is_blank (host))
    _lf_validation_add (validation, place, _ ("has no host; as in https://example.com/path"));
  else if (strpbrk (host, " <>\"\\^`{|}"))
    _lf_validation_add (validation, place, _ ("“%.60s” is not a host name"), host);
  else if (port == 0 || port > MAX_PORT)
    _lf_validation_add (validation, place, _ ("the port is not one of 1 to 65535"));
}

static gboolean
has_space (const char *text)
{
  for (; *text; text++)
    if ((guchar) *text <= ' ' || *text == 0x7f)
      return TRUE;
  return FALSE;
}

static gboolean
has_scheme (const char *url, const char *scheme)
{
  gsize length = strlen (scheme);

  return g_ascii_strncasecmp (url, scheme, length) == 0 && url[length] == ':';
}

static void
check_url (const char *url, const char *place, LfValidation *validation)
{
  g_autoptr (GUri) uri = NULL;
  g_autoptr (GError) error = NULL;

  if (is_blank (url))
    _lf_validation_add (validation, place, _ ("is missing; write an http or https URL"));
  else if (_lf_has_reference (url)) /* what it becomes is not known yet */
    check_value (url, place, validation);
  else if (!has_scheme (url, "http") && !has_scheme (url, "https"))
    _lf_validation_add (validation, place, _ ("not an http or https URL"));
  else if (has_space (url))
    _lf_validation_add (validation, place, _ ("has a space or line break; write %%20 for a space"));
  else if (!(uri = g_uri_parse (url, G_URI_FLAGS_ENCODED, &error)))
    _lf_validation_add (validation, place, _ ("not an http or https URL: %s"), error->message);
  else
    check_host (uri, place, validation);
}

/* Headers that follow from the body and the connection; a second one would contradict it. */
static gboolean
is_framing (const char *name)
{
  return g_ascii_strcasecmp (name, "content-length") == 0 ||
         g_ascii_strcasecmp (name, "transfer-encoding") == 0;
}

static void
check_header (const LfRow *row, LfValidation *validation)
{
  if (is_blank (row->name))
    _lf_validation_add (validation, "/name", _ ("is empty; name the header or switch it off"));
  else if (has_line_break (row->name))
    _lf_validation_add (validation, "/name", _ ("has a line break; write it in one line"));
  else if (!is_token (row->name))
    _lf_validation_add (validation, "/name",
                        _ ("“%.60s” is not a header name; use letters, digits and “-”"), row->name);
  else if (is_framing (row->name))
    _lf_validation_add (validation, "/name", _ ("%s is set from the body; remove this header"),
                        row->name);
  check_value (row->value, "/value", validation);
}

static void
check_headers (GPtrArray *headers, LfValidation *validation)
{
  for (guint i = 0; i < headers->len; i++)
    {
      const LfRow *row = g_ptr_array_index (headers, i);
      gsize length = _lf_validation_enter_index (validation, "/headers", i);

      if (row->enabled)
        check_header (row, validation);
      g_string_truncate (validation->pointer, length);
    }
}

/* Parameters and form fields: percent-encoded when sent, so any text will do. A row that is blank
 * throughout is left out of the request. */
static void
check_fields (GPtrArray *rows, const char *place, LfValidation *validation)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const LfRow *row = g_ptr_array_index (rows, i);
      gsize length = _lf_validation_enter_index (validation, place, i);

      if (row->enabled && is_blank (row->name) && !is_blank (row->value))
        _lf_validation_add (validation, "/name", _ ("is empty; name it or switch it off"));
      g_string_truncate (validation->pointer, length);
    }
}

static void
require (const char *text, const char *place, const char *what, LfValidation *validation)
{
  if (is_blank (text))
    _lf_validation_add (validation, place, _ ("is missing; %s"), what);
  else
    check_value (text, place, validation);
}

static void
check_api_key (const LfAuth *auth, LfValidation *validation)
{
  gboolean in_query = g_strcmp0 (auth->in, "query") == 0;

  if (!is_blank (auth->in) && !in_query && strcmp (auth->in, "header") != 0)
    _lf_validation_add (validation, "/auth/in", _ ("“%.60s” is neither header nor query"),
                        auth->in);
  if (is_blank (auth->name))
    _lf_validation_add (validation, "/auth/name", _ ("is missing; name the header or parameter"));
  else if (!in_query && (!is_token (auth->name) || is_framing (auth->name)))
    _lf_validation_add (validation, "/auth/name", _ ("“%.60s” is no name for a header with a key"),
                        auth->name);
  if (is_blank (auth->value))
    _lf_validation_add (validation, "/auth/value", _ ("is missing; enter the key"));
  else if (!in_query)
    check_value (auth->value, "/auth/value", validation);
}

/* A part of a credential's scope, between its slashes. */
static void
check_scope (const char *text, const char *place, const char *what, LfValidation *validation)
{
  if (is_blank (text))
    _lf_validation_add (validation, place, _ ("is missing; %s"), what);
  else if (text[strspn (text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.")])
    _lf_validation_add (validation, place, _ ("“%.60s” has more than letters, digits and “-”"),
                        text);
}

static void
check_client (const LfAuth *auth, LfValidation *validation)
{
  g_autoptr (GUri) uri = NULL;

  check_url (auth->token_url, "/auth/tokenUrl", validation);
  if (!is_blank (auth->token_url))
    uri = g_uri_parse (auth->token_url, G_URI_FLAGS_ENCODED, NULL);
  if (uri && g_uri_get_userinfo (uri))
    _lf_validation_add (validation, "/auth/tokenUrl",
                        _ ("has a user in it; write clientId and clientSecret instead"));
  if (is_blank (auth->client_id))
    _lf_validation_add (validation, "/auth/clientId", _ ("is missing; enter the client's id"));
  if (is_blank (auth->client_secret))
    _lf_validation_add (validation, "/auth/clientSecret",
                        _ ("is missing; enter the client's secret"));
}

static void
check_auth (const LfAuth *auth, LfValidation *validation)
{
  switch (auth->auth_type)
    {
    case LF_AUTH_NONE:
      break;
    case LF_AUTH_OAUTH2_CLIENT_CREDENTIALS:
      check_client (auth, validation);
      break;
    case LF_AUTH_BASIC:
    case LF_AUTH_DIGEST:
      if (is_blank (auth->username))
        _lf_validation_add (validation, "/auth/username", _ ("is missing; enter the user name"));
      else if (auth->auth_type == LF_AUTH_BASIC && strchr (auth->username, ':'))
        _lf_validation_add (validation, "/auth/username",
                            _ ("has a colon, which basic cannot send"));
      break;
    case LF_AUTH_BEARER:
      require (auth->token, "/auth/token", _ ("bearer needs a token"), validation);
      break;
    case LF_AUTH_API_KEY:
      check_api_key (auth, validation);
      break;
    case LF_AUTH_AWS_SIG_V4:
      require (auth->access_key, "/auth/accessKey", _ ("enter the key's id"), validation);
      require (auth->secret_key, "/auth/secretKey", _ ("enter the secret key"), validation);
      check_value (auth->session_token, "/auth/sessionToken", validation);
      check_scope (auth->region, "/auth/region", _ ("as in eu-central-1"), validation);
      check_scope (auth->service, "/auth/service", _ ("as in execute-api"), validation);
      break;
    }
}

static void
check_json (const char *text, LfValidation *validation)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;

  if (is_blank (text) || _lf_has_reference (text))
    return;
  node = lf_json_from_text (text, -1, &error);
  if (!node)
    _lf_validation_add (validation, "/body/text",
                        _ ("not JSON: %s; correct it, or send it as text"), error->message);
}

static void
check_part (const LfBodyPart *part, LfValidation *validation)
{
  gboolean has_file = !is_blank (part->attachment_id) || !is_blank (part->file);

  if (is_blank (part->name) && (has_file || !is_blank (part->value)))
    _lf_validation_add (validation, "/name", _ ("is empty; name the part or switch it off"));
  if (!is_blank (part->value) && has_file)
    _lf_validation_add (validation, "/value", _ ("stands beside a file; a part is one of both"));
  if ((part->attachment_id || part->file) && !has_file && is_blank (part->value))
    _lf_validation_add (validation, part->attachment_id ? "/attachmentId" : "/file",
                        _ ("no file is chosen; choose one"));
  check_value (part->content_type, "/contentType", validation);
}

static void
check_parts (GPtrArray *parts, LfValidation *validation)
{
  for (guint i = 0; i < parts->len; i++)
    {
      const LfBodyPart *part = g_ptr_array_index (parts, i);
      gsize length = _lf_validation_enter_index (validation, "/body/parts", i);

      if (part->enabled)
        check_part (part, validation);
      g_string_truncate (validation->pointer, length);
    }
}

/* The line between the parts is chosen by who writes them, and stands in this header. */
static void
check_multipart (const LfStep *step, LfValidation *validation)
{
  const char *type = step->body->content_type;

  if (!is_blank (type) && g_ascii_strncasecmp (type, "multipart/", 10) != 0)
    _lf_validation_add (validation, "/body/contentType",
                        _ ("is no multipart type; leave it empty for multipart/form-data"));
  for (guint i = 0; i < step->headers->len; i++)
    {
      const LfRow *row = g_ptr_array_index (step->headers, i);
      gsize length = _lf_validation_enter_index (validation, "/headers", i);

      if (row->enabled && row->name && g_ascii_strcasecmp (row->name, "content-type") == 0)
        _lf_validation_add (
            validation, "/name",
            _ ("%s is set by a multipart body, with its boundary; remove this header"), row->name);
      g_string_truncate (validation->pointer, length);
    }
}

static void
check_body (const LfBody *body, LfValidation *validation)
{
  check_value (body->content_type, "/body/contentType", validation);
  switch (body->body_type)
    {
    case LF_BODY_TEXT:
    case LF_BODY_JSON:
      if (body->text && strlen (body->text) > LF_ATTACHMENT_LIMIT)
        _lf_validation_add (validation, "/body/text", _ ("is larger than 25 MiB; shorten it"));
      else if (body->body_type == LF_BODY_JSON)
        check_json (body->text, validation);
      break;
    case LF_BODY_FORM:
      check_fields (body->fields, "/body/fields", validation);
      break;
    case LF_BODY_FILE:
      if (is_blank (body->attachment_id) && is_blank (body->file))
        _lf_validation_add (validation, "/body/attachmentId", _ ("no file is chosen; choose one"));
      break;
    case LF_BODY_GRAPHQL:
      if (is_blank (body->query))
        _lf_validation_add (validation, "/body/query", _ ("is missing; write a GraphQL query"));
      if (body->variables && !JSON_NODE_HOLDS_OBJECT (body->variables) &&
          !JSON_NODE_HOLDS_NULL (body->variables))
        _lf_validation_add (validation, "/body/variables", _ ("is no JSON object; write one"));
      break;
    case LF_BODY_MULTIPART:
      check_parts (body->parts, validation);
      break;
    case LF_BODY_NONE:
      break;
    }
}

static void
check_method (const char *method, LfValidation *validation)
{
  if (!method)
    return;
  if (!is_token (method))
    _lf_validation_add (validation, "/method", _ ("“%.60s” is not a method, such as GET or POST"),
                        method);
  else if (g_ascii_strcasecmp (method, "CONNECT") == 0)
    _lf_validation_add (validation, "/method",
                        _ ("CONNECT opens a tunnel and cannot be a request"));
}

void
_lf_step_validate (const LfStep *step, LfValidation *validation)
{
  gsize length;

  check_method (step->method, validation);
  check_url (step->url, "/url", validation);
  check_fields (step->params, "/params", validation);
  check_headers (step->headers, validation);
  if (step->auth)
    check_auth (step->auth, validation);
  if (step->body)
    check_body (step->body, validation);
  if (step->body && step->body->body_type == LF_BODY_MULTIPART)
    check_multipart (step, validation);
  if (step->think_time && step->think_time->max < step->think_time->min)
    _lf_validation_add (validation, "/thinkTime/max",
                        _ ("is less than min; raise it to at least min"));
  if (!step->http)
    return;
  length = _lf_validation_enter (validation, "/http");
  _lf_http_options_validate (step->http, validation);
  g_string_truncate (validation->pointer, length);
}

/* "[+]host:port:address[,address]", as curl's --resolve. */
static gboolean
is_resolve (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (*text == '+' ? text + 1 : text, ":", 3);
  guint64 port;

  return g_strv_length (parts) == 3 && *parts[0] && *parts[2] && !has_space (text) &&
         g_ascii_string_to_unsigned (parts[1], 10, 1, MAX_PORT, &port, NULL);
}

static void
check_proxy_host (const char *url, LfValidation *validation)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_ENCODED, &error);

  if (!uri)
    _lf_validation_add (validation, "/proxy", _ ("not the URL of a proxy: %s"), error->message);
  else
    check_host (uri, "/proxy", validation);
}

static void
check_proxy (const char *proxy, LfValidation *validation)
{
  static const char *const schemes[] = {
    "http", "https", "socks4", "socks4a", "socks5", "socks5h"
  };

  if (has_space (proxy))
    {
      _lf_validation_add (validation, "/proxy", _ ("has a space or line break; remove it"));
      return;
    }
  if (!*proxy)
    return; /* none */
  if (!strstr (proxy, "://"))
    {
      g_autofree char *url = g_strconcat ("http://", proxy, NULL);

      check_proxy_host (url, validation);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (has_scheme (proxy, schemes[i]))
      {
        check_proxy_host (proxy, validation);
        return;
      }
  _lf_validation_add (validation, "/proxy", _ ("not an http, https or socks URL"));
}

void
_lf_http_options_validate (const LfHttpOptions *http, LfValidation *validation)
{
  if (http->timeout == 0)
    _lf_validation_add (validation, "/timeout", _ ("is 0; give a request some seconds"));
  if (http->connect_timeout == 0)
    _lf_validation_add (validation, "/connectTimeout", _ ("is 0; give a connection some seconds"));
  check_value (http->user_agent, "/userAgent", validation);
  if (http->proxy)
    check_proxy (http->proxy, validation);
  if (http->tls && !is_blank (http->tls->key_file) && is_blank (http->tls->cert_file))
    _lf_validation_add (validation, "/tls/certFile", _ ("is missing; a key needs its certificate"));
  for (guint i = 0; http->resolve && http->resolve[i]; i++)
    {
      gsize length = _lf_validation_enter_index (validation, "/resolve", i);

      if (!is_resolve (http->resolve[i]))
        _lf_validation_add (validation, "", _ ("“%.60s” is not host:port:address"),
                            http->resolve[i]);
      g_string_truncate (validation->pointer, length);
    }
}
