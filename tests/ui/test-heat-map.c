#include "config.h"

#include "lf-heat-reader.h"
#include "lf-histogram.h"
#include "lf-test-run.h"
#include "lf-test-ui.h"

#include <math.h>

static void
test_rows (void)
{
  g_assert_cmpuint (lf_heat_map_row_of (0), ==, 0);
  g_assert_cmpuint (lf_heat_map_row_of (1), ==, 0);
  g_assert_cmpuint (lf_heat_map_row_of (999.9), ==, 3 * LF_HEAT_MAP_PER_DECADE - 1);
  g_assert_cmpuint (lf_heat_map_row_of (1000), ==, 3 * LF_HEAT_MAP_PER_DECADE);
  g_assert_cmpuint (lf_heat_map_row_of (LF_HISTOGRAM_HIGHEST), <, LF_HEAT_MAP_ROWS);
  g_assert_cmpuint (lf_heat_map_row_of (INFINITY), ==, LF_HEAT_MAP_ROWS - 1);
  for (guint row = 0; row < LF_HEAT_MAP_ROWS; row++)
    g_assert_cmpuint (lf_heat_map_row_of (lf_heat_map_get_edge (row) * 1.0001), ==, row);
}

static guint64
count_all (const LfHeatMap *map)
{
  guint64 sum = 0;

  for (guint i = 0; i < lf_heat_map_get_n_columns (map); i++)
    for (guint row = 0; row < LF_HEAT_MAP_ROWS; row++)
      sum += lf_heat_map_get_column (map, i)[row];
  return sum;
}

/* A time that is none is left out, and found in some column all the same. */
static void
test_no_time (void)
{
  const double times[] = { INFINITY, -INFINITY, NAN };
  g_autoptr (LfHeatMap) map = lf_heat_map_new ();

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      LfHeatColumn column = { .t = times[i] };

      column.counts[40] = 1;
      lf_heat_map_add (map, &column);
    }
  g_assert_cmpuint (lf_heat_map_get_n_columns (map), ==, 0);
  g_assert_cmpfloat (lf_heat_map_get_width (map), ==, 1);
  g_assert_cmpuint (lf_heat_map_find_column (map, INFINITY), ==, G_MAXINT32);
  g_assert_cmpuint (lf_heat_map_find_column (map, -INFINITY), ==, 0);
  g_assert_cmpuint (lf_heat_map_find_column (map, NAN), ==, 0);
}

/* However long a run is, nothing is lost but resolution. */
static void
test_bounded (void)
{
  g_autoptr (LfHeatMap) map = lf_heat_map_new ();
  guint lowest, highest;

  g_assert_false (lf_heat_map_get_rows (map, &lowest, &highest));
  for (guint t = 1; t <= 36000; t++)
    {
      LfHeatColumn column = { .t = t };

      column.counts[40 + t % 3] = 2;
      lf_heat_map_add (map, &column);
    }
  g_assert_cmpuint (lf_heat_map_get_n_columns (map), <=, LF_HEAT_MAP_COLUMNS);
  g_assert_cmpfloat (lf_heat_map_get_width (map), ==, 64);
  g_assert_cmpuint (lf_heat_map_get_n_columns (map), ==, 563); /* 36,000 s by 64 */
  g_assert_cmpuint (count_all (map), ==, 72000);
  g_assert_cmpuint (lf_heat_map_find_column (map, 64), ==, 0);
  g_assert_cmpuint (lf_heat_map_find_column (map, 65), ==, 1);
  g_assert_true (lf_heat_map_get_rows (map, &lowest, &highest));
  g_assert_cmpuint (lowest, ==, 40);
  g_assert_cmpuint (highest, ==, 42);
  lf_heat_map_clear (map);
  g_assert_cmpuint (lf_heat_map_get_n_columns (map), ==, 0);
  g_assert_cmpfloat (lf_heat_map_get_width (map), ==, 1);
}

/* The last second of a run is in time as drawn: to its end, not in a column past it. */
static void
test_last_second (void)
{
  g_autoptr (LfHeatMap) map = lf_heat_map_new ();
  const double ends[] = { 1, 2, 3.0065 };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      LfHeatColumn column = { .t = ends[i] };

      column.counts[40] = i + 1;
      lf_heat_map_add (map, &column);
    }
  g_assert_cmpuint (lf_heat_map_get_n_columns (map), ==, 3);
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    g_assert_cmpuint (lf_heat_map_get_column (map, i)[40], ==, i + 1);
  g_assert_cmpuint (lf_heat_map_find_column (map, 3.0065), ==, 2);
  g_assert_cmpuint (lf_heat_map_find_column (map, 0), ==, 0);
}

