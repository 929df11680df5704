#include "lf-capacity-search.h"
#include "lf-histogram.h"

#include <math.h>

/* The search against targets that the test makes up: no request is sent, no time passes. */

/* What a made-up target does in a second at @rate; @user_data is its capacity. */
typedef void (*Target) (LfSample *sample, double rate, guint try, gpointer user_data);

static LfCapacitySearch *
new_search (const char *text)
{
  g_autofree char *quoted = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr (GError) error = NULL;
  g_autoptr (LfLoadProfile) profile =
      lf_record_from_text (&lf_load_profile_type, quoted, -1, &error);

  g_assert_no_error (error);
  return lf_capacity_search_new (profile);
}

static void
answer (LfSample *sample, double rate, double ms, double part_failed, double part_dropped)
{
  g_autoptr (LfHistogram) histogram = lf_histogram_new ();

  sample->scheduled = llround (rate);
  sample->dropped = llround (rate * part_dropped);
  sample->completed = sample->scheduled - sample->dropped;
  sample->failed = llround (rate * part_failed);
  lf_histogram_record_n (histogram, llround (ms * 1000), (guint64) sample->completed);
  sample->histograms = lf_sample_histograms_new ();
  if (sample->completed > 0)
    sample->histograms->response_time = lf_histogram_encode (histogram);
}

static LfSample *
make_second (LfCapacitySearch *search, Target target, gpointer user_data)
{
  LfSample *sample = lf_sample_new ();

  target (sample, lf_capacity_search_get_rate (search), lf_capacity_search_get (search)->tries->len,
          user_data);
  return sample;
}

/* Seconds until it is done. */
static guint
run (LfCapacitySearch *search, Target target, gpointer user_data)
{
  guint seconds = 0;

  while (!lf_capacity_search_is_done (search))
    {
      g_autoptr (LfSample) sample = make_second (search, target, user_data);

      lf_capacity_search_take (search, sample, FALSE);
      g_assert_cmpuint (++seconds, <, 10000);
    }
  g_assert_cmpfloat (lf_capacity_search_get_rate (search), ==, 0);
  return seconds;
}

static void
slow_above (LfSample *sample, double rate, guint try, gpointer user_data)
{
  answer (sample, rate, rate <= *(double *) user_data ? 20 : 500, 0, 0);
}

static void
dropping_above (LfSample *sample, double rate, guint try, gpointer user_data)
{
  double capacity = *(double *) user_data;

  answer (sample, rate, 20, 0, rate > capacity ? 1 - capacity / rate : 0);
}

static void
failing_above (LfSample *sample, double rate, guint try, gpointer user_data)
{
  answer (sample, rate, 1, rate > *(double *) user_data ? 0.5 : 0, 0);
}

/* Neither fails nor drops, and is not slow in what it answers; it just does not answer all. */
static void
lagging_above (LfSample *sample, double rate, guint try, gpointer user_data)
{
  double capacity = *(double *) user_data;

  answer (sample, MIN (rate, capacity), 1, 0, 0);
  sample->scheduled = llround (rate);
}

#define PROFILE                                                                                    \
  "{'executor': 'capacity-search', 'start': 100, 'step': 80, 'max': 1000, 'hold': 2,"              \
  " 'objective': {'p95Ms': 100}}"

/* Whatever is wrong above it, the capacity is found within the resolution: 10 or 1 %. */
static void
test_finds (void)
{
  const Target targets[] = { slow_above, dropping_above, failing_above, lagging_above };

  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    for (double capacity = 101; capacity < 1000; capacity += 37.3)
      {
        g_autoptr (LfCapacitySearch) search = new_search (PROFILE);
        const LfCapacity *found = lf_capacity_search_get (search);
        /* A part that is within the objective's 1 %, or the answers' 10 %, holds. */
        double highest = targets[i] == lagging_above    ? capacity / 0.89 + 1
                         : targets[i] == dropping_above ? capacity * 1.02 + 1
                                                        : capacity;
        const LfCapacityTry *last;
        guint seconds = run (search, targets[i], &capacity);

        g_assert_true (found->confirmed);
        g_assert_cmpfloat (found->rate, <=, highest);
        g_assert_cmpfloat (found->rate, >=, capacity - MAX (10, capacity / 100));
        last = found->tries->pdata[found->tries->len - 1];
        g_assert_true (last->held);
        g_assert_true (last->confirmation);
        g_assert_cmpfloat (last->rate, ==, found->rate);
        g_assert_cmpuint (found->tries->len, <=, 12 + 5 + 1);
        g_assert_cmpuint (seconds, <=, found->tries->len * 4);
      }
}

