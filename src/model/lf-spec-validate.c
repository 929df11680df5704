#include "config.h"

#include "lf-error.h"
#include "lf-spec.h"

/* The characters of a token, RFC 9110 section 5.6.2. */
static gboolean
is_token (const char *text)
{
  if (text == NULL || *text == '\0')
    return FALSE;
  for (const char *c = text; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && strchr ("!#$%&'*+-.^_`|~", *c) == NULL)
      return FALSE;
  return TRUE;
}

static gboolean
has_break (const char *text)
{
  return text != NULL && strpbrk (text, "\r\n") != NULL;
}

static gboolean
is_empty (const char *text)
{
  return text == NULL || *text == '\0';
}

G_GNUC_PRINTF (3, 4)
static void
add_problem (GPtrArray *problems, const char *pointer, const char *format, ...)
{
  LfProblem *problem = lf_problem_new ();
  va_list arguments;

  va_start (arguments, format);
  problem->message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  problem->pointer = g_strdup (pointer);
  g_ptr_array_add (problems, problem);
}

static void
check_url (GPtrArray *problems, const char *at, const char *url)
{
  g_autofree char *pointer = g_strconcat (at, "/url", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GUri) uri = NULL;
  const char *scheme;

  if (is_empty (url))
    {
      add_problem (problems, pointer, "missing; enter an http or https URL");
      return;
    }
  /* A variable may stand anywhere in it; what it becomes is checked when it is known. */
  if (strstr (url, "${") != NULL)
    return;
  uri = g_uri_parse (url, G_URI_FLAGS_ENCODED, &error);
  scheme = uri != NULL ? g_uri_get_scheme (uri) : NULL;
  if (scheme == NULL ||
      (g_ascii_strcasecmp (scheme, "http") != 0 && g_ascii_strcasecmp (scheme, "https") != 0))
    add_problem (problems, pointer, "not an http or https URL");
  else if (is_empty (g_uri_get_host (uri)))
    add_problem (problems, pointer, "has no host");
  else if (strpbrk (url, " \t\r\n") != NULL)
    add_problem (problems, pointer, "has white space in it; write %%20");
}

static void
check_headers (GPtrArray *problems, const char *at, const LfStep *step)
{
  for (guint i = 0; i < step->headers->len; i++)
    {
      const LfRow *row = step->headers->pdata[i];
      g_autofree char *name = g_strdup_printf ("%s/headers/%u/name", at, i);
      g_autofree char *value = g_strdup_printf ("%s/headers/%u/value", at, i);

      if (!row->enabled)
        continue;
      if (!is_token (row->name) && (row->name == NULL || strstr (row->name, "${") == NULL))
        add_problem (problems, name,
                     is_empty (row->name) ? "missing; a header needs a name"
                                          : "not a header name: letters, digits and dashes only");
      if (has_break (row->value))
        add_problem (problems, value, "a header's value cannot contain a line break");
    }
}

static void
check_auth (GPtrArray *problems, const char *at, const LfAuth *auth)
{
  g_autofree char *user = g_strconcat (at, "/auth/username", NULL);
  g_autofree char *token = g_strconcat (at, "/auth/token", NULL);

  if (auth == NULL)
    return;
  if ((auth->auth_type == LF_AUTH_BASIC || auth->auth_type == LF_AUTH_DIGEST) &&
      is_empty (auth->username))
    add_problem (problems, user, "missing; enter the user name");
  if (auth->auth_type == LF_AUTH_BASIC && auth->username != NULL &&
      strchr (auth->username, ':') != NULL)
    add_problem (problems, user, "a user name for basic authentication cannot contain a colon");
  if (auth->auth_type == LF_AUTH_BEARER && is_empty (auth->token))
    add_problem (problems, token, "missing; enter the token");
  if (auth->auth_type == LF_AUTH_BEARER && has_break (auth->token))
    add_problem (problems, token, "a token cannot contain a line break");
}

