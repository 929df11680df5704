#include "config.h"

#include "lf-chart.h"
#include "lf-decimate.h"
#include "lf-format.h"
#include "lf-scale.h"
#include "lf-test-ui.h"

#include <glib/gstdio.h>
#include <math.h>

static void
assert_scale (double highest, guint ticks, double max, double step)
{
  LfScale scale = lf_scale_new (highest, ticks, FALSE);

  g_assert_cmpfloat_with_epsilon (scale.max, max, 1e-9 * max);
  g_assert_cmpfloat_with_epsilon (scale.step, step, 1e-9 * step);
}

static void
test_scale (void)
{
  LfScale scale;
  g_autofree char *small = NULL;
  g_autofree char *large = NULL;
  g_autofree char *huge = NULL;

  assert_scale (0, 5, 1, 1);
  assert_scale (NAN, 5, 1, 1);
  assert_scale (INFINITY, 5, 1, 1);
  assert_scale (10, 5, 10, 2);
  assert_scale (10.1, 5, 12.5, 2.5);
  assert_scale (0.03, 3, 0.03, 0.01);
  assert_scale (99999, 4, 100000, 25000);
  assert_scale (100000, 5, 100000, 20000);
  for (double highest = 1e-6; highest < 1e12; highest *= 1.37)
    for (guint ticks = 1; ticks < 12; ticks++)
      {
        scale = lf_scale_new (highest, ticks, FALSE);
        g_assert_cmpfloat (scale.max, >=, highest * (1 - 1e-6));
        g_assert_cmpfloat (scale.max / scale.step, <=, ticks + 1e-6);
      }
  scale = lf_scale_new (0.05, 5, FALSE);
  small = lf_scale_format (&scale, 0.03);
  g_assert_cmpstr (small, ==, "0.03");
  scale = lf_scale_new (150000, 3, FALSE);
  large = lf_scale_format (&scale, 50000);
  g_assert_cmpstr (large, ==, "50k");
  scale = lf_scale_new (9e18, 3, FALSE);
  huge = lf_scale_format (&scale, 5e18);
  g_assert_cmpstr (huge, ==, "5e+18");
}

static void
test_scale_beside (void)
{
  LfScale scale = lf_scale_new_beside (515, 4, TRUE);
  g_autofree char *text = NULL;

  g_assert_cmpfloat (scale.step, ==, 150);
  g_assert_cmpfloat (scale.max, ==, 600);
  scale = lf_scale_new_beside (1.03, 4, TRUE); /* no half users */
  g_assert_cmpfloat (scale.step, ==, 1);
  scale = lf_scale_new_beside (70, 5, TRUE); /* 15, which is whole */
  g_assert_cmpfloat (scale.step, ==, 15);
  scale = lf_scale_new (6, 5, TRUE); /* 2.5 is not */
  g_assert_cmpfloat (scale.step, ==, 2);
  scale = lf_scale_new_beside (0, 3, FALSE);
  g_assert_cmpfloat (scale.max, ==, 3);
  scale = lf_scale_new_beside (58000, 4, FALSE);
  text = lf_scale_format (&scale, scale.step * 3);
  g_assert_cmpstr (text, ==, "45k");
}

static void
test_time_scale (void)
{
  LfScale scale = lf_scale_new_time (95, 5);

  g_assert_cmpfloat (scale.step, ==, 30);
  g_assert_cmpfloat (scale.max, ==, 95);
  scale = lf_scale_new_time (10 * 86400, 5);
  g_assert_cmpfloat (scale.step, ==, 2 * 86400);
  scale = lf_scale_new_time (0, 5);
  g_assert_cmpfloat (scale.max, ==, 1);
}

