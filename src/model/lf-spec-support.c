#include "config.h"

#include "lf-spec-private.h"

#include "lf-error.h"

#include <glib/gi18n.h>

/* What a spec may say that this version cannot run yet. Refusing is better than running something
 * else than what was written. */

typedef struct
{
  const char *pointer; /* of the step that is looked at */
  GError **error;
} LfSupport;

static gboolean
    G_GNUC_PRINTF (3, 4) refuse (GError **error, const char *pointer, const char *format, ...)
{
  g_autofree char *reason = NULL;
  va_list args;

  va_start (args, format);
  reason = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, LF_ERROR, LF_ERROR_UNSUPPORTED, "%s: %s", pointer, reason);
  return FALSE;
}

gboolean
_lf_has_reference (const char *text)
{
  while (text && (text = strstr (text, "${")))
    {
      text += 2;
      if ((g_ascii_isalpha (*text) || *text == '_') && strchr (text, '}'))
        return TRUE;
    }
  return FALSE;
}

static gboolean
check_text (LfSupport *support, const char *place, const char *text)
{
  g_autofree char *pointer = NULL;

  if (!_lf_has_reference (text))
    return TRUE;
  pointer = g_strconcat (support->pointer, place, NULL);
  return refuse (
      support->error, pointer,
      _ ("variables such as ${name} cannot be run by this version; write the value itself"));
}