static void
test_never_fails (void)
{
  g_autoptr (LfCapacitySearch) search = new_search (PROFILE);
  double capacity = INFINITY;
  const LfCapacityTry *before_last;
  const LfCapacity *found = lf_capacity_search_get (search);

  run (search, slow_above, &capacity);
  g_assert_cmpfloat (found->rate, ==, 1000);
  g_assert_true (found->confirmed);
  before_last = found->tries->pdata[found->tries->len - 2];
  g_assert_cmpfloat (before_last->rate, ==, 1000);
  g_assert_false (before_last->confirmation);
}

/* Not even the start: what is below it is looked at too, and nothing is made up. */
static void
test_below_start (void)
{
  double little = 60;
  double nothing = 0;
  g_autoptr (LfCapacitySearch) some = new_search (PROFILE);
  g_autoptr (LfCapacitySearch) none = new_search (PROFILE);

  run (some, slow_above, &little);
  g_assert_cmpfloat (lf_capacity_search_get (some)->rate, >=, 50);
  g_assert_cmpfloat (lf_capacity_search_get (some)->rate, <=, 60);
  run (none, failing_above, &nothing);
  g_assert_cmpfloat (lf_capacity_search_get (none)->rate, ==, 0);
  g_assert_false (lf_capacity_search_get (none)->confirmed);
  g_assert_cmpuint (lf_capacity_search_get (none)->tries->len, <, 10);
}

/* Holds 500 for a while, but not when that is to be confirmed. */
static void
tiring (LfSample *sample, double rate, guint try, gpointer user_data)
{
  guint *confirmations = user_data;

  answer (sample, rate, rate <= (try >= *confirmations ? 300 : 500) ? 20 : 500, 0, 0);
}

static void
test_confirmation_fails (void)
{
  g_autoptr (LfCapacitySearch) search = new_search (PROFILE);
  const LfCapacity *found = lf_capacity_search_get (search);
  guint tries = 0;
  double capacity = 500;
  g_autoptr (LfCapacitySearch) steady = new_search (PROFILE);

  run (steady, slow_above, &capacity);
  tries = lf_capacity_search_get (steady)->tries->len - 1; /* all but the confirmation */
  run (search, tiring, &tries);
  g_assert_true (found->confirmed);
  g_assert_cmpfloat (found->rate, ==, 260); /* the highest of the steps that still holds */
}

/* An answer to nothing at all is no hold. */
static void
silent (LfSample *sample, double rate, guint try, gpointer user_data)
{
  sample->scheduled = llround (rate);
  sample->in_flight = sample->scheduled;
}

static void
test_silent (void)
{
  g_autoptr (LfCapacitySearch) search = new_search (PROFILE);

  run (search, silent, NULL);
  g_assert_cmpfloat (lf_capacity_search_get (search)->rate, ==, 0);
}

/* After a failure nothing is sent until what is under way has ended, and the second of a change is
 * not judged. */
static void
test_order (void)
{
  g_autoptr (LfCapacitySearch) search = new_search (PROFILE);
  double capacity = 50;
  g_autoptr (LfSample) busy = lf_sample_new ();
  g_autofree char *words = NULL;

  g_assert_cmpfloat (lf_capacity_search_get_rate (search), ==, 100);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (LfSample) sample = make_second (search, slow_above, &capacity);

      g_assert_cmpint (lf_capacity_search_take (search, sample, FALSE), ==,
                       i == 2 ? LF_SEARCH_TRIED : LF_SEARCH_GOES_ON);
    }
  g_assert_cmpfloat (lf_capacity_search_get_rate (search), ==, 0);
  words = lf_capacity_search_describe (search);
  g_assert_true (g_pattern_match_simple (
      "100 arrivals/s failed: p95 500.?? ms, 0.00 % failed or dropped", words));
  busy->in_flight = 3;
  lf_capacity_search_take (search, busy, FALSE);
  g_assert_cmpfloat (lf_capacity_search_get_rate (search), ==, 0);
  busy->in_flight = 0;
  lf_capacity_search_take (search, busy, FALSE);
  g_assert_cmpfloat (lf_capacity_search_get_rate (search), ==, 50);
}

