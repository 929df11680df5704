#include "lf-timer-heap.h"

static void
test_empty (void)
{
  LfTimerHeap heap;
  LfTimer never = { 0 };

  lf_timer_heap_init (&heap);
  g_assert_cmpint (lf_timer_heap_next (&heap), ==, G_MAXINT64);
  g_assert_null (lf_timer_heap_take (&heap, 0));
  g_assert_null (lf_timer_heap_take (&heap, G_MAXINT64));
  lf_timer_heap_remove (&heap, &never);
  g_assert_cmpint (lf_timer_heap_next (&heap), ==, G_MAXINT64);
  lf_timer_heap_clear (&heap);
}

static void
test_takes_only_what_is_due (void)
{
  LfTimerHeap heap;
  LfTimer late = { 0 }, early = { 0 };

  lf_timer_heap_init (&heap);
  lf_timer_heap_set (&heap, &late, 200);
  lf_timer_heap_set (&heap, &early, 100);
  g_assert_true (lf_timer_is_set (&late));
  g_assert_cmpint (lf_timer_heap_next (&heap), ==, 100);
  g_assert_null (lf_timer_heap_take (&heap, 99));
  g_assert_true (lf_timer_heap_take (&heap, 100) == &early);
  g_assert_false (lf_timer_is_set (&early));
  g_assert_null (lf_timer_heap_take (&heap, 199));
  g_assert_true (lf_timer_heap_take (&heap, 5000) == &late);
  g_assert_null (lf_timer_heap_take (&heap, 5000));
  lf_timer_heap_clear (&heap);
}

/* One that waits is set to another time, earlier or later: it waits once. */
static void
test_moves (void)
{
  LfTimerHeap heap;
  LfTimer moved = { 0 }, other = { 0 };

  lf_timer_heap_init (&heap);
  lf_timer_heap_set (&heap, &moved, 100);
  lf_timer_heap_set (&heap, &other, 200);
  lf_timer_heap_set (&heap, &moved, 300);
  g_assert_cmpint (lf_timer_heap_next (&heap), ==, 200);
  lf_timer_heap_set (&heap, &moved, 50);
  g_assert_cmpint (lf_timer_heap_next (&heap), ==, 50);
  lf_timer_heap_remove (&heap, &moved);
  lf_timer_heap_remove (&heap, &moved);
  g_assert_true (lf_timer_heap_take (&heap, 1000) == &other);
  g_assert_null (lf_timer_heap_take (&heap, 1000));
  lf_timer_heap_clear (&heap);
}

static gint64
find_first (const LfTimer *timers, guint n)
{
  gint64 first = G_MAXINT64;

  for (guint i = 0; i < n; i++)
    if (lf_timer_is_set (&timers[i]))
      first = MIN (first, timers[i].due);
  return first;
}

/* Setting, moving, removing and taking in any order, some due at once, as users come and go: what
 * comes out is held against a look at each. */
static void
test_any_order (void)
{
  enum
  {
    TIMERS = 150
  };
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261123);

  for (guint round = 0; round < 50; round++)
    {
      LfTimer timers[TIMERS] = { 0 };
      LfTimerHeap heap;

      lf_timer_heap_init (&heap);
      for (guint i = 0; i < 1000; i++)
        {
          LfTimer *any = &timers[g_rand_int_range (rand, 0, TIMERS)];
          gint64 first = find_first (timers, TIMERS);
          LfTimer *taken;

          g_assert_cmpint (lf_timer_heap_next (&heap), ==, first);
          switch (g_rand_int_range (rand, 0, 5))
            {
            case 0:
              lf_timer_heap_remove (&heap, any);
              g_assert_false (lf_timer_is_set (any));
              break;
            case 1:
              taken = lf_timer_heap_take (&heap, 500);
              g_assert_true (taken != NULL || first > 500);
              g_assert_true (taken == NULL || (taken->due == first && !lf_timer_is_set (taken)));
              break;
            default:
              lf_timer_heap_set (&heap, any, g_rand_int_range (rand, 1, 501));
            }
        }
      lf_timer_heap_clear (&heap);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/timer-heap/empty", test_empty);
  g_test_add_func ("/timer-heap/takes-only-what-is-due", test_takes_only_what_is_due);
  g_test_add_func ("/timer-heap/any-order", test_any_order);
  g_test_add_func ("/timer-heap/moves", test_moves);
  return g_test_run ();
}