static gboolean
check_rows (LfSupport *support, const char *place, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    {
      LfRow *row = g_ptr_array_index (rows, i);
      g_autofree char *name = g_strdup_printf ("%s/%u/name", place, i);
      g_autofree char *value = g_strdup_printf ("%s/%u/value", place, i);

      if (row->enabled &&
          (!check_text (support, name, row->name) || !check_text (support, value, row->value)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_auth (LfSupport *support, const LfAuth *auth)
{
  switch (auth->auth_type)
    {
    case LF_AUTH_NONE:
      return TRUE;
    case LF_AUTH_BASIC:
    case LF_AUTH_DIGEST:
      return check_text (support, "/auth/username", auth->username) &&
             check_text (support, "/auth/password", auth->password);
    case LF_AUTH_BEARER:
      return check_text (support, "/auth/token", auth->token);
    case LF_AUTH_API_KEY:
      return check_text (support, "/auth/name", auth->name) &&
             check_text (support, "/auth/value", auth->value);
    case LF_AUTH_AWS_SIG_V4:
      return check_text (support, "/auth/accessKey", auth->access_key) &&
             check_text (support, "/auth/secretKey", auth->secret_key) &&
             check_text (support, "/auth/sessionToken", auth->session_token);
    case LF_AUTH_OAUTH2_CLIENT_CREDENTIALS:
      return check_text (support, "/auth/tokenUrl", auth->token_url) &&
             check_text (support, "/auth/clientId", auth->client_id) &&
             check_text (support, "/auth/clientSecret", auth->client_secret) &&
             check_text (support, "/auth/scope", auth->scope);
    }
  return TRUE;
}

static gboolean
check_part (LfSupport *support, const LfBodyPart *part, guint index)
{
  const char *const names[] = { "name", "value", "fileName", "contentType" };
  const char *const texts[] = { part->name, part->value, part->file_name, part->content_type };

  for (guint i = 0; part->enabled && i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *place = g_strdup_printf ("/body/parts/%u/%s", index, names[i]);

      if (!check_text (support, place, texts[i]))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_parts (LfSupport *support, GPtrArray *parts)
{
  for (guint i = 0; i < parts->len; i++)
    if (!check_part (support, g_ptr_array_index (parts, i), i))
      return FALSE;
  return TRUE;
}

static gboolean
check_body (LfSupport *support, const LfBody *body)
{
  switch (body->body_type)
    {
    case LF_BODY_NONE:
    case LF_BODY_FILE:
      return TRUE;
    case LF_BODY_TEXT:
    case LF_BODY_JSON:
      return check_text (support, "/body/text", body->text);
    case LF_BODY_FORM:
      return check_rows (support, "/body/fields", body->fields);
    case LF_BODY_MULTIPART:
      return check_parts (support, body->parts);
    case LF_BODY_GRAPHQL: /* where ${name} may be a part of the query's own language */
      return TRUE;
    }
  return TRUE;
}

static gboolean
check_list (LfSupport *support, const char *place, GPtrArray *list, const char *what)
{
  g_autofree char *pointer = g_strconcat (support->pointer, place, NULL);

  return list->len == 0 || refuse (support->error, pointer,
                                   _ ("%s cannot be run by this version; remove them"), what);
}

/* What libcurl's signature would not cover as AWS reads it: a path is encoded twice for all
 * services but S3, and a header is one line with a value. */
static gboolean
check_signature (LfSupport *support, const LfStep *step)
{
  const char *authority = strstr (step->url, "://");
  g_autofree char *path = authority ? g_strndup (authority, strcspn (authority, "?#")) : NULL;
  g_autofree char *pointer = g_strconcat (support->pointer, "/url", NULL);

  if (path && (strchr (path, '%') || !g_str_is_ascii (path)) &&
      g_strcmp0 (step->auth->service, "s3") != 0)
    return refuse (support->error, pointer,
                   _ ("awsSigV4 signs no path with percent-encoded characters but for s3"));
  for (guint i = 0; i < step->headers->len; i++)
    {
      const LfRow *row = g_ptr_array_index (step->headers, i);
      g_autofree char *place = g_strdup_printf ("%s/headers/%u", support->pointer, i);

      if (row->enabled && (!row->value || !*row->value))
        return refuse (support->error, place,
                       _ ("awsSigV4 signs no header without a value; switch it off"));
      for (guint k = 0; k < i && row->enabled; k++)
        {
          const LfRow *other = g_ptr_array_index (step->headers, k);

          if (other->enabled && g_ascii_strcasecmp (row->name, other->name) == 0)
            return refuse (support->error, place,
                           _ ("awsSigV4 signs a header once; join the values"));
        }
    }
  return TRUE;
}

static gboolean
check_step (const LfStep *step, const char *pointer, GError **error)
{
  LfSupport support = { pointer, error };

  return check_text (&support, "/url", step->url) &&
         check_rows (&support, "/params", step->params) &&
         check_rows (&support, "/headers", step->headers) &&
         (!step->auth || check_auth (&support, step->auth)) &&
         (!step->auth || step->auth->auth_type != LF_AUTH_AWS_SIG_V4 ||
          check_signature (&support, step)) &&
         (!step->body || check_body (&support, step->body)) &&
         check_list (&support, "/extract", step->extract, _ ("extractions")) &&
         check_list (&support, "/checks", step->checks, _ ("checks"));
}

static gboolean
check_steps (const LfSpec *self, GError **error)
{
  for (guint i = 0; i < lf_spec_get_n_steps (self); i++)
    {
      const LfStep *step = lf_spec_get_step (self, i);
      g_autofree char *pointer =
          self->request ? g_strdup ("/request") : g_strdup_printf ("/steps/%u", i);

      if (step->enabled && !check_step (step, pointer, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
has_thresholds (const LfSpec *self)
{
  return self->thresholds && json_object_get_size (json_node_get_object (self->thresholds)) > 0;
}

gboolean
lf_spec_check_supported (const LfSpec *self, GError **error)
{
  LfSupport support = { "", error };

  if (!check_list (&support, "/variables", self->variables, _ ("variables")) ||
      !check_list (&support, "/data", self->data, _ ("data files")))
    return FALSE;
  if (self->flow == LF_FLOW_WEIGHTED)
    return refuse (error, "/flow",
                   _ ("a weighted flow cannot be run by this version; use sequence"));
  if (has_thresholds (self))
    return refuse (error, "/thresholds",
                   _ ("thresholds cannot be run by this version; remove them"));
  return check_steps (self, error);
}
