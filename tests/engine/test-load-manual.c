#include "lf-target.h"
#include "lf-test-load.h"

#include "lf-error.h"

#include <math.h>

/* Load that is changed while it runs: users or rate by hand, pause and resume. */

static LfTarget *
start_target (guint delay_ms, char **url)
{
  LfTargetOptions options = { .address = "127.0.0.1:0", .delay_ms = delay_ms };
  g_autoptr (GError) error = NULL;
  LfTarget *target = lf_target_start (&options, &error);

  g_assert_no_error (error);
  *url = lf_target_get_url (target);
  return target;
}

static LfTestLoad *
start (const char *url, const char *profile, guint workers)
{
  g_autofree char *quoted = g_strdelimit (g_strdup (profile), "'", '"');

  return lf_test_load_start_spec (url, quoted, workers);
}

static void
pass (LfTestLoad *load, double seconds)
{
  lf_test_load_pass (load, lf_load_get_elapsed (load->load) + seconds);
}

/* Waits until a sample from now on tells of so many users. */
static void
await_users (LfTestLoad *load, gint64 users)
{
  guint seen = load->totals->len;

  for (guint i = 0; i < 300; i++)
    {
      pass (load, 0.2);
      for (; seen < load->totals->len; seen++)
        if (((LfSample *) load->totals->pdata[seen])->users == users)
          return;
    }
  g_error ("no sample tells of %d users", (int) users);
}

