#include "lf-target.h"
#include "lf-test-load.h"

/* A capacity-search against a target whose capacity is known: ten users, each answered after 50 ms
 * at the soonest, make 200 requests a second and not one more. */

static LfTestLoad *
start (const char *url)
{
  return lf_test_load_start_spec (
      url,
      "{\"executor\": \"capacity-search\", \"start\": 50, \"step\": 800, \"max\": 450, \"hold\": 1,"
      " \"preAllocatedVUs\": 10, \"objective\": {\"maxFailRate\": 0.2}}",
      1);
}

/* With a fifth of them dropped, 250 a second hold; a machine that is busy with other things may
 * find less, but not nothing. */
static void
test_finds (void)
{
  LfTargetOptions options = { .address = "127.0.0.1:0", .delay_ms = 50 };
  g_autoptr (LfTarget) target = lf_target_start (&options, NULL);
  g_autofree char *url = lf_target_get_url (target);
  g_autoptr (LfTestLoad) load = start (url);
  g_autoptr (LfSummary) summary = NULL;

  lf_test_load_wait (load);
  summary = lf_load_get_summary (load->load);
  g_test_message ("%.1f/s after %u tries, %.1f s", summary->capacity->rate,
                  summary->capacity->tries->len, summary->duration);
  g_assert_cmpfloat (summary->capacity->rate, >=, 50);
  g_assert_cmpfloat (summary->capacity->rate, <=, 260);
  g_assert_true (summary->capacity->confirmed);
  g_assert_false (((LfCapacityTry *) summary->capacity->tries->pdata[1])->held);
  g_assert_cmpint (summary->verdict, !=, LF_VERDICT_ABORTED);
  g_assert_cmpint (summary->requests->failed, ==, 0);
  g_assert_cmpuint (lf_target_get_counts (target).requests, ==, (guint64) summary->requests->total);
  g_assert_nonnull (lf_test_load_find_line (load, "until the highest rate is found"));
  g_assert_nonnull (lf_test_load_find_line (load, "Try 2: 450 arrivals/s failed"));
  g_assert_nonnull (lf_test_load_find_line (load, "The highest rate that held is"));
  g_assert_nonnull (lf_test_load_find_line (load, "Finished after"));
}

/* Stopped on the way, it tells what has held so far. */
static void
test_stopped (void)
{
  LfTargetOptions options = { .address = "127.0.0.1:0", .delay_ms = 50 };
  g_autoptr (LfTarget) target = lf_target_start (&options, NULL);
  g_autofree char *url = lf_target_get_url (target);
  g_autoptr (LfTestLoad) load = start (url);
  g_autoptr (LfSummary) summary = NULL;

  while (lf_test_load_find_line (load, "Try 1:") == NULL)
    lf_test_load_pass (load, lf_load_get_elapsed (load->load) + 0.1);
  lf_load_stop (load->load);
  lf_test_load_wait (load);
  summary = lf_load_get_summary (load->load);
  g_assert_cmpint (summary->verdict, ==, LF_VERDICT_ABORTED);
  g_assert_cmpuint (summary->capacity->tries->len, ==, 1);
  g_assert_false (summary->capacity->confirmed);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/load/search/finds", test_finds);
  g_test_add_func ("/load/search/stopped", test_stopped);
  return g_test_run ();
}