/* A count past what a cell holds stays there; a second long after the last makes room at once. */
static void
test_odd (void)
{
  g_autoptr (LfHeatMap) map = lf_heat_map_new ();
  LfHeatColumn column = { .t = 1 };

  column.counts[3] = G_MAXUINT32;
  lf_heat_map_add (map, &column);
  lf_heat_map_add (map, &column);
  g_assert_cmpuint (lf_heat_map_get_column (map, 0)[3], ==, G_MAXUINT32);
  column.t = 1e7;
  lf_heat_map_add (map, &column);
  g_assert_cmpuint (lf_heat_map_get_n_columns (map), <=, LF_HEAT_MAP_COLUMNS);
  g_assert_cmpuint (count_all (map), ==, 2 * (guint64) G_MAXUINT32);
}

static char *
encode (gint64 us, guint64 n)
{
  g_autoptr (LfHistogram) histogram = lf_histogram_new ();

  lf_histogram_record_n (histogram, us, n);
  return lf_histogram_encode (histogram);
}

static void
add_sample (LfSamples *samples, double t, gint64 step, gint64 service, gint64 response)
{
  g_autoptr (LfSample) sample = lf_test_make_sample (t, 1, 3, 0, 1);

  sample->step = step;
  sample->histograms = lf_sample_histograms_new ();
  sample->histograms->duration = encode (service, 3);
  sample->histograms->response_time = response > 0 ? encode (response, 3) : NULL;
  lf_samples_add (samples, sample);
}

static gboolean
holds (LfHeatReader *reader, guint columns, double us, guint64 count)
{
  const LfHeatMap *map = lf_heat_reader_get_map (reader);

  return lf_heat_map_get_n_columns (map) == columns && count_all (map) == count &&
         lf_heat_map_get_column (map, columns - 1)[lf_heat_map_row_of (us)] == 3;
}

static void
test_read (void)
{
  g_autoptr (LfHeatReader) reader = lf_heat_reader_new ();
  g_autoptr (LfSamples) samples = lf_samples_new ();

  lf_heat_reader_start (reader, NULL, -1, FALSE);
  for (guint t = 1; t <= 600; t++) /* more than a piece */
    {
      add_sample (samples, t, -1, 2000, 50000);
      add_sample (samples, t, 0, 100, 0);
    }
  lf_heat_reader_start (reader, samples, -1, FALSE);
  lf_test_wait_until (holds (reader, 600, 50000, 1800));
  lf_heat_reader_start (reader, samples, 0, FALSE);
  lf_heat_reader_start (reader, samples, -1, TRUE); /* what was begun is given up */
  lf_test_wait_until (holds (reader, 600, 2000, 1800));
  lf_heat_reader_start (reader, samples, 0, FALSE); /* users: one time for both */
  lf_test_wait_until (holds (reader, 600, 100, 1800));
  add_sample (samples, 601, 0, 100, 0);
  lf_heat_reader_go_on (reader);
  lf_test_wait_until (holds (reader, 601, 100, 1803));
}

/* A sample without a histogram, or with one that was damaged, is a gap. */
static void
test_unreadable (void)
{
  g_autoptr (LfHeatReader) reader = lf_heat_reader_new ();
  g_autoptr (LfSamples) samples = lf_samples_new ();
  g_autoptr (LfSample) bare = lf_test_make_sample (1, 1, 3, 0, 1);
  g_autoptr (LfSample) damaged = lf_test_make_sample (2, 1, 3, 0, 1);

  damaged->histograms = lf_sample_histograms_new ();
  lf_set_string (&damaged->histograms->duration, "HISTFAAAnonsense");
  lf_samples_add (samples, bare);
  lf_samples_add (samples, damaged);
  add_sample (samples, 3, -1, 2000, 0);
  lf_heat_reader_start (reader, samples, -1, FALSE);
  lf_test_wait_until (holds (reader, 3, 2000, 3));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/heat-map/rows", test_rows);
  g_test_add_func ("/heat-map/no-time", test_no_time);
  g_test_add_func ("/heat-map/bounded", test_bounded);
  g_test_add_func ("/heat-map/last-second", test_last_second);
  g_test_add_func ("/heat-map/odd", test_odd);
  g_test_add_func ("/heat-map/read", test_read);
  g_test_add_func ("/heat-map/unreadable", test_unreadable);
  return g_test_run ();
}