/* A pause in the middle of a hold begins the try anew. */
static void
test_restart (void)
{
  g_autoptr (LfCapacitySearch) search = new_search (PROFILE);
  double capacity = 500;
  guint taken = 0;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (LfSample) sample = make_second (search, slow_above, &capacity);

      g_assert_cmpint (lf_capacity_search_take (search, sample, FALSE), ==, LF_SEARCH_GOES_ON);
    }
  lf_capacity_search_restart (search);
  for (gboolean ended = FALSE; !ended; taken++)
    {
      g_autoptr (LfSample) sample = make_second (search, slow_above, &capacity);

      ended = lf_capacity_search_take (search, sample, FALSE) == LF_SEARCH_TRIED;
    }
  g_assert_cmpuint (taken, ==, 3);
}

/* A generator that is late now and then costs time, not the result; one that is always late does
 * not keep the search from its end. */
static void
test_late (void)
{
  g_autoptr (LfCapacitySearch) now_and_then = new_search (PROFILE);
  g_autoptr (LfCapacitySearch) always = new_search (PROFILE);
  double capacity = 400;
  double nothing = 0;
  guint repeats = 0;

  for (guint i = 0; !lf_capacity_search_is_done (now_and_then); i++)
    {
      gboolean late = i % 13 == 2;
      g_autoptr (LfSample) sample =
          make_second (now_and_then, slow_above, late ? &nothing : &capacity);

      repeats += lf_capacity_search_take (now_and_then, sample, late) == LF_SEARCH_REPEATS;
      g_assert_cmpuint (i, <, 1000);
    }
  g_assert_cmpfloat (lf_capacity_search_get (now_and_then)->rate, >=, 390);
  g_assert_cmpfloat (lf_capacity_search_get (now_and_then)->rate, <=, 400);
  g_assert_cmpuint (repeats, >, 0);
  repeats = 0;
  for (guint i = 0; !lf_capacity_search_is_done (always); i++)
    {
      g_autoptr (LfSample) sample = make_second (always, slow_above, &nothing);

      repeats += lf_capacity_search_take (always, sample, TRUE) == LF_SEARCH_REPEATS;
      g_assert_cmpuint (i, <, 1000);
    }
  g_assert_cmpuint (repeats, ==, 10);
}

/* Rates of a profile are per timeUnit, those of the search per second. */
static void
test_time_unit (void)
{
  g_autoptr (LfCapacitySearch) search =
      new_search ("{'executor': 'capacity-search', 'start': 600, 'step': 600, 'max': 6000,"
                  " 'timeUnit': 60, 'hold': 0.5, 'objective': {'maxFailRate': 0}}");
  double capacity = 44.4;

  g_assert_cmpfloat (lf_capacity_search_get_rate (search), ==, 10);
  run (search, failing_above, &capacity);
  g_assert_cmpfloat (lf_capacity_search_get (search)->rate, >, 42);
  g_assert_cmpfloat (lf_capacity_search_get (search)->rate, <=, 45); /* half a request rounds */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/capacity-search/finds", test_finds);
  g_test_add_func ("/capacity-search/never-fails", test_never_fails);
  g_test_add_func ("/capacity-search/below-start", test_below_start);
  g_test_add_func ("/capacity-search/confirmation-fails", test_confirmation_fails);
  g_test_add_func ("/capacity-search/silent", test_silent);
  g_test_add_func ("/capacity-search/order", test_order);
  g_test_add_func ("/capacity-search/restart", test_restart);
  g_test_add_func ("/capacity-search/late", test_late);
  g_test_add_func ("/capacity-search/time-unit", test_time_unit);
  return g_test_run ();
}