static void
set_users (LfTestLoad *load, guint users)
{
  g_autoptr (GError) error = NULL;

  lf_load_set_users (load->load, users, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (lf_load_get_level (load->load), ==, users);
}

/* Up and down, to nobody and back; it ends when it is told to. */
static void
test_users (void)
{
  g_autofree char *url = NULL;
  g_autoptr (LfTarget) target = start_target (30, &url);
  g_autoptr (LfTestLoad) load = start (url, "{'executor': 'manual', 'vus': 3}", 2);
  g_autoptr (LfSummary) summary = NULL;

  await_users (load, 3);
  set_users (load, 17);
  await_users (load, 17);
  set_users (load, 0);
  await_users (load, 0);
  set_users (load, 5);
  await_users (load, 5);
  g_assert_true (lf_load_is_running (load->load));
  lf_load_stop (load->load);
  lf_test_load_wait (load);
  summary = lf_load_get_summary (load->load);
  g_assert_cmpint (summary->vus_max, ==, 17);
  g_assert_cmpint (summary->requests->failed, ==, 0);
  g_assert_cmpuint (lf_target_get_counts (target).requests, ==, (guint64) summary->requests->total);
  g_assert_nonnull (lf_test_load_find_line (load, "until it is stopped"));
  g_assert_nonnull (lf_test_load_find_line (load, "Set to 17 users"));
  g_assert_null (lf_test_load_find_line (load, "Stage"));
}

/* As many arrivals as the area under the line that was set. When exactly each change took effect
 * lies between the moments before and after it was asked for, and 20 ms later. */
static void
test_rate (void)
{
  g_autofree char *url = NULL;
  g_autoptr (LfTarget) target = start_target (0, &url);
  g_autoptr (LfTestLoad) load =
      start (url, "{'executor': 'manual', 'rate': 0, 'preAllocatedVUs': 20, 'maxVUs': 2000}", 2);
  const double rates[] = { 0, 100, 1000, 0, 333.3, 0 };
  g_autoptr (LfSummary) summary = NULL;
  double before = 0, after = 0;
  double least = 0, most = 0;
  gint64 scheduled = 0;

  for (guint i = 1; i < G_N_ELEMENTS (rates); i++)
    {
      double since_before = before;
      double since_after = after;

      pass (load, 0.4);
      before = lf_load_get_elapsed (load->load);
      g_assert_true (lf_load_set_rate (load->load, rates[i], NULL));
      after = lf_load_get_elapsed (load->load);
      least += rates[i - 1] * MAX (before - since_after, 0);
      most += rates[i - 1] * (after - since_before);
    }
  lf_test_load_await_silence (load);
  lf_load_stop (load->load);
  lf_test_load_wait (load);
  summary = lf_load_get_summary (load->load);
  for (guint i = 0; i < load->totals->len; i++)
    scheduled += ((LfSample *) load->totals->pdata[i])->scheduled;
  g_test_message ("%.1f to %.1f expected, %d came", least, most, (int) scheduled);
  g_assert_cmpfloat ((double) scheduled, >=, floor (least) - 1);
  g_assert_cmpfloat ((double) scheduled, <=, ceil (most) + 1);
  g_assert_cmpint (summary->requests->total + summary->dropped_iterations, ==, scheduled);
  g_assert_cmpuint (lf_target_get_counts (target).requests, ==, (guint64) summary->requests->total);
}

/* A rate that nobody meant is set back and soon forgotten: what came meanwhile is dropped and
 * counted, and nothing hangs. */
static void
test_typing_error (void)
{
  g_autofree char *url = NULL;
  g_autoptr (LfTarget) target = start_target (0, &url);
  g_autoptr (LfTestLoad) load =
      start (url, "{'executor': 'manual', 'rate': 10, 'preAllocatedVUs': 5}", 1);
  g_autoptr (LfSummary) summary = NULL;
  guint seen;

  pass (load, 0.5);
  g_assert_true (lf_load_set_rate (load->load, 1e7, NULL));
  pass (load, 0.3);
  g_assert_true (lf_load_set_rate (load->load, 10, NULL));
  seen = load->totals->len;
  for (guint i = 0; i < 60; i++)
    {
      const LfSample *last;

      pass (load, 1);
      last = load->totals->pdata[load->totals->len - 1];
      if (load->totals->len > seen + 1 && last->scheduled <= 20 && last->dropped == 0)
        break;
      g_assert_cmpuint (i, <, 59);
    }
  lf_load_stop (load->load);
  lf_test_load_wait (load);
  summary = lf_load_get_summary (load->load);
  g_assert_cmpint (summary->dropped_iterations, >, 1000000);
  g_assert_cmpuint (lf_target_get_counts (target).requests, ==, (guint64) summary->requests->total);
}

/* A planned end holds, also through a pause. */
static void
test_duration (void)
{
  g_autofree char *url = NULL;
  g_autoptr (LfTarget) target = start_target (10, &url);
  g_autoptr (LfTestLoad) load = start (url, "{'executor': 'manual', 'vus': 2, 'duration': 2}", 1);
  g_autoptr (LfSummary) summary = NULL;

  lf_test_load_await (load, 1);
  g_assert_true (lf_load_pause (load->load, NULL));
  lf_test_load_wait (load);
  summary = lf_load_get_summary (load->load);
  g_assert_cmpfloat (summary->duration, >=, 2);
  g_assert_cmpfloat (summary->duration, <, 30);
  g_assert_cmpint (summary->verdict, ==, LF_VERDICT_PASSED);
}

static void
test_refusals (void)
{
  g_autofree char *url = NULL;
  g_autoptr (LfTarget) target = start_target (10, &url);
  g_autoptr (LfTestLoad) users =
      start (url, "{'executor': 'manual', 'vus': 2, 'maxVUs': 9, 'duration': 60}", 1);
  g_autoptr (LfTestLoad) rate =
      start (url, "{'executor': 'manual', 'rate': 2, 'preAllocatedVUs': 9, 'duration': 60}", 1);
  g_autoptr (LfTestLoad) fixed = start (url, "{'users': 2, 'steady': 60}", 1);
  g_autoptr (GError) error = NULL;

  g_assert_false (lf_load_set_users (users->load, 10, &error));
  g_assert_error (error, LF_ERROR, LF_ERROR_LIMIT);
  g_assert_nonnull (strstr (error->message, "allow 9"));
  g_clear_error (&error);
  g_assert_false (lf_load_set_rate (users->load, 5, &error));
  g_assert_error (error, LF_ERROR, LF_ERROR_STATE);
  g_clear_error (&error);
  g_assert_false (lf_load_set_users (rate->load, 5, &error));
  g_assert_error (error, LF_ERROR, LF_ERROR_STATE);
  g_clear_error (&error);
  g_assert_false (lf_load_set_rate (rate->load, NAN, &error));
  g_assert_error (error, LF_ERROR, LF_ERROR_VALUE);
  g_clear_error (&error);
  g_assert_false (lf_load_set_rate (rate->load, -1, &error));
  g_assert_error (error, LF_ERROR, LF_ERROR_VALUE);
  g_clear_error (&error);
  g_assert_false (lf_load_set_users (fixed->load, 5, &error));
  g_assert_error (error, LF_ERROR, LF_ERROR_STATE);
  g_clear_error (&error);
  g_assert_false (lf_load_resume (fixed->load, &error));
  g_assert_error (error, LF_ERROR, LF_ERROR_STATE);
  g_clear_error (&error);
  g_assert_true (lf_load_pause (fixed->load, &error));
  g_assert_false (lf_load_pause (fixed->load, &error));
  g_assert_error (error, LF_ERROR, LF_ERROR_STATE);
  g_clear_error (&error);
  lf_load_abort (users->load);
  lf_load_abort (rate->load);
  lf_load_stop (fixed->load); /* while it is paused */
  lf_test_load_wait (users);
  lf_test_load_wait (rate);
  lf_test_load_wait (fixed);
  g_assert_false (lf_load_resume (fixed->load, &error));
  g_assert_error (error, LF_ERROR, LF_ERROR_STATE);
}

/* Arrivals of a pause are not owed; the rest of the schedule comes after it, all of it. */
static void
test_pause_schedule (void)
{
  g_autofree char *url = NULL;
  g_autoptr (LfTarget) target = start_target (0, &url);
  g_autoptr (LfTestLoad) load =
      start (url,
             "{'executor': 'constant-arrival-rate', 'rate': 101, 'duration': 2,"
             " 'preAllocatedVUs': 300}",
             2);
  g_autoptr (LfSummary) summary = NULL;
  guint64 before;

  lf_test_load_await (load, 1);
  g_assert_true (lf_load_pause (load->load, NULL));
  lf_test_load_await_silence (load);
  before = lf_target_get_counts (target).requests;
  pass (load, 0.5);
  g_assert_cmpuint (lf_target_get_counts (target).requests, ==, before);
  g_assert_true (lf_load_resume (load->load, NULL));
  lf_test_load_wait (load);
  summary = lf_load_get_summary (load->load);
  g_assert_cmpint (summary->requests->total + summary->dropped_iterations, ==, 202);
  g_assert_cmpuint (lf_target_get_counts (target).requests, ==, (guint64) summary->requests->total);
  g_assert_cmpfloat (summary->duration, >=, 3.5);
  g_assert_nonnull (lf_test_load_find_line (load, "Paused"));
  g_assert_nonnull (lf_test_load_find_line (load, "Resumed"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/load/manual/users", test_users);
  g_test_add_func ("/load/manual/rate", test_rate);
  g_test_add_func ("/load/manual/typing-error", test_typing_error);
  g_test_add_func ("/load/manual/duration", test_duration);
  g_test_add_func ("/load/manual/refusals", test_refusals);
  g_test_add_func ("/load/manual/pause-schedule", test_pause_schedule);
  return g_test_run ();
}
