#include "config.h"

#include "lf-plan-private.h"

#include <string.h>

/* A URL in its parts, each libcurl's to free. */
typedef struct
{
  char *scheme;
  char *host;
  char *port; /* NULL: the scheme's own */
  char *path;
  char *query;
  char *user;
} Parts;

static void
parts_clear (Parts *self)
{
  curl_free (self->scheme);
  curl_free (self->host);
  curl_free (self->port);
  curl_free (self->path);
  curl_free (self->query);
  curl_free (self->user);
}

/* As libcurl reads it before a transfer, dots in the path resolved. */
static gboolean
read_url (Parts *self, const char *text)
{
  CURLU *url = curl_url ();
  gboolean ok = curl_url_set (url, CURLUPART_URL, text, CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK &&
                curl_url_get (url, CURLUPART_SCHEME, &self->scheme, 0) == CURLUE_OK &&
                curl_url_get (url, CURLUPART_HOST, &self->host, 0) == CURLUE_OK &&
                curl_url_get (url, CURLUPART_PATH, &self->path, CURLU_URLENCODE) == CURLUE_OK;

  curl_url_get (url, CURLUPART_PORT, &self->port, CURLU_NO_DEFAULT_PORT);
  curl_url_get (url, CURLUPART_QUERY, &self->query, 0);
  curl_url_get (url, CURLUPART_USER, &self->user, 0);
  curl_url_cleanup (url);
  return ok;
}

/* Whether @line is of the header @name; an entry without a value only keeps libcurl's own away. */
static gboolean
is_header (const char *line, const char *name, gboolean with_value)
{
  gsize n = strlen (name);

  return g_ascii_strncasecmp (line, name, n) == 0 && (line[n] == ':' || line[n] == ';') &&
         (!with_value || (line[n] == ':' && line[n + 1 + strspn (line + n + 1, " \t")] != '\0'));
}

static const char *
find_header (const LfPlanStep *step, const char *name, gboolean with_value)
{
  for (const struct curl_slist *at = step->headers; at != NULL; at = at->next)
    if (is_header (at->data, name, with_value))
      return at->data;
  return NULL;
}

/* Headers that change how a message is framed or what follows it. */
static gboolean
has_framing_header (const LfPlanStep *step)
{
  static const char *const names[] = { "Connection",        "Content-Length", "Expect", "TE",
                                       "Transfer-Encoding", "Upgrade",        NULL };

  for (guint i = 0; names[i] != NULL; i++)
    if (find_header (step, names[i], TRUE) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
has_fit_auth (const LfStep *source)
{
  switch (source->auth != NULL ? source->auth->auth_type : LF_AUTH_NONE)
    {
    case LF_AUTH_NONE:
    case LF_AUTH_BASIC:
    case LF_AUTH_BEARER:
    case LF_AUTH_API_KEY:
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
has_fit_options (const LfHttpOptions *http, gboolean tls)
{
  if (http->transport != LF_HTTP_TRANSPORT_AUTO || !http->keep_alive ||
      (http->proxy != NULL && *http->proxy != '\0'))
    return FALSE;
  return http->version == LF_HTTP_VERSION_1_1 || (http->version == LF_HTTP_VERSION_AUTO && !tls);
}

static gboolean
is_fit (const LfPlanStep *step, const LfStep *source, const Parts *parts)
{
  return parts->user == NULL && step->multipart == NULL && strcmp (step->method, "CONNECT") != 0 &&
         has_fit_options (step->http, strcmp (parts->scheme, "https") == 0) &&
         has_fit_auth (source) && !has_framing_header (step);
}

/* Unless the step has this header itself. */
static void
add_preset (GString *head, const LfPlanStep *step, const char *name, const char *value)
{
  if (find_header (step, name, FALSE) == NULL)
    g_string_append_printf (head, "%s: %s\r\n", name, value);
}

static void
add_host (GString *head, const LfPlanStep *step, const Parts *parts)
{
  const char *own = find_header (step, "Host", TRUE);

  if (own != NULL)
    g_string_append_printf (head, "%s\r\n", own);
  else if (parts->port != NULL)
    g_string_append_printf (head, "Host: %s:%s\r\n", parts->host, parts->port);
  else
    g_string_append_printf (head, "Host: %s\r\n", parts->host);
}

static void
add_basic (GString *head, const LfPlanStep *step)
{
  g_autofree char *code = NULL;
  g_autofree char *value = NULL;

  if (step->userpwd == NULL)
    return;
  code = g_base64_encode ((const guchar *) step->userpwd, strlen (step->userpwd));
  value = g_strconcat ("Basic ", code, NULL);
  add_preset (head, step, "Authorization", value);
}

static void
add_own_headers (GString *head, const LfPlanStep *step)
{
  for (const struct curl_slist *at = step->headers; at != NULL; at = at->next)
    {
      const char *line = at->data;
      gsize name = strcspn (line, ":;");

      if (is_header (line, "Host", FALSE))
        continue;
      if (line[name] == ';')
        g_string_append_printf (head, "%.*s:\r\n", (int) name, line);
      else if (line[name + 1 + strspn (line + name + 1, " \t")] != '\0')
        g_string_append_printf (head, "%s\r\n", line);
    }
}

/* The fields in the order that libcurl gives them. */
static GString *
write_head (const LfPlanStep *step, const Parts *parts)
{
  GString *head = g_string_new (NULL);

  g_string_append_printf (head, "%s %s%s%s HTTP/1.1\r\n", step->method, parts->path,
                          parts->query != NULL ? "?" : "",
                          parts->query != NULL ? parts->query : "");
  add_host (head, step, parts);
  add_basic (head, step);
  add_preset (head, step, "Accept", "*/*");
  add_own_headers (head, step);
  if (step->body != NULL)
    g_string_append_printf (head, "Content-Length: %" G_GSIZE_FORMAT "\r\n",
                            g_bytes_get_size (step->body));
  g_string_append (head, "\r\n");
  return head;
}

/* What two steps must share to share a connection. */
static char *
describe_origin (const LfPlanStep *step, const Parts *parts)
{
  const LfTlsOptions *tls = step->http->tls;
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s://%s:%s", parts->scheme, parts->host,
                          parts->port != NULL ? parts->port : "");
  for (const struct curl_slist *at = step->resolve; at != NULL; at = at->next)
    g_string_append_printf (text, "\n%s", at->data);
  if (strcmp (parts->scheme, "https") == 0)
    g_string_append_printf (
        text, "\n%d\n%s\n%s\n%s", tls->verify, tls->ca_file != NULL ? tls->ca_file : "",
        tls->cert_file != NULL ? tls->cert_file : "", tls->key_file != NULL ? tls->key_file : "");
  return g_string_free (text, FALSE);
}

static void
compile_body (LfPlanLean *lean, GString *head, const LfPlanStep *step)
{
  gsize size = 0;
  const guint8 *body = step->body != NULL ? g_bytes_get_data (step->body, &size) : NULL;

  if (size <= LF_SMALL_BODY)
    g_string_append_len (head, (const char *) body, (gssize) size);
  else
    {
      lean->body = body;
      lean->body_size = size;
    }
}

static LfPlanLean *
compile (const LfPlanStep *step, const Parts *parts)
{
  LfPlanLean *lean = g_new0 (LfPlanLean, 1);
  GString *head = write_head (step, parts);

  compile_body (lean, head, step);
  lean->head_size = head->len;
  lean->head = g_string_free (head, FALSE);
  lean->host = g_strdup (parts->host);
  lean->path = g_strdup (parts->path);
  lean->tls = strcmp (parts->scheme, "https") == 0;
  lean->head_request = strcmp (step->method, "HEAD") == 0;
  lean->keep = (step->http->cookies ? LF_HTTP_HAS_COOKIE : 0) |
               (step->http->follow_redirects ? LF_HTTP_HAS_LOCATION : 0);
  return lean;
}

static void
lean_free (LfPlanLean *lean)
{
  if (lean == NULL)
    return;
  g_free (lean->head);
  g_free (lean->host);
  g_free (lean->path);
  g_free (lean);
}

static char *
compile_step (const LfPlan *plan, LfPlanStep *step)
{
  Parts parts = { 0 };
  char *origin = NULL;

  if (read_url (&parts, step->url))
    {
      const LfStep *source = lf_spec_get_step (plan->spec, (guint) step->step);

      if (is_fit (step, source, &parts))
        step->lean = compile (step, &parts);
      origin = describe_origin (step, &parts);
    }
  parts_clear (&parts);
  return origin != NULL ? origin : g_strdup ("");
}

void
_lf_plan_compile_lean (LfPlan *plan)
{
  g_autoptr (GPtrArray) origins = g_ptr_array_new_with_free_func (g_free);
  g_autofree guint *numbers = g_new0 (guint, plan->n_steps);

  for (guint i = 0; i < plan->n_steps; i++)
    g_ptr_array_add (origins, compile_step (plan, &plan->steps[i]));
  for (guint i = 0; i < plan->n_steps; i++)
    {
      guint first = 0;

      while (strcmp (origins->pdata[first], origins->pdata[i]) != 0)
        first++;
      /* A user has one connection with a place: where one step must go libcurl's way, all do. */
      for (guint j = 0; j < plan->n_steps && plan->steps[i].lean == NULL; j++)
        if (strcmp (origins->pdata[j], origins->pdata[i]) == 0)
          g_clear_pointer (&plan->steps[j].lean, lean_free);
      numbers[i] = first == i ? plan->n_origins++ : numbers[first];
      if (plan->steps[i].lean != NULL)
        plan->steps[i].lean->origin = numbers[i];
    }
}

void
_lf_plan_lean_clear (LfPlanStep *step)
{
  g_clear_pointer (&step->lean, lean_free);
}
