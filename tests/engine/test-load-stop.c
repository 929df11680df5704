#include "lf-target.h"
#include "lf-test-load.h"

#include "lf-error.h"

#include <string.h>

/* How a load ends, and what it says of itself. */

static LfTarget *
start_target (guint delay_ms, char **url)
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

/* As lf_test_load_start_spec(), with another graceful stop. */
static LfTestLoad *
start (const char *url, const char *profile, double graceful)
{
  g_autofree char *spec = g_strdup_printf ("{\"gracefulStop\": %g, \"loadProfile\": %s,"
                                           " \"steps\": [{\"url\": \"%s\"}]}",
                                           graceful, profile, url);
  g_autoptr (LfPlan) plan = lf_test_plan (spec, 1);

  return lf_test_load_start (plan);
}

/* What is under way when Stop is pressed ends and counts; nothing new begins. */
static void
test_graceful (void)
{
  g_autofree char *url = NULL;
  g_autoptr (LfTarget) target = start_target (700, &url);
  g_autoptr (LfTestLoad) load = start (url, "{\"users\": 20, \"steady\": 60}", 30);
  g_autoptr (LfSummary) summary = NULL;

  lf_test_load_pass (load, 1.1);
  lf_load_stop (load->load);
  lf_test_load_wait (load);
  summary = lf_load_get_summary (load->load);
  g_assert_cmpint (summary->requests->total, ==, lf_target_get_counts (target).requests);
  g_assert_cmpint (summary->requests->total, >=, 40);
  g_assert_cmpint (summary->requests->failed, ==, 0);
  g_assert_cmpint (summary->verdict, ==, LF_VERDICT_ABORTED);
  g_assert_cmpfloat (summary->duration, <, 30);
  g_assert_nonnull (lf_test_load_find_line (load, "Stopping: requests under way may end"));
  g_assert_nonnull (lf_test_load_find_line (load, "Stopped after"));
}

/* A target that does not answer in time is not waited for any longer. */
static void
test_graceful_limit (void)
{
  g_autofree char *url = NULL;
  g_autoptr (LfTarget) target = start_target (40000, &url);
  g_autoptr (LfTestLoad) load = start (url, "{\"users\": 3, \"steady\": 1}", 1);
  g_autoptr (LfSummary) summary = NULL;

  lf_test_load_wait (load);
  summary = lf_load_get_summary (load->load);
  g_assert_cmpint (summary->requests->total, ==, 0);
  g_assert_cmpfloat (summary->duration, >=, 2);
  g_assert_cmpfloat (summary->duration, <, 30);
  g_assert_cmpint (summary->verdict, ==, LF_VERDICT_ERROR);
}

static void
test_at_once (void)
{
  g_autofree char *url = NULL;
  g_autoptr (LfTarget) target = start_target (40000, &url);
  g_autoptr (LfTestLoad) load = start (url, "{\"users\": 3, \"steady\": 60}", 60);
  g_autoptr (LfSummary) summary = NULL;

  lf_test_load_pass (load, 0.3);
  lf_load_stop (load->load);
  g_assert_true (lf_load_is_running (load->load));
  lf_load_stop (load->load);
  lf_load_stop (load->load); /* a third time does no harm */
  lf_test_load_wait (load);
  summary = lf_load_get_summary (load->load);
  g_assert_cmpint (summary->requests->total, ==, 0);
  g_assert_cmpfloat (summary->duration, <, 30);
  g_assert_nonnull (lf_test_load_find_line (load, "Stopping at once"));
  lf_load_stop (load->load); /* nor after the end */
  g_assert_cmpuint (load->finished, ==, 1);
}

/* Before the first request left, and in the middle of a ramp. */
static void
test_early (void)
{
  g_autofree char *url = NULL;
  g_autoptr (LfTarget) target = start_target (1, &url);
  g_autoptr (LfTestLoad) at_start = start (url, "{\"rampUp\": 60, \"users\": 50}", 5);
  g_autoptr (LfTestLoad) in_ramp = start (url, "{\"rampUp\": 60, \"users\": 500}", 5);
  g_autoptr (LfSummary) summary = NULL;

  lf_load_stop (at_start->load);
  lf_test_load_wait (at_start);
  lf_test_load_pass (in_ramp, 1.2);
  lf_load_stop (in_ramp->load);
  lf_test_load_wait (in_ramp);
  summary = lf_load_get_summary (in_ramp->load);
  g_assert_cmpint (summary->requests->total, >, 0);
  g_assert_cmpint (summary->vus_max, <, 500);
}

/* Nobody waits for a load that is let go: its threads end by themselves. */
static void
test_let_go (void)
{
  g_autofree char *url = NULL;
  g_autoptr (LfTarget) target = start_target (1, &url);

  for (guint i = 0; i < 5; i++)
    {
      LfTestLoad *load = start (url, "{\"users\": 5, \"steady\": 60}", 5);

      lf_test_load_await (load, 1);
      lf_load_abort (load->load);
      lf_test_load_wait (load);
      lf_test_load_free (load);
    }
}

static void
test_started_twice (void)
{
  g_autofree char *url = NULL;
  g_autoptr (LfTarget) target = start_target (1, &url);
  g_autoptr (LfTestLoad) load = start (url, "{\"users\": 1, \"steady\": 0.2}", 5);
  g_autoptr (GError) error = NULL;

  g_assert_false (lf_load_start (load->load, &error));
  g_assert_error (error, LF_ERROR, LF_ERROR_STATE);
  lf_test_load_wait (load);
}

/* Thousands of equal failures in a second are one line that counts them. */
static void
test_equal_lines (void)
{
  g_autoptr (LfTestLoad) load = start ("http://127.0.0.1:9/", "{\"users\": 2, \"steady\": 1}", 5);
  g_autoptr (LfSummary) summary = NULL;
  gint64 counted = 0;
  guint lines = 0;

  lf_test_load_wait (load);
  summary = lf_load_get_summary (load->load);
  for (guint i = 0; i < load->lines->len; i++)
    {
      const LfLogLine *line = load->lines->pdata[i];

      if (strstr (line->message, "refused") == NULL)
        continue;
      lines++;
      counted += line->count;
    }
  g_assert_cmpint (counted, ==, summary->requests->failed);
  g_assert_cmpint (counted, >, 10);
  g_assert_cmpuint (lines, <=, load->totals->len);
  g_assert_cmpint (summary->verdict, ==, LF_VERDICT_ERROR);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/load/stop/graceful", test_graceful);
  g_test_add_func ("/load/stop/graceful-limit", test_graceful_limit);
  g_test_add_func ("/load/stop/at-once", test_at_once);
  g_test_add_func ("/load/stop/early", test_early);
  g_test_add_func ("/load/stop/let-go", test_let_go);
  g_test_add_func ("/load/stop/started-twice", test_started_twice);
  g_test_add_func ("/load/stop/equal-lines", test_equal_lines);
  return g_test_run ();
}
