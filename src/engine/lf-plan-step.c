#include "config.h"

#include "lf-plan-private.h"

#include "lf-error.h"

#include <glib/gi18n.h>

void
_lf_plan_step_add_header (LfPlanStep *step, const char *name, const char *value)
{
  /* libcurl sends a header without a value only where its name ends in a semicolon. */
  g_autofree char *line = value == NULL || *value == '\0' ? g_strdup_printf ("%s;", name)
                                                          : g_strdup_printf ("%s: %s", name, value);

  step->headers = curl_slist_append (step->headers, line);
}

/* Keeps libcurl from adding the header @name by itself; it would sign what it does not send. */
static void
suppress_header (LfPlanStep *step, const char *name)
{
  g_autofree char *line = g_strconcat (name, ":", NULL);

  if (step->sigv4 != NULL)
    return;
  step->headers = curl_slist_append (step->headers, line);
}

static gboolean
has_header (const LfStep *source, const char *name)
{
  for (guint i = 0; i < source->headers->len; i++)
    {
      const LfRow *row = source->headers->pdata[i];

      if (row->enabled && g_ascii_strcasecmp (row->name, name) == 0)
        return TRUE;
    }
  return FALSE;
}

static GBytes *
bytes_of (const char *text)
{
  return g_bytes_new (text != NULL ? text : "", text != NULL ? strlen (text) : 0);
}

static GBytes *
compile_graphql (const LfBody *body)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  g_autofree char *text = NULL;

  json_object_set_string_member (object, "query", body->query);
  if (body->variables != NULL)
    json_object_set_member (object, "variables", json_node_copy (body->variables));
  if (body->operation_name != NULL)
    json_object_set_string_member (object, "operationName", body->operation_name);
  json_node_take_object (node, object);
  text = json_to_string (node, FALSE);
  return bytes_of (text);
}

GBytes *
_lf_plan_find_attachment (const char *id,
                          GHashTable *attachments,
                          const char *place,
                          GError **error)
{
  GBytes *content =
      id != NULL && attachments != NULL ? g_hash_table_lookup (attachments, id) : NULL;

  if (content != NULL)
    return g_bytes_ref (content);
  g_set_error (error, LF_ERROR, LF_ERROR_NOT_FOUND,
               _ ("%s: the file is not in the store; choose it again"), place);
  return NULL;
}

static GBytes *
compile_file (const LfBody *body, GHashTable *attachments, const char *place, GError **error)
{
  g_autofree char *pointer = g_strconcat (place, "/body/attachmentId", NULL);

  return _lf_plan_find_attachment (body->attachment_id, attachments, pointer, error);
}

/* A small one is put together, so that it leaves as any other small body does. */
static gboolean
compile_multipart (LfPlanStep *step,
                   const LfBody *body,
                   GHashTable *attachments,
                   const char *place,
                   GError **error)
{
  g_autoptr (LfMultipart) multipart = lf_multipart_new (body, attachments, place, error);
  gsize size;
  g_autofree void *data = NULL;

  if (multipart == NULL)
    return FALSE;
  _lf_plan_step_add_header (step, "Content-Type", lf_multipart_get_content_type (multipart));
  size = lf_multipart_get_size (multipart);
  if (size > LF_SMALL_BODY)
    {
      step->multipart = g_steal_pointer (&multipart);
      return TRUE;
    }
  data = g_malloc (size);
  lf_multipart_read (multipart, 0, data, size);
  step->body = g_bytes_new_take (g_steal_pointer (&data), size);
  return TRUE;
}

/* RFC 9110, section 8.6: such a request says that its content is empty, else a server may answer
 * 411. libcurl would call it a form. */
static void
compile_empty_body (LfPlanStep *step, const LfStep *source)
{
  static const char *const methods[] = { "POST", "PUT", "PATCH", NULL };

  if (!g_strv_contains (methods, step->method))
    return;
  step->body = bytes_of ("");
  if (!has_header (source, "Content-Type"))
    suppress_header (step, "Content-Type");
}