static gboolean
is_json (const char *text)
{
  g_autoptr (JsonParser) parser = json_parser_new ();

  return json_parser_load_from_data (parser, text, -1, NULL) &&
         json_parser_get_root (parser) != NULL;
}

static void
check_body (GPtrArray *problems, const char *at, const LfBody *body)
{
  g_autofree char *text = g_strconcat (at, "/body/text", NULL);
  g_autofree char *file = g_strconcat (at, "/body/attachmentId", NULL);
  g_autofree char *type = g_strconcat (at, "/body/contentType", NULL);
  g_autofree char *query = g_strconcat (at, "/body/query", NULL);

  if (body == NULL)
    return;
  if (has_break (body->content_type))
    add_problem (problems, type, "a content type cannot contain a line break");
  if (body->body_type == LF_BODY_JSON && !is_empty (body->text) &&
      strstr (body->text, "${") == NULL && !is_json (body->text))
    add_problem (problems, text, "not JSON; correct it, or send it as text");
  if (body->body_type == LF_BODY_FILE && is_empty (body->attachment_id) && is_empty (body->file))
    add_problem (problems, file, "missing; choose a file");
  if (body->body_type == LF_BODY_GRAPHQL && is_empty (body->query))
    add_problem (problems, query, "missing; enter a query");
}

/* "host:port:address", as curl's --resolve; the address may hold colons. */
static gboolean
is_resolve_entry (const char *entry)
{
  g_auto (GStrv) parts = g_strsplit (entry, ":", 3);
  guint64 port;

  return g_strv_length (parts) == 3 && *parts[0] != '\0' && *parts[2] != '\0' &&
         g_ascii_string_to_unsigned (parts[1], 10, 1, 65535, &port, NULL);
}

static void
check_http (GPtrArray *problems, const char *at, const LfHttpOptions *http)
{
  g_autofree char *timeout = g_strconcat (at, "/http/timeout", NULL);
  g_autofree char *agent = g_strconcat (at, "/http/userAgent", NULL);
  g_autofree char *key = g_strconcat (at, "/http/tls/keyFile", NULL);

  if (http == NULL)
    return;
  if (http->timeout <= 0)
    add_problem (problems, timeout, "must be more than 0 seconds");
  if (has_break (http->user_agent))
    add_problem (problems, agent, "cannot contain a line break");
  if (http->tls != NULL && http->tls->key_file != NULL && http->tls->cert_file == NULL)
    add_problem (problems, key, "a key needs its certificate: set certFile too");
  for (guint i = 0; http->resolve != NULL && http->resolve[i] != NULL; i++)
    if (!is_resolve_entry (http->resolve[i]))
      {
        g_autofree char *place = g_strdup_printf ("%s/http/resolve/%u", at, i);

        add_problem (problems, place, "not of the form host:port:address");
      }
}

static void
check_step (GPtrArray *problems, const char *at, const LfStep *step)
{
  g_autofree char *method = g_strconcat (at, "/method", NULL);
  g_autofree char *think = g_strconcat (at, "/thinkTime/max", NULL);

  if (!is_token (lf_step_get_method (step)))
    add_problem (problems, method, "not an HTTP method");
  check_url (problems, at, step->url);
  check_headers (problems, at, step);
  check_auth (problems, at, step->auth);
  check_body (problems, at, step->body);
  check_http (problems, at, step->http);
  if (step->think_time != NULL && step->think_time->max < step->think_time->min)
    add_problem (problems, think, "must not be less than min");
}

static void
check_steps (GPtrArray *problems, const LfSpec *self)
{
  gboolean any = FALSE;

  for (guint i = 0; i < lf_spec_get_n_steps (self); i++)
    {
      const LfStep *step = lf_spec_get_step (self, i);
      g_autofree char *at =
          self->request != NULL ? g_strdup ("/request") : g_strdup_printf ("/steps/%u", i);

      if (!step->enabled)
        continue;
      any = TRUE;
      check_step (problems, at, step);
    }
  if (!any)
    add_problem (problems, "/steps",
                 lf_spec_get_n_steps (self) == 0 ? "missing; a spec needs at least one step"
                                                 : "all steps are disabled; enable one");
}

