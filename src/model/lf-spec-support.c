#include "config.h"

#include "lf-error.h"
#include "lf-spec.h"

/* What a spec may say but this version cannot run yet. It is refused before anything is sent: a
 * run without its checks would report a success that nobody looked at. */

static gboolean
refuse (GError **error, const char *at, const char *place, const char *what)
{
  g_set_error (error, LF_ERROR, LF_ERROR_UNSUPPORTED,
               "%s%s: this version of LoadForge cannot run %s", at, place, what);
  return FALSE;
}

static gboolean
refers_to_variable (const char *text)
{
  return text != NULL && strstr (text, "${") != NULL;
}

static gboolean
check_rows (const GPtrArray *rows, const char *at, const char *name, GError **error)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const LfRow *row = rows->pdata[i];
      g_autofree char *place = g_strdup_printf ("/%s/%u", name, i);

      if (row->enabled && (refers_to_variable (row->name) || refers_to_variable (row->value)))
        return refuse (error, at, place, "variables (${…})");
    }
  return TRUE;
}

static gboolean
check_auth (const LfAuth *auth, const char *at, GError **error)
{
  if (auth == NULL || auth->auth_type == LF_AUTH_NONE || auth->auth_type == LF_AUTH_BASIC ||
      auth->auth_type == LF_AUTH_BEARER)
    return TRUE;
  return refuse (error, at, "/auth/type", "this kind of authentication; use basic or bearer");
}

static gboolean
check_body (const LfBody *body, const char *at, GError **error)
{
  if (body == NULL)
    return TRUE;
  if (body->body_type == LF_BODY_MULTIPART)
    return refuse (error, at, "/body/type", "multipart bodies");
  if ((body->body_type == LF_BODY_TEXT || body->body_type == LF_BODY_JSON) &&
      refers_to_variable (body->text))
    return refuse (error, at, "/body/text", "variables (${…})");
  return body->body_type != LF_BODY_FORM || check_rows (body->fields, at, "body/fields", error);
}

static gboolean
check_step (const LfStep *step, const char *at, GError **error)
{
  if (step->extract->len > 0)
    return refuse (error, at, "/extract", "extraction");
  if (step->checks->len > 0)
    return refuse (error, at, "/checks", "checks");
  if (refers_to_variable (step->url))
    return refuse (error, at, "/url", "variables (${…})");
  return check_rows (step->params, at, "params", error) &&
         check_rows (step->headers, at, "headers", error) && check_auth (step->auth, at, error) &&
         check_body (step->body, at, error);
}

static gboolean
check_executor (const LfLoadProfile *profile, GError **error)
{
  switch (profile != NULL ? lf_load_profile_get_executor (profile) : LF_EXECUTOR_NONE)
    {
    case LF_EXECUTOR_SHARED_ITERATIONS:
    case LF_EXECUTOR_PER_VU_ITERATIONS:
    case LF_EXECUTOR_MANUAL:
    case LF_EXECUTOR_CAPACITY_SEARCH:
      return refuse (error, "", "/loadProfile/executor",
                     "this executor; use constant-vus, ramping-vus, constant-arrival-rate or "
                     "ramping-arrival-rate");
    default:
      return TRUE;
    }
}

gboolean
lf_spec_check_supported (const LfSpec *self, GError **error)
{
  if (self->variables->len > 0)
    return refuse (error, "", "/variables", "variables");
  if (self->data->len > 0)
    return refuse (error, "", "/data", "data files");
  if (self->flow == LF_FLOW_WEIGHTED)
    return refuse (error, "", "/flow", "a weighted flow; use sequence");
  if (self->thresholds != NULL &&
      (!JSON_NODE_HOLDS_OBJECT (self->thresholds) ||
       json_object_get_size (json_node_get_object (self->thresholds)) > 0))
    return refuse (error, "", "/thresholds", "thresholds");
  for (guint i = 0; i < lf_spec_get_n_steps (self); i++)
    {
      const LfStep *step = lf_spec_get_step (self, i);
      g_autofree char *at =
          self->request != NULL ? g_strdup ("/request") : g_strdup_printf ("/steps/%u", i);

      if (step->enabled && !check_step (step, at, error))
        return FALSE;
    }
  return check_executor (self->load_profile, error);
}
