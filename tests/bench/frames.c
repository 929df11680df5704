/*
 * frames URL FOLDER SECONDS LINES: the window of a run at 50,000 requests per second against URL,
 * while LINES log lines pour into its console in the first half and none in the second. Prints one
 * line of JSON: how far apart the frames of the window came, what they cost, and how much memory
 * there was.
 *
 * A tick callback asks for every frame that the frame clock can give, so that a gap is time in
 * which the window could not have moved. FOLDER holds the store. Needs a desktop of its own
 * (tests/with-desktop).
 */
#include "config.h"

#include "lf-renderer.h"
#include "lf-run-view.h"
#include "lf-run-window.h"
#include "lf-test-run-window.h"
#include "lf-test-run.h"
#include "lf-test-ui.h"

#include <stdlib.h>

#define RATE       50000
#define POUR_EVERY 20  /* ms */
#define TRICKLE    100 /* lines per second, once all have been poured */
#define GAP_LIMIT  50  /* ms */
#define FIRST_LOOK 3   /* s, after which the window has been laid out */
#define SETTLE     1   /* s, in which the last of what was poured is shown */
#define N_PHASES   2

typedef struct
{
  GArray *gaps;               /* double, ms */
  GArray *costs;              /* double, ms, from the clock's tick to the end of painting */
  gint64 rss_first, rss_last; /* bytes */
} Phase;

typedef struct
{
  LfTestRunWindow run;
  LfRunView *view;
  guint seconds;
  guint lines, poured;
  gint64 start; /* us: all of these */
  gint64 last;  /* frame */
  gint64 painting;
  Phase phases[N_PHASES];
} Bench;

static gint64
read_rss (void)
{
  g_autofree char *text = NULL;
  gint64 pages = 0;

  if (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    pages = g_ascii_strtoll (strchr (text, ' '), NULL, 10);
  return pages * 4096;
}

static double
seconds_since (const Bench *bench)
{
  return (double) (g_get_monotonic_time () - bench->start) / G_USEC_PER_SEC;
}

/* NULL before the first, and past the end of the load. */
static Phase *
phase_now (Bench *bench)
{
  double t = seconds_since (bench);

  if (t < FIRST_LOOK || t >= bench->seconds)
    return NULL;
  return &bench->phases[t < bench->seconds / 2.0 + SETTLE ? 0 : 1];
}

static void
note (GArray *values, gint64 us)
{
  double ms = (double) us / 1000;

  g_array_append_val (values, ms);
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  Bench *bench = user_data;
  Phase *phase = phase_now (bench);
  gint64 now = g_get_monotonic_time ();

  if (phase != NULL && bench->last > 0)
    {
      note (phase->gaps, now - bench->last);
      phase->rss_last = read_rss ();
      if (phase->rss_first == 0)
        phase->rss_first = phase->rss_last;
    }
  bench->last = now;
  return G_SOURCE_CONTINUE;
}

static void
before_paint_cb (GdkFrameClock *clock, Bench *bench)
{
  bench->painting = g_get_monotonic_time ();
}

static void
after_paint_cb (GdkFrameClock *clock, Bench *bench)
{
  Phase *phase = phase_now (bench);

  if (phase != NULL)
    note (phase->costs, g_get_monotonic_time () - bench->painting);
}

static gboolean
pour_cb (gpointer user_data)
{
  Bench *bench = user_data;
  double half = bench->seconds / 2.0;
  double t = seconds_since (bench);
  guint due = (guint) (MIN (1, t / half) * bench->lines + MAX (0, t - half) * TRICKLE);

  if (due > bench->poured)
    {
      g_autoptr (GPtrArray) lines = lf_test_make_lines (bench->poured, due - bench->poured);

      lf_run_view_append_logs (bench->view, lines);
      bench->poured = due;
    }
  return G_SOURCE_CONTINUE;
}

static GtkWidget *
find (GtkWidget *root, GType type)
{
  GtkWidget *found = g_type_is_a (G_OBJECT_TYPE (root), type) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, type);
  return found;
}