static void
check_users (GPtrArray *problems, const LfLoadProfile *profile)
{
  if (lf_load_profile_get_max_users (profile) > 0)
    return;
  if (profile->executor == LF_EXECUTOR_NONE)
    add_problem (problems, "/loadProfile/users", "must be at least 1");
  else if (profile->executor == LF_EXECUTOR_RAMPING_VUS)
    add_problem (problems, "/loadProfile/stages", "no stage has any users");
  else
    add_problem (problems, "/loadProfile/vus", "must be at least 1");
}

static void
check_rate (GPtrArray *problems, const LfLoadProfile *profile)
{
  double most = MAX (profile->rate, profile->start_rate);

  for (guint i = 0; i < profile->stages->len; i++)
    most = MAX (most, ((LfStage *) profile->stages->pdata[i])->target);
  if (most <= 0)
    add_problem (problems,
                 profile->executor == LF_EXECUTOR_CONSTANT_ARRIVAL_RATE ? "/loadProfile/rate"
                                                                        : "/loadProfile/stages",
                 "must be more than 0");
  if (lf_load_profile_get_max_users (profile) < 1)
    add_problem (problems, "/loadProfile/preAllocatedVUs",
                 "set preAllocatedVUs or maxVUs to at least 1");
  if (profile->max_vus > 0 && profile->max_vus < profile->pre_allocated_vus)
    add_problem (problems, "/loadProfile/maxVUs", "must not be less than preAllocatedVUs");
}

static void
check_length (GPtrArray *problems, const LfSpec *self)
{
  const LfLoadProfile *profile = self->load_profile;
  double duration = lf_load_profile_get_duration (profile);
  gboolean ramps = profile->executor == LF_EXECUTOR_RAMPING_VUS ||
                   profile->executor == LF_EXECUTOR_RAMPING_ARRIVAL_RATE;

  if (duration <= 0)
    add_problem (problems,
                 profile->executor == LF_EXECUTOR_NONE ? "/loadProfile/steady"
                 : ramps                               ? "/loadProfile/stages"
                                                       : "/loadProfile/duration",
                 "the run has no length; enter some seconds");
  else if (self->warmup >= duration)
    add_problem (problems, "/warmup", "must be shorter than the run");
}

static void
check_profile (GPtrArray *problems, const LfSpec *self)
{
  const LfLoadProfile *profile = self->load_profile;

  if (profile == NULL)
    {
      add_problem (problems, "/loadProfile", "missing; say how much load, and for how long");
      return;
    }
  switch (lf_load_profile_get_executor (profile))
    {
    case LF_EXECUTOR_CONSTANT_ARRIVAL_RATE:
    case LF_EXECUTOR_RAMPING_ARRIVAL_RATE:
      check_rate (problems, profile);
      check_length (problems, self);
      break;
    case LF_EXECUTOR_SHARED_ITERATIONS:
    case LF_EXECUTOR_PER_VU_ITERATIONS:
      check_users (problems, profile);
      if (profile->iterations < 1)
        add_problem (problems, "/loadProfile/iterations", "must be at least 1");
      break;
    case LF_EXECUTOR_CAPACITY_SEARCH:
      break;
    default:
      check_users (problems, profile);
      check_length (problems, self);
    }
}

GPtrArray *
lf_spec_validate (const LfSpec *self)
{
  GPtrArray *problems = g_ptr_array_new_with_free_func (lf_record_free);

  check_http (problems, "", self->http);
  check_steps (problems, self);
  check_profile (problems, self);
  return problems;
}

gboolean
lf_spec_check (const LfSpec *self, GError **error)
{
  g_autoptr (GPtrArray) problems = lf_spec_validate (self);
  const LfProblem *first;

  if (problems->len == 0)
    return TRUE;
  first = problems->pdata[0];
  g_set_error (error, LF_ERROR, LF_ERROR_VALUE, "%s: %s", first->pointer, first->message);
  return FALSE;
}
