/*
 * list-frames SPECS: the main window over a store with SPECS specs, each with a run, in $TMPDIR:
 * while the list opens, is scrolled from end to end, and searched. Prints one line of JSON: how far
 * apart the frames came.
 *
 * A tick callback asks for every frame that the frame clock can give, so that a gap is time in
 * which the window could not have moved. Needs a desktop of its own (tests/with-desktop).
 */
#include "config.h"

#include "lf-renderer.h"
#include "lf-spec-list-private.h"
#include "lf-test-run.h"
#include "lf-test-specs.h"
#include "lf-test-ui.h"
#include "lf-test-window.h"

#include <stdlib.h>
#include <time.h>

#define GAP_LIMIT 50   /* ms */
#define SCROLL    5000 /* ms from end to end, and as long back */
#define REST      700  /* ms after something changed, in which its last effects are seen */

typedef struct
{
  GArray *gaps; /* double, ms */
  GArray
      *costs; /* double, ms that this thread worked in each gap: a busy machine changes it little */
  gint64 last;   /* us, frame */
  gint64 worked; /* us, of this thread until then */
} Watch;

static gint64
thread_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static void
note (GArray *values, gint64 us)
{
  double ms = (double) us / 1000;

  g_array_append_val (values, ms);
}

static void
begin (Watch *watch)
{
  g_array_set_size (watch->gaps, 0);
  g_array_set_size (watch->costs, 0);
  watch->last = g_get_monotonic_time ();
  watch->worked = thread_time ();
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  Watch *watch = user_data;
  gint64 now = g_get_monotonic_time ();
  gint64 worked = thread_time ();

  note (watch->gaps, now - watch->last);
  note (watch->costs, worked - watch->worked);
  watch->last = now;
  watch->worked = worked;
  return G_SOURCE_CONTINUE;
}

static void
run_for (gint64 ms)
{
  gint64 end = g_get_monotonic_time () + ms * 1000;

  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const double *x = a, *y = b;

  return *x < *y ? -1 : *x > *y;
}

static void
tell_values (const char *name, GArray *values)
{
  guint over = 0;

  g_array_sort (values, compare);
  for (guint i = 0; i < values->len; i++)
    over += g_array_index (values, double, i) > GAP_LIMIT;
  g_print (
      "\"%s\": {\"n\": %u, \"p50_ms\": %.2f, \"p99_ms\": %.2f, \"max_ms\": %.2f, \"over\": %u}",
      name, values->len, g_array_index (values, double, values->len / 2),
      g_array_index (values, double, values->len * 99 / 100),
      g_array_index (values, double, values->len - 1), over);
}

/* With the frame that is under way; and begins anew. */
static void
tell (Watch *watch, const char *name)
{
  guint n = watch->gaps->len;

  while (watch->gaps->len == n)
    g_main_context_iteration (NULL, TRUE);
  g_print ("\"%s\": {", name);
  tell_values ("gaps", watch->gaps);
  g_print (", ");
  tell_values ("costs", watch->costs);
  g_print ("}, ");
  begin (watch);
}

static void
fill (LfTestWindow *fixture, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("Spec %u of the shop", i);
      g_autoptr (LfSpec) spec =
          lf_test_specs_save (fixture->store, name, "https://shop.example.org/api/basket");

      lf_test_window_save_run (fixture, spec, i % 7 == 0 ? LF_VERDICT_INVALID : LF_VERDICT_PASSED,
                               i, 10 + i % 90);
    }
}

/* As a person with a wheel, every frame a little further. */
static void
scroll (GtkAdjustment *adjustment)
{
  gint64 start = g_get_monotonic_time ();
  double most = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);
  double at = 0;

  while (at < 2)
    {
      at = (double) (g_get_monotonic_time () - start) / 1000 / SCROLL;
      gtk_adjustment_set_value (adjustment, most * (at < 1 ? at : 2 - at));
      g_main_context_iteration (NULL, TRUE);
    }
}

/* Rows come a few with every frame. */
static void
await_all (LfTestWindow *fixture, guint n)
{
  GListModel *shown = G_LIST_MODEL (fixture->window->list_page->shown);

  while (g_list_model_get_n_items (shown) < n)
    g_main_context_iteration (NULL, TRUE);
}

static void
search (LfTestWindow *fixture)
{
  static const char *const words[] = {
    "s", "sp", "spec 1", "spec 19", "spec 1", "", "nothing", ""
  };

  lf_spec_list_page_search (fixture->window->list_page);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gtk_editable_set_text (GTK_EDITABLE (fixture->window->list_page->search_entry), words[i]);
      run_for (REST);
    }
}

static GtkAdjustment *
adjustment_of (LfTestWindow *fixture)
{
  GtkWidget *view = _lf_spec_list_view (fixture->window->list_page);

  return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view));
}

int
main (int argc, char **argv)
{
  LfTestWindow fixture = { 0 };
  Watch watch = { .gaps = g_array_new (FALSE, FALSE, sizeof (double)),
                  .costs = g_array_new (FALSE, FALSE, sizeof (double)) };
  guint n = (guint) atoi (argv[1]);

  lf_renderer_choose ();
  adw_init ();
  lf_test_load_style ();
  lf_test_window_set_up (&fixture, NULL);
  fill (&fixture, n);
  begin (&watch);
  gtk_widget_add_tick_callback (GTK_WIDGET (fixture.window), tick_cb, &watch, NULL);
  run_for (REST);
  g_print ("{");
  tell (&watch, "empty");
  lf_test_window_open_library (&fixture);
  run_for (2 * REST);
  await_all (&fixture, n);
  tell (&watch, "opening");
  scroll (adjustment_of (&fixture));
  tell (&watch, "scrolling");
  search (&fixture);
  tell (&watch, "searching");
  g_print ("\"specs\": %u}\n", g_list_model_get_n_items (lf_test_window_items (&fixture)));
  lf_test_window_tear_down (&fixture, NULL);
  g_array_unref (watch.gaps);
  g_array_unref (watch.costs);
  return 0;
}
