#include "lf-histogram.h"

#include "lf-error.h"

#include <math.h>

static int
compare (gconstpointer a, gconstpointer b)
{
  const gint64 *one = a;
  const gint64 *other = b;

  return (*one > *other) - (*one < *other);
}

/* Values of all magnitudes, as latencies come. */
static gint64
random_value (GRand *rand)
{
  return (gint64) exp (g_rand_double_range (rand, 0, log (LF_HISTOGRAM_HIGHEST)));
}

static gint64
exact_percentile (const gint64 *sorted, guint n, double p)
{
  guint rank = (guint) CLAMP (ceil (p / 100 * n - 1e-9), 1, n);

  return sorted[rank - 1];
}

/* The shapes that latencies have: each a value out of the @i-th of @n. */
typedef gint64 (*Shape) (GRand *rand, guint i, guint n);

static gint64
all_magnitudes (GRand *rand, guint i, guint n)
{
  return random_value (rand);
}

static gint64
constant (GRand *rand, guint i, guint n)
{
  return 10000;
}

/* A cache that answers, or does not. */
static gint64
two_peaks (GRand *rand, guint i, guint n)
{
  return g_rand_boolean (rand) ? g_rand_int_range (rand, 900, 1100)
                               : g_rand_int_range (rand, 480000, 520000);
}

/* Pareto with a shape of 1: one in a thousand takes a thousand times as long. */
static gint64
heavy_tail (GRand *rand, guint i, guint n)
{
  return (gint64) MIN (500 / (1 - g_rand_double (rand)), (double) LF_HISTOGRAM_HIGHEST);
}

static gint64
one_percent_slow (GRand *rand, guint i, guint n)
{
  return i % 100 == 0 ? 500000 : g_rand_int_range (rand, 200, 400);
}

/* Every value but one is the least, or the most, that there is. */
static gint64
one_apart (GRand *rand, guint i, guint n)
{
  return i == n / 2 ? (gint64) LF_HISTOGRAM_HIGHEST : 1;
}

static gint64
rising (GRand *rand, guint i, guint n)
{
  return (gint64) i * 1000;
}

static const Shape shapes[] = { all_magnitudes,   constant,  two_peaks, heavy_tail,
                                one_percent_slow, one_apart, rising };

static void
assert_percentiles (GRand *rand, Shape shape, guint n)
{
  static const double ps[] = { 0, 0.1, 1, 25, 50, 75, 90, 95, 99, 99.9, 99.99, 100 };
  g_autofree gint64 *values = g_new (gint64, n);
  g_autoptr (LfHistogram) histogram = lf_histogram_new ();

  for (guint i = 0; i < n; i++)
    lf_histogram_record (histogram, values[i] = shape (rand, i, n));
  qsort (values, n, sizeof *values, compare);
  for (guint i = 0; i < G_N_ELEMENTS (ps); i++)
    {
      gint64 exact = exact_percentile (values, n, ps[i]);
      gint64 found = lf_histogram_percentile (histogram, ps[i]);

      g_assert_cmpint (found, >=, exact);
      g_assert_cmpint (found - exact, <=, exact / 1000);
    }
  g_assert_cmpint (lf_histogram_get_min (histogram), ==, values[0]);
  g_assert_cmpint (lf_histogram_get_max (histogram), ==, values[n - 1]);
  g_assert_cmpuint (lf_histogram_get_count (histogram), ==, n);
}

/* Equal to those of the raw values sorted, within what a histogram of three digits keeps. */
static void
test_percentiles (void)
{
  static const guint few[] = { 1, 2, 3, 7, 10, 99, 100, 101, 1000, 1001 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261123);

  for (guint shape = 0; shape < G_N_ELEMENTS (shapes); shape++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (few); i++)
        assert_percentiles (rand, shapes[shape], few[i]);
      for (guint round = 0; round < 10; round++)
        assert_percentiles (rand, shapes[shape], (guint) g_rand_int_range (rand, 1, 5000));
    }
}

static void
test_small_values_are_exact (void)
{
  g_autoptr (LfHistogram) histogram = lf_histogram_new ();

  for (gint64 value = 0; value < 2048; value++)
    lf_histogram_record (histogram, value);
  for (gint64 value = 0; value < 2048; value++)
    g_assert_cmpint (lf_histogram_percentile (histogram, (double) (value + 1) / 2048 * 100), ==,
                     value);
}

static void
test_edges (void)
{
  g_autoptr (LfHistogram) histogram = lf_histogram_new ();

  g_assert_cmpint (lf_histogram_percentile (histogram, 50), ==, 0);
  g_assert_cmpint (lf_histogram_get_max (histogram), ==, 0);
  g_assert_cmpfloat (lf_histogram_get_mean (histogram), ==, 0);
  lf_histogram_record (histogram, -5);
  g_assert_cmpint (lf_histogram_get_min (histogram), ==, 0);
  lf_histogram_record (histogram, G_MAXINT64);
  g_assert_cmpint (lf_histogram_get_max (histogram), ==, LF_HISTOGRAM_HIGHEST);
  g_assert_cmpint (lf_histogram_percentile (histogram, 100), ==, LF_HISTOGRAM_HIGHEST);
  lf_histogram_record_n (histogram, 7, 0);
  g_assert_cmpuint (lf_histogram_get_count (histogram), ==, 2);
}