static gboolean
compile_body (LfPlanStep *step,
              const LfStep *source,
              GHashTable *attachments,
              const char *place,
              GError **error)
{
  const LfBody *body = source->body;
  const char *type = NULL;
  g_autofree char *form = NULL;

  switch (body != NULL ? body->body_type : LF_BODY_NONE)
    {
    case LF_BODY_NONE:
      compile_empty_body (step, source);
      return TRUE;
    case LF_BODY_TEXT:
      step->body = bytes_of (body->text);
      type = "text/plain; charset=utf-8";
      break;
    case LF_BODY_JSON:
      step->body = bytes_of (body->text);
      type = "application/json";
      break;
    case LF_BODY_FORM:
      form = _lf_plan_join_rows (body->fields);
      step->body = bytes_of (form);
      type = "application/x-www-form-urlencoded";
      break;
    case LF_BODY_GRAPHQL:
      step->body = compile_graphql (body);
      type = "application/json";
      break;
    case LF_BODY_MULTIPART:
      if (!compile_multipart (step, body, attachments, place, error))
        return FALSE;
      break;
    case LF_BODY_FILE:
      step->body = compile_file (body, attachments, place, error);
      type = "application/octet-stream";
      break;
    }
  if (step->body == NULL && step->multipart == NULL)
    return FALSE;
  if (type != NULL && !has_header (source, "Content-Type"))
    _lf_plan_step_add_header (step, "Content-Type",
                              body->content_type != NULL ? body->content_type : type);
  /* Waiting for "100 Continue" would add a second to targets that never send it. */
  if (!has_header (source, "Expect"))
    suppress_header (step, "Expect");
  return TRUE;
}

/* @own: the step's path, where it has one; else @path comes from the whole spec's options. An empty
 * one is none, as an editor writes it. */
static gboolean
check_file (char **path, const char *own, const char *place, const char *field, GError **error)
{
  g_autoptr (GMappedFile) file = NULL;
  g_autoptr (GError) reason = NULL;

  if (*path != NULL && **path == '\0')
    g_clear_pointer (path, g_free);
  if (*path == NULL)
    return TRUE;
  file = g_mapped_file_new (*path, FALSE, &reason);
  if (file != NULL)
    return TRUE;
  g_set_error (error, LF_ERROR, LF_ERROR_NOT_FOUND,
               _ ("%s/http/tls/%s: %s; choose a file that can be read"), own != NULL ? place : "",
               field, reason->message);
  return FALSE;
}

static gboolean
check_files (LfTlsOptions *tls, const LfStep *source, const char *place, GError **error)
{
  static const LfTlsOptions none;
  const LfTlsOptions *own =
      source->http != NULL && source->http->tls != NULL ? source->http->tls : &none;

  return check_file (&tls->ca_file, own->ca_file, place, "caFile", error) &&
         check_file (&tls->cert_file, own->cert_file, place, "certFile", error) &&
         check_file (&tls->key_file, own->key_file, place, "keyFile", error);
}

static gboolean
check_version (const LfPlanStep *step, const LfStep *source, const char *place, GError **error)
{
  gboolean own = source->http != NULL && source->http->version == LF_HTTP_VERSION_3;

  if (step->http->version != LF_HTTP_VERSION_3 ||
      (curl_version_info (CURLVERSION_NOW)->features & CURL_VERSION_HTTP3) != 0)
    return TRUE;
  g_set_error (error, LF_ERROR, LF_ERROR_UNSUPPORTED,
               _ ("%s/http/version: libcurl %s of this machine has no HTTP/3; use auto, 1.1 or 2"),
               own ? place : "", curl_version_info (CURLVERSION_NOW)->version);
  return FALSE;
}

/* What libcurl asks for where it is told to ask for all it can undo. */
static char *
list_codings (void)
{
  int features = curl_version_info (CURLVERSION_NOW)->features;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;

  if ((features & CURL_VERSION_LIBZ) != 0)
    g_strv_builder_add_many (builder, "deflate", "gzip", NULL);
  if ((features & CURL_VERSION_BROTLI) != 0)
    g_strv_builder_add (builder, "br");
  if ((features & CURL_VERSION_ZSTD) != 0)
    g_strv_builder_add (builder, "zstd");
  names = g_strv_builder_end (builder);
  return g_strjoinv (", ", names);
}

