#include "lf-test-control.h"

#define PATIENCE 60 /* s */

LfTarget *
lf_test_target (guint delay_ms, char **url)
{
  LfTargetOptions options = { .address = "127.0.0.1:0", .delay_ms = delay_ms };
  g_autoptr (GError) error = NULL;
  LfTarget *target = lf_target_start (&options, &error);
  g_autofree char *base = NULL;

  g_assert_no_error (error);
  base = lf_target_get_url (target);
  *url = g_strconcat (base, "/anything", NULL);
  return target;
}

LfSpec *
lf_test_control_spec (const char *url, const char *profile, double graceful)
{
  g_autofree char *text =
      g_strdup_printf ("{\"name\":\"tried\",\"steps\":[{\"url\":\"%s\"}],\"loadProfile\":%s,"
                       "\"gracefulStop\":%g}",
                       url, profile, graceful);
  g_autoptr (GError) error = NULL;
  LfSpec *spec = lf_spec_from_text (text, -1, &error);

  g_assert_no_error (error);
  return spec;
}

static void
got_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
check_patience (gint64 start)
{
  if (g_get_monotonic_time () - start > PATIENCE * G_USEC_PER_SEC)
    g_error ("waited for %d s in vain", PATIENCE);
}

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Turns the main loop once, and wakes by itself. */
static void
turn (gint64 start)
{
  guint tick = g_timeout_add (50, tick_cb, NULL);

  g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
  check_patience (start);
}

static GAsyncResult *
await_result (GAsyncResult **result)
{
  gint64 start = g_get_monotonic_time ();

  while (!*result)
    turn (start);
  return *result;
}

LfActiveRun *
lf_test_start_run (LfRunManager *manager,
                   const LfSpec *spec,
                   const LfRunOptions *options,
                   GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lf_run_manager_start_async (manager, spec, options, NULL, got_cb, &result);
  return lf_run_manager_start_finish (manager, await_result (&result), error);
}

static void
ended_cb (LfActiveRun *run, gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

void
lf_test_await_end (LfActiveRun *run)
{
  gint64 start = g_get_monotonic_time ();
  gboolean ended = FALSE;
  gulong handler = g_signal_connect (run, "ended", G_CALLBACK (ended_cb), &ended);

  while (!ended)
    turn (start);
  g_signal_handler_disconnect (run, handler);
}

guint
lf_test_n_totals (GPtrArray *samples)
{
  guint n = 0;

  for (guint i = 0; i < samples->len; i++)
    n += ((LfSample *) samples->pdata[i])->step < 0;
  return n;
}

guint
lf_test_n_seconds (LfActiveRun *run)
{
  LfSamples *samples = lf_active_run_get_samples (run);
  guint n = 0;

  for (guint i = 0; i < lf_samples_get_n (samples); i++)
    n += lf_samples_get_step (samples, i) < 0;
  return n;
}

void
lf_test_await_samples (LfActiveRun *run, guint n)
{
  gint64 start = g_get_monotonic_time ();

  while (lf_test_n_seconds (run) < n)
    turn (start);
}

gboolean
lf_test_has_line (LfActiveRun *run, LfLogLevel level, const char *pattern)
{
  GPtrArray *lines = lf_active_run_get_logs (run);

  for (guint i = 0; i < lines->len; i++)
    {
      const LfLogLine *line = lines->pdata[i];

      if (line->log_class == LF_LOG_CLASS_STORE && line->level == level &&
          g_pattern_match_simple (pattern, line->message))
        return TRUE;
    }
  return FALSE;
}

void
lf_test_await_line (LfActiveRun *run, LfLogLevel level, const char *pattern)
{
  guint seconds = lf_test_n_seconds (run);

  for (guint n = 1; n <= 30 && !lf_test_has_line (run, level, pattern); n++)
    lf_test_await_samples (run, seconds + n);
  g_assert_true (lf_test_has_line (run, level, pattern));
}

gssize
lf_test_recover (LfRunManager *manager, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lf_run_manager_recover_async (manager, NULL, got_cb, &result);
  return lf_run_manager_recover_finish (manager, await_result (&result), error);
}
