#include "lf-timer-heap.h"

static void
test_empty (void)
{
  LfTimerHeap heap;

  lf_timer_heap_init (&heap);
  g_assert_cmpint (lf_timer_heap_next (&heap), ==, G_MAXINT64);
  g_assert_null (lf_timer_heap_take (&heap, 0));
  g_assert_null (lf_timer_heap_take (&heap, G_MAXINT64));
  lf_timer_heap_clear (&heap);
}

static void
test_takes_only_what_is_due (void)
{
  LfTimerHeap heap;
  int early, late;

  lf_timer_heap_init (&heap);
  lf_timer_heap_add (&heap, 200, &late);
  lf_timer_heap_add (&heap, 100, &early);
  g_assert_cmpint (lf_timer_heap_next (&heap), ==, 100);
  g_assert_null (lf_timer_heap_take (&heap, 99));
  g_assert_true (lf_timer_heap_take (&heap, 100) == &early);
  g_assert_null (lf_timer_heap_take (&heap, 199));
  g_assert_true (lf_timer_heap_take (&heap, 5000) == &late);
  g_assert_null (lf_timer_heap_take (&heap, 5000));
  lf_timer_heap_clear (&heap);
}

/* Items are their own due times, and some are due at once; adding and taking alternate as users
 * come and go. What comes out is compared with a count of each time. */
static void
test_any_order (void)
{
  enum
  {
    TIMES = 500
  };
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261123);

  for (guint round = 0; round < 200; round++)
    {
      LfTimerHeap heap;
      guint waiting[TIMES + 1] = { 0 };
      guint n = 0;
      gint64 first = TIMES + 1;

      lf_timer_heap_init (&heap);
      for (guint i = 0; i < 1000; i++)
        {
          if (n == 0 || (i < 700 && g_rand_boolean (rand)))
            {
              guint due = (guint) g_rand_int_range (rand, 1, TIMES + 1);

              lf_timer_heap_add (&heap, due, GUINT_TO_POINTER (due));
              waiting[due]++;
              n++;
            }
          else
            {
              guint item = GPOINTER_TO_UINT (lf_timer_heap_take (&heap, TIMES));

              g_assert_cmpuint (item, ==, first);
              g_assert_cmpuint (waiting[item]--, >, 0);
              n--;
            }
          for (first = 1; first <= TIMES && waiting[first] == 0;)
            first++;
          g_assert_cmpint (lf_timer_heap_next (&heap), ==, n > 0 ? first : G_MAXINT64);
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
  return g_test_run ();
}