static void
test_decimate_keeps_peaks (void)
{
  enum
  {
    N = 36000
  };
  g_autofree double *x = g_new (double, N);
  g_autofree double *y = g_new (double, N);
  g_autoptr (GArray) points = NULL;
  gboolean peak = FALSE, hole = FALSE;

  for (guint i = 0; i < N; i++)
    {
      x[i] = i;
      y[i] = 100 + i % 7;
    }
  y[17321] = 5000;
  y[29999] = 1;
  points = lf_decimate (x, y, N, 800);
  g_assert_cmpuint (points->len, <=, 4 * 801);
  g_assert_cmpuint (points->len, >, 800);
  for (guint i = 0; i < points->len; i++)
    {
      LfPoint *point = &g_array_index (points, LfPoint, i);

      peak |= point->x == 17321 && point->y == 5000;
      hole |= point->x == 29999 && point->y == 1;
      if (i > 0)
        g_assert_cmpfloat (point->x, >, point[-1].x);
    }
  g_assert_true (peak && hole);
}

static void
test_decimate_small (void)
{
  const double x[] = { 1, 2, 3 };
  const double y[] = { 5, NAN, 6 };
  g_autoptr (GArray) all = lf_decimate (x, y, 3, 100);
  g_autoptr (GArray) none = lf_decimate (x, y, 0, 100);
  g_autoptr (GArray) narrow = lf_decimate (x, y, 3, 0);

  g_assert_cmpuint (all->len, ==, 3);
  g_assert_true (isnan (g_array_index (all, LfPoint, 1).y));
  g_assert_cmpfloat (g_array_index (all, LfPoint, 2).y, ==, 6);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (narrow->len, ==, 3);
}

typedef struct
{
  GtkWidget *window;
  LfChart *chart;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  LfChartSeries rate = { "Requests",     LF_CHART_BLUE, LF_CHART_LEFT,
                         LF_CHART_SOLID, LF_CHART_AREA, lf_format_rate };
  LfChartSeries users = { "Users",         LF_CHART_ORANGE, LF_CHART_RIGHT,
                          LF_CHART_DASHED, LF_CHART_LINE,   lf_format_count };

  fixture->window = gtk_window_new ();
  fixture->chart = g_object_new (LF_TYPE_CHART, NULL);
  lf_chart_set_title (fixture->chart, "Load");
  lf_chart_set_units (fixture->chart, "req/s", "users");
  lf_chart_add_series (fixture->chart, &rate);
  lf_chart_add_series (fixture->chart, &users);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->chart));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 700, 300);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->chart), (gpointer *) &fixture->chart);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  lf_test_wait_until (fixture->chart == NULL);
}

static void
append (Fixture *fixture, double t, double rate, double users)
{
  const double values[] = { rate, users };

  lf_chart_append (fixture->chart, t, values);
}

/* How many pixels of the chart have (nearly) the colour of a series. */
static guint
count_pixels (Fixture *fixture, LfChartColor color)
{
  GtkWidget *widget = GTK_WIDGET (fixture->chart);
  g_autofree char *file = NULL;
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  GdkRGBA rgba;
  guint n = 0;

  lf_test_screenshot (widget, "chart-pixels");
  file =
      g_build_filename (g_getenv ("LF_TEST_SCREENSHOTS") != NULL ? g_getenv ("LF_TEST_SCREENSHOTS")
                                                                 : g_get_tmp_dir (),
                        "chart-pixels.png", NULL);
  pixbuf = gdk_pixbuf_new_from_file (file, NULL);
  g_assert_true (pixbuf != NULL && gdk_pixbuf_get_has_alpha (pixbuf));
  g_assert_cmpint (g_remove (file), ==, 0);
  lf_chart_get_color (widget, color, &rgba);
  for (int y = 0; y < gdk_pixbuf_get_height (pixbuf); y++)
    for (int x = 0; x < gdk_pixbuf_get_width (pixbuf); x++)
      {
        const guint8 *p = gdk_pixbuf_read_pixels (pixbuf) + y * gdk_pixbuf_get_rowstride (pixbuf) +
                          x * gdk_pixbuf_get_n_channels (pixbuf);

        n += p[3] > 200 && fabs (p[0] - rgba.red * 255) < 8 && fabs (p[1] - rgba.green * 255) < 8 &&
             fabs (p[2] - rgba.blue * 255) < 8;
      }
  return n;
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpuint (count_pixels (fixture, LF_CHART_BLUE), ==, 0);
  gtk_test_accessible_assert_role (fixture->chart, GTK_ACCESSIBLE_ROLE_IMG);
  lf_test_screenshot (fixture->window, "chart-empty");
}

