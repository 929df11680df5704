#include "config.h"

#include "lf-plan-private.h"

#include <string.h>

static gboolean
is_query_key (const LfAuth *auth)
{
  return auth->auth_type == LF_AUTH_API_KEY && auth->in != NULL && strcmp (auth->in, "query") == 0;
}

static char *
join (const char *before, const char *between, const char *after)
{
  return g_strconcat (before, between, after != NULL ? after : "", NULL);
}

static void
add_secret_header (LfPlanStep *step, const char *name, const char *value)
{
  _lf_plan_step_add_header (step, name, value);
  step->secret_header = name;
}

static void
add_bearer (LfPlanStep *step, const char *token)
{
  g_autofree char *bearer = g_strconcat ("Bearer ", token, NULL);

  _lf_plan_step_add_header (step, "Authorization", bearer);
}

/* Before it is signed, a query is written in the one way that AWS would write it. */
static void
prepare_signature (LfPlanStep *step, const LfAuth *auth)
{
  char *url = _lf_plan_sort_query (step->url);

  g_free (step->url);
  step->url = url;
  step->sigv4 = g_strdup_printf ("aws:amz:%s:%s", auth->region, auth->service);
  if (auth->session_token != NULL && *auth->session_token != '\0')
    add_secret_header (step, "X-Amz-Security-Token", auth->session_token);
}

static void
add_api_key (LfPlanStep *step, const LfAuth *auth)
{
  char *url;

  if (!is_query_key (auth))
    {
      add_secret_header (step, auth->name, auth->value);
      return;
    }
  url = _lf_plan_add_param (step->url, auth->name, auth->value);
  g_free (step->url);
  step->url = url;
}

void
_lf_plan_compile_auth (LfPlanStep *step, const LfAuth *auth)
{
  step->auth = auth;
  switch (auth != NULL ? auth->auth_type : LF_AUTH_NONE)
    {
    case LF_AUTH_BASIC:
      step->userpwd = join (auth->username, ":", auth->password);
      break;
    case LF_AUTH_BEARER:
      add_bearer (step, auth->token);
      break;
    case LF_AUTH_API_KEY:
      add_api_key (step, auth);
      break;
    case LF_AUTH_AWS_SIG_V4:
      prepare_signature (step, auth);
      break;
    case LF_AUTH_NONE:
    case LF_AUTH_DIGEST:                    /* answers what the target asks */
    case LF_AUTH_OAUTH2_CLIENT_CREDENTIALS: /* takes the token that there is then */
      break;
    }
}

void
_lf_plan_add_token (LfPlan *plan, LfPlanStep *step)
{
  if (step->auth == NULL || step->auth->auth_type != LF_AUTH_OAUTH2_CLIENT_CREDENTIALS)
    return;
  if (plan->keeper == NULL)
    plan->keeper = lf_token_keeper_new ();
  step->token = lf_token_keeper_add (plan->keeper, step->auth, step->http, step->resolve);
}

static char *
sum_multipart (const LfMultipart *multipart)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 buffer[65536];
  gsize at = 0, n;

  while ((n = lf_multipart_read (multipart, at, buffer, sizeof buffer)) > 0)
    {
      g_checksum_update (sum, buffer, (gssize) n);
      at += n;
    }
  return g_strdup (g_checksum_get_string (sum));
}

/* libcurl sums up a body only where it has it as a whole (7.88: else it signs an empty one), and
 * takes the sum from this header. S3 wants the header with every request. */
void
_lf_plan_sign_body (LfPlanStep *step)
{
  g_autofree char *sum = NULL;
  gboolean is_s3;

  if (step->sigv4 == NULL)
    return;
  is_s3 = strcmp (step->auth->service, "s3") == 0;
  if (step->multipart != NULL)
    sum = sum_multipart (step->multipart);
  else if (step->body != NULL && (is_s3 || g_bytes_get_size (step->body) > LF_SMALL_BODY))
    sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, step->body);
  else if (is_s3)
    sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "", 0);
  if (sum != NULL)
    _lf_plan_step_add_header (step, "X-Amz-Content-Sha256", sum);
}