static void
test_ranks (void)
{
  g_autoptr (LfHistogram) histogram = lf_histogram_new ();

  for (gint64 value = 1; value <= 1000; value++)
    lf_histogram_record (histogram, value);
  g_assert_cmpint (lf_histogram_percentile (histogram, 99.9), ==, 999);
  g_assert_cmpint (lf_histogram_percentile (histogram, 99), ==, 990);
  g_assert_cmpint (lf_histogram_percentile (histogram, 50), ==, 500);
  g_assert_cmpint (lf_histogram_percentile (histogram, 50.01), ==, 501);
}

static void
test_merging (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (LfHistogram) whole = lf_histogram_new ();
  g_autoptr (LfHistogram) merged = lf_histogram_new ();

  for (guint part = 0; part < 10; part++)
    {
      g_autoptr (LfHistogram) histogram = lf_histogram_new ();

      for (guint i = 0; i < 500; i++)
        {
          gint64 value = random_value (rand);

          lf_histogram_record (histogram, value);
          lf_histogram_record (whole, value);
        }
      lf_histogram_add (merged, histogram);
      lf_histogram_reset (histogram);
      g_assert_cmpuint (lf_histogram_get_count (histogram), ==, 0);
      lf_histogram_add (merged, histogram);
    }
  g_assert_true (lf_histogram_equal (whole, merged));
  g_assert_cmpfloat (lf_histogram_get_mean (whole), ==, lf_histogram_get_mean (merged));
}

static void
test_reset_reuse (void)
{
  g_autoptr (LfHistogram) histogram = lf_histogram_new ();
  g_autoptr (LfHistogram) fresh = lf_histogram_new ();

  for (gint64 value = 1; value < LF_HISTOGRAM_HIGHEST; value *= 3)
    lf_histogram_record (histogram, value);
  lf_histogram_reset (histogram);
  lf_histogram_record (histogram, 42);
  lf_histogram_record (fresh, 42);
  g_assert_true (lf_histogram_equal (histogram, fresh));
  g_assert_cmpint (lf_histogram_get_min (histogram), ==, 42);
}

static void
test_encoding (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (99);

  for (guint round = 0; round < 50; round++)
    {
      g_autoptr (LfHistogram) histogram = lf_histogram_new ();
      g_autoptr (LfHistogram) decoded = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;

      for (guint i = 0; i < round * 20; i++)
        lf_histogram_record_n (histogram, random_value (rand), (guint64) g_rand_int (rand));
      text = lf_histogram_encode (histogram);
      g_assert_true (g_str_has_prefix (text, "HISTFAAA"));
      decoded = lf_histogram_decode (text, &error);
      g_assert_no_error (error);
      g_assert_true (lf_histogram_equal (histogram, decoded));
    }
}

static void
test_hostile_texts (void)
{
  const char *texts[] = { "", "HISTFAAA", "not base64 at all ✓", "AAAA", "HISTFAAAAAEAAAAA" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);
  g_autoptr (LfHistogram) histogram = lf_histogram_new ();
  g_autofree char *good = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (lf_histogram_decode (texts[i], &error));
      g_assert_error (error, LF_ERROR, LF_ERROR_CORRUPT);
    }
  for (guint i = 0; i < 300; i++)
    lf_histogram_record (histogram, random_value (rand));
  good = lf_histogram_encode (histogram);
  for (guint i = 0; i < 20000; i++) /* no crash, no hang; a sanitizer watches */
    {
      g_autofree char *text = g_strdup (good);
      gsize length = strlen (text);
      g_autoptr (LfHistogram) decoded = NULL;

      for (gint n = g_rand_int_range (rand, 1, 4); n > 0; n--)
        text[g_rand_int_range (rand, 0, (gint32) length)] = (char) g_rand_int_range (rand, 33, 127);
      if (g_rand_boolean (rand))
        text[g_rand_int_range (rand, 0, (gint32) length)] = '\0';
      decoded = lf_histogram_decode (text, NULL);
    }
}

static void
sum_counts (gint64 lowest, gint64 highest, guint64 count, gpointer user_data)
{
  g_assert_cmpint (lowest, <=, highest);
  *(guint64 *) user_data += count;
}

static void
test_foreach (void)
{
  g_autoptr (LfHistogram) histogram = lf_histogram_new ();
  guint64 sum = 0;

  lf_histogram_foreach (histogram, sum_counts, &sum);
  g_assert_cmpuint (sum, ==, 0);
  lf_histogram_record_n (histogram, 5, 3);
  lf_histogram_record_n (histogram, 5000000, 4);
  lf_histogram_foreach (histogram, sum_counts, &sum);
  g_assert_cmpuint (sum, ==, 7);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/histogram/percentiles", test_percentiles);
  g_test_add_func ("/histogram/small-values-are-exact", test_small_values_are_exact);
  g_test_add_func ("/histogram/edges", test_edges);
  g_test_add_func ("/histogram/ranks", test_ranks);
  g_test_add_func ("/histogram/merging", test_merging);
  g_test_add_func ("/histogram/reset-reuse", test_reset_reuse);
  g_test_add_func ("/histogram/encoding", test_encoding);
  g_test_add_func ("/histogram/hostile-texts", test_hostile_texts);
  g_test_add_func ("/histogram/foreach", test_foreach);
  return g_test_run ();
}