static void
test_one_sample (Fixture *fixture, gconstpointer data)
{
  append (fixture, 1, 45, 5);
  g_assert_cmpuint (count_pixels (fixture, LF_CHART_BLUE), >, 5);
  g_assert_cmpuint (count_pixels (fixture, LF_CHART_ORANGE), >, 5);
}

static void
test_many (Fixture *fixture, gconstpointer data)
{
  guint drawn;

  for (guint i = 1; i <= 8 * 3600; i++)
    append (fixture, i, 1000 + 200 * sin (i / 900.0) + i % 37, MIN (i / 10, 500));
  drawn = count_pixels (fixture, LF_CHART_ORANGE);
  g_assert_cmpuint (drawn, >, 200);
  lf_test_screenshot (fixture->window, "chart-eight-hours");
  lf_chart_set_series_visible (fixture->chart, 1, FALSE);
  g_assert_cmpuint (count_pixels (fixture, LF_CHART_ORANGE), ==, 0);
  lf_chart_clear (fixture->chart);
  g_assert_cmpuint (lf_chart_get_n_samples (fixture->chart), ==, 0);
  g_assert_cmpuint (count_pixels (fixture, LF_CHART_BLUE), ==, 0);
}

static gboolean
label_is (LfChart *chart, const char *label)
{
  g_autofree char *wrong = gtk_test_accessible_check_property (
      GTK_ACCESSIBLE (chart), GTK_ACCESSIBLE_PROPERTY_LABEL, label, NULL);

  return wrong == NULL;
}

static void
test_label (Fixture *fixture, gconstpointer data)
{
  lf_test_wait_until (label_is (fixture->chart, "Load, no samples yet"));
  append (fixture, 1, 50, 5);
  append (fixture, 2, 61, NAN);
  lf_test_wait_until (label_is (fixture->chart, "Load, at 0:02, Requests 61/s, Users nothing"));
  lf_time_axis_set_cursor (lf_chart_get_axis (fixture->chart), 1.2);
  lf_test_wait_until (label_is (fixture->chart, "Load, at 0:01, Requests 50/s, Users 5"));
}

static void
test_cursor (Fixture *fixture, gconstpointer data)
{
  guint before;

  for (guint i = 1; i <= 60; i++)
    append (fixture, i, i == 30 ? NAN : 100 + 40 * sin (i / 6.0), i / 3);
  before = count_pixels (fixture, LF_CHART_BLUE);
  lf_time_axis_set_cursor (lf_chart_get_axis (fixture->chart), 20.3);
  g_assert_cmpuint (count_pixels (fixture, LF_CHART_BLUE), >, before + 20);
  lf_test_screenshot (fixture->window, "chart-cursor");
  lf_time_axis_set_cursor (lf_chart_get_axis (fixture->chart), 30); /* a gap has a tip and no dot */
  lf_test_screenshot (fixture->window, "chart-gap");
  lf_time_axis_set_cursor (lf_chart_get_axis (fixture->chart), -1);
  g_assert_cmpuint (count_pixels (fixture, LF_CHART_BLUE), ==, before);
}

int
main (int argc, char **argv)
{
  lf_test_ui_init (&argc, &argv);
  g_test_add_func ("/chart/scale", test_scale);
  g_test_add_func ("/chart/scale-beside", test_scale_beside);
  g_test_add_func ("/chart/time-scale", test_time_scale);
  g_test_add_func ("/chart/decimate/keeps-peaks", test_decimate_keeps_peaks);
  g_test_add_func ("/chart/decimate/small", test_decimate_small);
  g_test_add ("/chart/empty", Fixture, NULL, set_up, test_empty, tear_down);
  g_test_add ("/chart/one-sample", Fixture, NULL, set_up, test_one_sample, tear_down);
  g_test_add ("/chart/many", Fixture, NULL, set_up, test_many, tear_down);
  g_test_add ("/chart/label", Fixture, NULL, set_up, test_label, tear_down);
  g_test_add ("/chart/cursor", Fixture, NULL, set_up, test_cursor, tear_down);
  return g_test_run ();
}
