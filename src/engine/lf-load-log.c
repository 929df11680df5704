#include "config.h"

#include "lf-load-log.h"

#include "lf-error-code.h"
#include "lf-kept-words.h"
#include "lf-plan-private.h"
#include "lf-time.h"

static LfLogLine *
add_line (GPtrArray *lines, LfLogLevel level, LfLogClass log_class, gint64 step, char *message)
{
  LfLogLine *line = lf_log_line_new ();

  line->time = lf_time_now ();
  line->level = level;
  line->log_class = log_class;
  line->step = step;
  line->message = message;
  line->count = 1;
  g_ptr_array_add (lines, line);
  return line;
}

void
lf_load_log_add (GPtrArray *lines,
                 LfLogLevel level,
                 LfLogClass log_class,
                 gint64 step,
                 const char *format,
                 ...)
{
  va_list arguments;

  va_start (arguments, format);
  add_line (lines, level, log_class, step, lf_kept_vprintf (format, arguments));
  va_end (arguments);
}

static gboolean
is_answer (guint64 code)
{
  return code >= LF_ERROR_CODE_HTTP_4XX && code < LF_ERROR_CODE_HTTP2;
}

/* Where a connection was to go: what a failure to make one is about. */
static char *
get_place (const LfPlanStep *step)
{
  g_autoptr (GUri) uri = g_uri_parse (step->shown_url, G_URI_FLAGS_NONE, NULL);

  if (uri == NULL)
    return g_strdup ("");
  if (g_uri_get_port (uri) < 0)
    return g_strconcat (": ", g_uri_get_host (uri), NULL);
  return g_strdup_printf (": %s:%d", g_uri_get_host (uri), g_uri_get_port (uri));
}

static char *
describe (const LfPlanStep *step, guint64 code)
{
  const char *reason = lf_error_code_message ((guint) code);
  gboolean is_connection = code >= LF_ERROR_CODE_DNS && code < LF_ERROR_CODE_HTTP_4XX;
  g_autofree char *place = is_connection ? get_place (step) : g_strdup ("");

  return g_strdup_printf ("%s: %s%s (error %" G_GUINT64_FORMAT ")", step->label,
                          reason != NULL ? reason : "failed", place, code);
}

static void
add_errors (GPtrArray *lines, const LfPlan *plan, const LfSample *sample)
{
  /* The only step's numbers are the total's. */
  guint step = sample->step < 0 ? 0 : (guint) sample->step;

  for (guint i = 0; i < sample->error_codes->n; i++)
    {
      const LfCount *count = &sample->error_codes->entries[i];
      guint64 code = g_ascii_strtoull (count->key, NULL, 10);
      LfLogLine *line = add_line (lines, is_answer (code) ? LF_LOG_WARN : LF_LOG_ERROR,
                                  is_answer (code) ? LF_LOG_CLASS_HTTP : LF_LOG_CLASS_TRANSPORT,
                                  (gint64) step, describe (&plan->steps[step], code));

      line->count = count->count;
    }
}

static void
append_count (GString *text, const char *before, gint64 n, const char *what)
{
  g_string_append_printf (text, "%s%" G_GINT64_FORMAT " %s%s", before, n, what, n == 1 ? "" : "s");
}

static char *
describe_second (const LfPlan *plan, const LfSample *total)
{
  const LfSampleLatency *latency = total->response_time;
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%.0f s", total->t);
  append_count (text, ": ", total->users, "user");
  append_count (text, ", ", total->completed, "request");
  g_string_append_printf (text, ", %" G_GINT64_FORMAT " failed", total->failed);
  if (plan->arrivals)
    g_string_append_printf (text, ", %" G_GINT64_FORMAT " dropped", total->dropped);
  if (latency->max > 0)
    {
      g_autofree char *percentiles = lf_kept_printf (", p50 %.2f ms, p95 %.2f ms, p99 %.2f ms",
                                                     latency->p50, latency->p95, latency->p99);

      g_string_append (text, percentiles);
    }
  if (total->warmup)
    g_string_append (text, " (warm-up)");
  return g_string_free (text, FALSE);
}

static gboolean
answers_challenges (const LfPlan *plan)
{
  for (guint i = 0; i < plan->n_steps; i++)
    if (plan->steps[i].auth != NULL && plan->steps[i].auth->auth_type == LF_AUTH_DIGEST)
      return TRUE;
  return FALSE;
}

static void
add_resent (GPtrArray *lines, const LfPlan *plan, gint64 n)
{
  if (answers_challenges (plan))
    lf_load_log_add (lines, LF_LOG_INFO, LF_LOG_CLASS_TRANSPORT, -1,
                     "%" G_GINT64_FORMAT " requests were sent again: the target had asked for a "
                     "digest, or closed their kept connections",
                     n);
  else
    lf_load_log_add (lines, LF_LOG_WARN, LF_LOG_CLASS_TRANSPORT, -1,
                     "%" G_GINT64_FORMAT
                     " requests were sent again: the target had closed their kept connections",
                     n);
}

