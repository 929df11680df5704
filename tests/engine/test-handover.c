#include "lf-handover.h"

static void
count (LfHandover *handover, guint step, guint n)
{
  handover->current[step]->completed += n;
  for (guint i = 0; i < n; i++)
    lf_histogram_record (handover->current[step]->trends[LF_TREND_DURATION], 1000 * (step + 1));
}

static void
test_swaps_two_sets (void)
{
  LfHandover handover;
  LfInterval **first, **second;

  lf_handover_init (&handover, 2);
  g_assert_null (lf_handover_take (&handover));
  count (&handover, 0, 3);
  count (&handover, 1, 4);
  g_assert_true (lf_handover_publish (&handover));
  count (&handover, 0, 5); /* of the next second: must not show in what was handed over */
  first = lf_handover_take (&handover);
  g_assert_nonnull (first);
  g_assert_cmpuint (first[0]->completed, ==, 3);
  g_assert_cmpuint (first[1]->completed, ==, 4);
  g_assert_null (lf_handover_take (&handover));
  lf_handover_return (&handover, first);
  g_assert_true (lf_handover_publish (&handover));
  second = lf_handover_take (&handover);
  g_assert_cmpuint (second[0]->completed, ==, 5);
  g_assert_cmpuint (second[1]->completed, ==, 0);
  g_assert_cmpuint (handover.current[0]->completed, ==, 0);
  g_assert_cmpuint (lf_histogram_get_count (handover.current[0]->trends[LF_TREND_DURATION]), ==, 0);
  lf_handover_return (&handover, second);
  lf_handover_clear (&handover);
}

/* A main loop that is late: the worker keeps counting into the same set, and nothing is lost. */
static void
test_late_reader (void)
{
  LfHandover handover;
  LfInterval **set;

  lf_handover_init (&handover, 1);
  count (&handover, 0, 1);
  g_assert_true (lf_handover_publish (&handover));
  count (&handover, 0, 2);
  g_assert_false (lf_handover_publish (&handover));
  set = lf_handover_take (&handover);
  count (&handover, 0, 3);
  g_assert_false (lf_handover_publish (&handover)); /* taken, but not given back */
  g_assert_cmpuint (set[0]->completed, ==, 1);
  lf_handover_return (&handover, set);
  g_assert_true (lf_handover_publish (&handover));
  set = lf_handover_take (&handover);
  g_assert_cmpuint (set[0]->completed, ==, 5);
  lf_handover_return (&handover, set);
  lf_handover_clear (&handover);
}

/* Freed with a set that nobody took: LeakSanitizer watches. */
static void
test_clear_with_a_full_set (void)
{
  LfHandover handover;

  lf_handover_init (&handover, 3);
  count (&handover, 2, 1);
  g_assert_true (lf_handover_publish (&handover));
  lf_handover_clear (&handover);
}

#define REQUESTS 200000

/* Publishes when it likes to, and now and then insists. */
static gpointer
work (gpointer user_data)
{
  LfHandover *handover = user_data;

  for (guint i = 1; i <= REQUESTS; i++)
    {
      count (handover, i % 2, 1);
      if (i % 7 == 0)
        lf_handover_publish (handover);
      while (i % 5000 == 0 && !lf_handover_publish (handover))
        g_thread_yield ();
    }
  return NULL;
}

static guint64
merge (LfHandover *handover, LfInterval *sum)
{
  LfInterval **set = lf_handover_take (handover);
  guint64 before = sum->completed;

  if (set == NULL)
    return 0;
  lf_interval_add (sum, set[0]);
  lf_interval_add (sum, set[1]);
  lf_handover_return (handover, set);
  return sum->completed - before;
}

static void
test_two_threads (void)
{
  LfHandover handover;
  g_autoptr (LfInterval) sum = lf_interval_new ();
  GThread *thread;

  lf_handover_init (&handover, 2);
  thread = g_thread_new ("worker", work, &handover);
  while (sum->completed < REQUESTS) /* the last one is insisted on */
    if (merge (&handover, sum) == 0)
      g_thread_yield ();
  g_thread_join (thread);
  g_assert_null (lf_handover_take (&handover));
  g_assert_cmpuint (handover.current[0]->completed + handover.current[1]->completed, ==, 0);
  g_assert_cmpuint (sum->completed, ==, REQUESTS);
  g_assert_cmpuint (lf_histogram_get_count (sum->trends[LF_TREND_DURATION]), ==, REQUESTS);
  lf_handover_clear (&handover);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/handover/swaps-two-sets", test_swaps_two_sets);
  g_test_add_func ("/handover/late-reader", test_late_reader);
  g_test_add_func ("/handover/clear-with-a-full-set", test_clear_with_a_full_set);
  g_test_add_func ("/handover/two-threads", test_two_threads);
  return g_test_run ();
}