static void
add_preset (LfPlanStep *step, const LfStep *source, const char *name, const char *value)
{
  if (*value != '\0' && !has_header (source, name))
    _lf_plan_step_add_header (step, name, value);
}

/* The headers of options. As the step's own they are written once per request; libcurl would print
 * each letter of them twice. It does so still where it tells them to a proxy, or signs what stands
 * among the step's. */
static void
compile_presets (LfPlanStep *step, const LfStep *source)
{
  g_autofree char *codings = list_codings ();

  step->has_presets =
      (step->http->proxy == NULL || *step->http->proxy == '\0') && step->sigv4 == NULL;
  if (!step->has_presets)
    return;
  add_preset (step, source, "User-Agent", step->http->user_agent);
  if (step->http->decompress)
    add_preset (step, source, "Accept-Encoding", codings);
}

static gboolean
compile_http (LfPlanStep *step,
              const LfSpec *spec,
              const LfStep *source,
              const char *place,
              GError **error)
{
  step->http = lf_http_options_merge (spec->http, source->http);
  step->timeout = (gint64) (step->http->timeout * G_USEC_PER_SEC);
  if (step->http->user_agent == NULL)
    lf_set_string (&step->http->user_agent, "loadforge/" LF_VERSION);
  if (!step->http->keep_alive && !has_header (source, "Connection"))
    _lf_plan_step_add_header (step, "Connection", "close");
  for (char **entry = step->http->resolve; entry != NULL && *entry != NULL; entry++)
    step->resolve = curl_slist_append (step->resolve, *entry);
  compile_presets (step, source);
  return check_version (step, source, place, error) &&
         check_files (step->http->tls, source, place, error);
}

/* The URL read once for all requests. NULL where libcurl must read it itself: it does not copy the
 * zone of a link-local address (7.88). Workers share it; libcurl only copies from it. */
static CURLU *
parse_url (const char *text)
{
  CURLU *url = curl_url ();
  char *zone = NULL;
  gboolean ok = curl_url_set (url, CURLUPART_URL, text, CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK &&
                curl_url_get (url, CURLUPART_ZONEID, &zone, 0) != CURLUE_OK;

  curl_free (zone);
  if (!ok)
    g_clear_pointer (&url, curl_url_cleanup);
  return url;
}

gboolean
_lf_plan_step_compile (LfPlanStep *step,
                       const LfSpec *spec,
                       guint n,
                       GHashTable *attachments,
                       GError **error)
{
  const LfStep *source = lf_spec_get_step (spec, n);
  g_autofree char *place =
      spec->request != NULL ? g_strdup ("/request") : g_strdup_printf ("/steps/%u", n);

  step->step = (gint) n;
  step->label = lf_step_get_label (source);
  step->method = lf_step_get_method (source);
  step->url = _lf_plan_join_url (source);
  step->shown_url = _lf_plan_hide_user (step->url);
  for (guint i = 0; i < source->headers->len; i++)
    {
      const LfRow *row = source->headers->pdata[i];

      if (row->enabled)
        _lf_plan_step_add_header (step, row->name, row->value);
    }
  if (source->think_time != NULL)
    {
      step->think_min = (gint64) (source->think_time->min * G_USEC_PER_SEC);
      step->think_max = (gint64) (source->think_time->max * G_USEC_PER_SEC);
    }
  _lf_plan_compile_auth (step, source->auth);
  step->parsed_url = parse_url (step->url);
  if (!compile_body (step, source, attachments, place, error))
    return FALSE;
  _lf_plan_sign_body (step);
  return compile_http (step, spec, source, place, error);
}

void
_lf_plan_step_clear (LfPlanStep *step)
{
  _lf_plan_lean_clear (step);
  g_free (step->label);
  g_free (step->url);
  g_clear_pointer (&step->parsed_url, curl_url_cleanup);
  g_free (step->shown_url);
  g_free (step->userpwd);
  g_free (step->sigv4);
  curl_slist_free_all (step->headers);
  curl_slist_free_all (step->resolve);
  g_clear_pointer (&step->body, g_bytes_unref);
  g_clear_pointer (&step->multipart, lf_multipart_free);
  g_clear_pointer (&step->http, lf_http_options_free);
}