void
lf_load_log_samples (GPtrArray *lines, const LfPlan *plan, GPtrArray *samples)
{
  const LfSample *total = samples->pdata[0];

  add_line (lines, LF_LOG_INFO, LF_LOG_CLASS_INTERVAL, -1, describe_second (plan, total));
  for (guint i = samples->len > 1 ? 1 : 0; i < samples->len; i++)
    add_errors (lines, plan, samples->pdata[i]);
  if (total->resent > 0)
    add_resent (lines, plan, total->resent);
}

/* "for 60 s", "for 1000 iterations, at most 600 s" or "until it is stopped". */
static char *
describe_length (const LfPlan *plan)
{
  const LfLoadProfile *profile = plan->spec->load_profile;
  gint64 iterations = lf_load_profile_get_iterations (profile);
  double limit = lf_load_profile_get_limit (profile);

  if (iterations > 0)
    return lf_kept_printf ("for %" G_GINT64_FORMAT " iterations, at most %.6g s", iterations,
                           limit);
  if (limit > 0)
    return lf_kept_printf ("for %.6g s", limit);
  return g_strdup (profile->executor == LF_EXECUTOR_CAPACITY_SEARCH
                       ? "until the highest rate is found"
                       : "until it is stopped");
}

void
lf_load_log_start (GPtrArray *lines, const LfPlan *plan)
{
  g_autofree char *length = describe_length (plan);
  g_autofree char *ports = _lf_plan_warn_of_ports (plan);

  lf_load_log_add (lines, LF_LOG_INFO, LF_LOG_CLASS_LIFECYCLE, -1,
                   "Started: up to %u user%s %s, %u step%s, %u worker%s", plan->max_users,
                   plan->max_users == 1 ? "" : "s", length, plan->n_steps,
                   plan->n_steps == 1 ? "" : "s", plan->n_workers, plan->n_workers == 1 ? "" : "s");
  for (guint i = 0; i < plan->n_steps; i++)
    lf_load_log_add (lines, LF_LOG_DEBUG, LF_LOG_CLASS_LIFECYCLE, (gint64) i, "Step %u: %s %s",
                     i + 1, plan->steps[i].method, plan->steps[i].shown_url);
  if (ports != NULL)
    lf_load_log_add (lines, LF_LOG_WARN, LF_LOG_CLASS_GENERATOR, -1, "%s", ports);
}

void
lf_load_log_health (GPtrArray *lines, LfLoadHealthReasons reasons)
{
  if ((reasons & LF_LOAD_HEALTH_HOT) != 0)
    lf_load_log_add (lines, LF_LOG_WARN, LF_LOG_CLASS_GENERATOR, -1,
                     "A worker used over 90 %% of its core for 5 s: the target may take more than "
                     "this machine sends. Close other programs, use more workers or another "
                     "machine");
  if ((reasons & LF_LOAD_HEALTH_LATE) != 0)
    lf_load_log_add (
        lines, LF_LOG_WARN, LF_LOG_CLASS_GENERATOR, -1,
        "Requests leave over 10 ms late: this machine does not keep the rate. Close other "
        "programs, use more workers or another machine, or ask for less");
  if ((reasons & LF_LOAD_HEALTH_NO_PORTS) != 0)
    lf_load_log_add (
        lines, LF_LOG_WARN, LF_LOG_CLASS_GENERATOR, -1,
        "No local port or file descriptor is left for more connections: what fails with "
        "error 1213 is this machine's doing. Keep connections alive, or use fewer users");
}

gboolean
lf_load_log_has_stages (const LfPlan *plan)
{
  const LfLoadProfile *profile = plan->spec->load_profile;

  return !lf_load_profile_is_directed (profile) && lf_load_profile_get_iterations (profile) == 0;
}

void
lf_load_log_stage (GPtrArray *lines, const LfPlan *plan, guint stage)
{
  double level;
  g_autoptr (GPtrArray) stages = lf_load_profile_get_stages (plan->spec->load_profile, &level);
  const LfStage *now;
  const char *unit;

  if (stage >= stages->len)
    {
      lf_load_log_add (lines, LF_LOG_INFO, LF_LOG_CLASS_STAGE, -1,
                       "The schedule is over; waiting for what is under way");
      return;
    }
  now = stages->pdata[stage];
  if (stage > 0)
    level = ((LfStage *) stages->pdata[stage - 1])->target;
  unit = plan->arrivals ? "arrivals/s" : level == 1 && now->target == 1 ? "user" : "users";
  if (level == now->target)
    lf_load_log_add (lines, LF_LOG_INFO, LF_LOG_CLASS_STAGE, -1,
                     "Stage %u of %u: %.6g %s for %.6g s", stage + 1, stages->len, level, unit,
                     now->duration);
  else
    lf_load_log_add (lines, LF_LOG_INFO, LF_LOG_CLASS_STAGE, -1,
                     "Stage %u of %u: %.6g to %.6g %s in %.6g s", stage + 1, stages->len, level,
                     now->target, unit, now->duration);
}