static LfSpec *
make_spec (const char *url, guint seconds)
{
  g_autofree char *text = g_strdup_printf (
      "{\"schema\": \"loadforge/spec/1\", \"name\": \"Frames\","
      " \"request\": {\"method\": \"GET\", \"url\": \"%s\"},"
      " \"loadProfile\": {\"executor\": \"constant-arrival-rate\", \"rate\": %d, \"duration\": %u,"
      " \"preAllocatedVUs\": 64, \"maxVUs\": 500}}",
      url, RATE, seconds);
  g_autoptr (GError) error = NULL;
  LfSpec *spec = lf_spec_from_text (text, -1, &error);

  g_assert_no_error (error);
  return spec;
}

static void
open_store (Bench *bench, const char *folder)
{
  g_autofree char *uri = g_strdup_printf ("sqlite:%s/frames.db", folder);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  lf_workspace_open_async (uri, NULL, lf_test_result_cb, &result);
  bench->run.workspace = lf_workspace_open_finish (lf_test_wait_for (&result), &error);
  g_assert_no_error (error);
}

static void
start (Bench *bench, const char *url)
{
  LfRunOptions options = { 0 };
  LfRunManager *runs = lf_workspace_get_runs (bench->run.workspace);
  g_autoptr (LfSpec) spec = make_spec (url, bench->seconds);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  lf_run_manager_start_async (runs, spec, &options, NULL, lf_test_result_cb, &result);
  bench->run.active = lf_run_manager_start_finish (runs, lf_test_wait_for (&result), &error);
  g_assert_no_error (error);
  bench->run.window = lf_run_window_new_for_active (NULL, bench->run.workspace, bench->run.active);
  bench->view = LF_RUN_VIEW (find (bench->run.window, LF_TYPE_RUN_VIEW));
  gtk_window_set_default_size (GTK_WINDOW (bench->run.window), 1100, 960);
  gtk_window_present (GTK_WINDOW (bench->run.window));
}

static void
watch (Bench *bench)
{
  GdkFrameClock *clock;
  guint pour;

  for (guint i = 0; i < N_PHASES; i++)
    {
      bench->phases[i].gaps = g_array_new (FALSE, FALSE, sizeof (double));
      bench->phases[i].costs = g_array_new (FALSE, FALSE, sizeof (double));
    }
  bench->start = g_get_monotonic_time ();
  gtk_widget_add_tick_callback (bench->run.window, tick_cb, bench, NULL);
  clock = gtk_widget_get_frame_clock (bench->run.window);
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), bench);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), bench);
  pour = g_timeout_add (POUR_EVERY, pour_cb, bench);
  while (!lf_test_has_ended (bench->run.active))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (pour);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const double *x = a, *y = b;

  return *x < *y ? -1 : *x > *y;
}

static void
tell (const char *name, GArray *values)
{
  guint over = 0;

  g_array_sort (values, compare);
  for (guint i = 0; i < values->len; i++)
    over += g_array_index (values, double, i) > GAP_LIMIT;
  g_assert_cmpuint (values->len, >, 0);
  g_print (
      "\"%s\": {\"n\": %u, \"p50_ms\": %.2f, \"p99_ms\": %.2f, \"max_ms\": %.2f, \"over\": %u}, ",
      name, values->len, g_array_index (values, double, values->len / 2),
      g_array_index (values, double, values->len * 99 / 100),
      g_array_index (values, double, values->len - 1), over);
}

int
main (int argc, char **argv)
{
  Bench bench = { .seconds = (guint) atoi (argv[3]), .lines = (guint) atoi (argv[4]) };
  static const char *const names[N_PHASES] = { "pouring", "after" };
  const LfRun *run;

  lf_renderer_choose ();
  adw_init ();
  lf_test_load_style ();
  open_store (&bench, argv[2]);
  start (&bench, argv[1]);
  watch (&bench);
  run = lf_active_run_get_run (bench.run.active);
  g_print ("{");
  for (guint i = 0; i < N_PHASES; i++)
    {
      g_print ("\"%s\": {", names[i]);
      tell ("gaps", bench.phases[i].gaps);
      tell ("costs", bench.phases[i].costs);
      g_print ("\"rss_first_mib\": %.1f, \"rss_last_mib\": %.1f}, ",
               (double) bench.phases[i].rss_first / 1048576,
               (double) bench.phases[i].rss_last / 1048576);
    }
  g_print ("\"lines\": %u, \"seconds\": %u, \"requests\": %" G_GINT64_FORMAT "}\n", bench.poured,
           bench.seconds, run->progress->requests);
  return 0;
}
