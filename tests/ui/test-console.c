#include "config.h"

#include "lf-console.h"
#include "lf-log-filter-bar.h"
#include "lf-log-model.h"
#include "lf-log-save.h"
#include "lf-save-words.h"
#include "lf-test-run.h"
#include "lf-test-ui.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  GtkWidget *window;
  LfConsole *console;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->window = gtk_window_new ();
  fixture->console = g_object_new (LF_TYPE_CONSOLE, NULL);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->console));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 800, 400);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->console), (gpointer *) &fixture->console);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  lf_test_wait_until (fixture->console == NULL);
}

static guint
n_lines (Fixture *fixture)
{
  return g_list_model_get_n_items (lf_console_get_lines (fixture->console));
}

static gint64
seq_at (Fixture *fixture, guint position)
{
  g_autoptr (LfLogItem) item =
      g_list_model_get_item (lf_console_get_lines (fixture->console), position);

  return lf_log_item_get_line (item)->seq;
}

static void
append (Fixture *fixture, gint64 first, guint n)
{
  g_autoptr (GPtrArray) lines = lf_test_make_lines (first, n);

  lf_console_append (fixture->console, lines);
}

static GtkAdjustment *
adjustment_of (Fixture *fixture)
{
  GtkWidget *scroller =
      lf_test_find (GTK_WIDGET (fixture->console), GTK_TYPE_SCROLLED_WINDOW, NULL);

  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
}

static gboolean
is_at_end (Fixture *fixture)
{
  GtkAdjustment *adjustment = adjustment_of (fixture);
  double end = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);

  return end > 0 && gtk_adjustment_get_value (adjustment) >= end - 1;
}

/* All layouts that are due have been made. */
static void
settle (Fixture *fixture)
{
  gint64 end = g_get_monotonic_time () + 150000;

  lf_test_wait_until (g_get_monotonic_time () > end);
}

static void
test_follows (Fixture *fixture, gconstpointer data)
{
  append (fixture, 1, 3);
  lf_test_wait_until (n_lines (fixture) == 3);
  for (guint i = 0; i < 5; i++)
    {
      guint n = 3 + 200 * (i + 1);

      append (fixture, n - 199, 200);
      lf_test_wait_until (n_lines (fixture) == n);
      lf_test_wait_until (is_at_end (fixture));
      g_assert_true (lf_console_get_following (fixture->console));
    }
  lf_test_screenshot (GTK_WIDGET (fixture->console), "console");
}

static void
test_scrolled_up (Fixture *fixture, gconstpointer data)
{
  GtkAdjustment *adjustment = adjustment_of (fixture);
  double before;

  append (fixture, 1, 500);
  lf_test_wait_until (n_lines (fixture) == 500 && is_at_end (fixture));
  settle (fixture);
  before = gtk_adjustment_get_value (adjustment) - 1000;
  gtk_adjustment_set_value (adjustment, before);
  g_assert_false (lf_console_get_following (fixture->console));
  append (fixture, 501, 500);
  lf_test_wait_until (n_lines (fixture) == 1000);
  settle (fixture);
  g_assert_false (lf_console_get_following (fixture->console));
  g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_value (adjustment), before, 1);
  lf_test_screenshot (GTK_WIDGET (fixture->console), "console-scrolled-up");

  gtk_widget_activate_action (GTK_WIDGET (fixture->console), "console.jump-to-end", NULL);
  lf_test_wait_until (is_at_end (fixture));
  g_assert_true (lf_console_get_following (fixture->console));
  append (fixture, 1001, 100);
  lf_test_wait_until (n_lines (fixture) == 1100 && is_at_end (fixture));
}

static void
test_scrolling_back_follows (Fixture *fixture, gconstpointer data)
{
  GtkAdjustment *adjustment = adjustment_of (fixture);

  append (fixture, 1, 500);
  lf_test_wait_until (n_lines (fixture) == 500 && is_at_end (fixture));
  settle (fixture);
  gtk_adjustment_set_value (adjustment, 0);
  g_assert_false (lf_console_get_following (fixture->console));
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  g_assert_true (lf_console_get_following (fixture->console));
}

/* A smaller window is no scrolling up. */
static void
test_resized (Fixture *fixture, gconstpointer data)
{
  append (fixture, 1, 500);
  lf_test_wait_until (n_lines (fixture) == 500 && is_at_end (fixture));
  for (int height = 380; height >= 300; height -= 40)
    {
      gtk_window_set_default_size (GTK_WINDOW (fixture->window), 700, height);
      settle (fixture);
      g_assert_true (lf_console_get_following (fixture->console));
      g_assert_true (is_at_end (fixture));
    }
}

static void
test_bounded (Fixture *fixture, gconstpointer data)
{
  append (fixture, 1, 50);
  lf_test_wait_until (n_lines (fixture) == 50);
  append (fixture, 51, LF_CONSOLE_LINES + 7);
  lf_test_wait_until (n_lines (fixture) == LF_CONSOLE_LINES);
  g_assert_cmpint (seq_at (fixture, 0), ==, 58);
  g_assert_cmpint (seq_at (fixture, LF_CONSOLE_LINES - 1), ==, 50 + LF_CONSOLE_LINES + 7);
  g_assert_nonnull (lf_test_find (GTK_WIDGET (fixture->console), GTK_TYPE_LABEL,
                                  "newest 10000 lines, 57 older ones left out"));
  append (fixture, 51 + LF_CONSOLE_LINES + 7, 1);
  lf_test_wait_until (seq_at (fixture, 0) == 59);
  g_assert_cmpuint (n_lines (fixture), ==, LF_CONSOLE_LINES);
  lf_test_wait_until (is_at_end (fixture));
  lf_console_clear (fixture->console);
  g_assert_cmpuint (n_lines (fixture), ==, 0);
}

static void
finalized_cb (gpointer data, GObject *item)
{
  guint *n = data;

  (*n)++;
}

static void
watch_items (Fixture *fixture, guint *n_finalized)
{
  GListModel *lines = lf_console_get_lines (fixture->console);

  for (guint i = 0; i < n_lines (fixture); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (lines, i);

      g_object_weak_ref (item, finalized_cb, n_finalized);
    }
}

static gboolean
count_cb (gpointer user_data)
{
  guint *n = user_data;

  (*n)++;
  return G_SOURCE_CONTINUE;
}

/* A second of 50,000 lines in batches as they come: whatever else the main loop has to do is done
 * between any two of them. */
static void
flood (Fixture *fixture, guint second)
{
  guint n_turns = 0;
  guint id = g_idle_add_full (G_PRIORITY_DEFAULT, count_cb, &n_turns, NULL);

  for (guint i = 0; i < 100; i++)
    {
      append (fixture, second * 50000 + i * 500 + 1, 500);
      lf_test_wait_until (n_turns > i);
      g_assert_cmpuint (n_lines (fixture), <=, LF_CONSOLE_LINES);
    }
  g_source_remove (id);
  lf_test_wait_until (n_lines (fixture) == LF_CONSOLE_LINES &&
                      seq_at (fixture, LF_CONSOLE_LINES - 1) == (second + 1) * 50000);
  g_assert_cmpint (seq_at (fixture, 0), ==, (second + 1) * 50000 - LF_CONSOLE_LINES + 1);
}

/* Memory stays flat: no more than the newest lines are held, and the older ones are freed. */
static void
test_flood (Fixture *fixture, gconstpointer data)
{
  guint n_finalized = 0;

  flood (fixture, 0);
  watch_items (fixture, &n_finalized);
  for (guint second = 1; second < 4; second++)
    flood (fixture, second);
  lf_test_wait_until (n_finalized == LF_CONSOLE_LINES);
  lf_test_wait_until (is_at_end (fixture));
  g_assert_true (lf_console_get_following (fixture->console));
}

/* Tab goes past the lines, to the button that jumps to the end where there is one. */
static void
test_tab (Fixture *fixture, gconstpointer data)
{
  GtkWidget *list;

  append (fixture, 1, 500);
  lf_test_wait_until (n_lines (fixture) == 500 && is_at_end (fixture));
  settle (fixture);
  list = lf_test_find (GTK_WIDGET (fixture->console), GTK_TYPE_LIST_VIEW, NULL);
  gtk_widget_grab_focus (list);
  g_assert_nonnull (gtk_widget_get_focus_child (list));
  g_assert_false (gtk_widget_child_focus (GTK_WIDGET (fixture->console), GTK_DIR_TAB_FORWARD));
  gtk_adjustment_set_value (adjustment_of (fixture), 0);
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (fixture->console), GTK_DIR_TAB_FORWARD));
  g_assert_true (GTK_IS_BUTTON (gtk_window_get_focus (GTK_WINDOW (fixture->window))));
}

static void
text_cb (GObject *clipboard, GAsyncResult *result, gpointer user_data)
{
  char **text = user_data;

  *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (clipboard), result, NULL);
}

static void
test_copy (Fixture *fixture, gconstpointer data)
{
  GtkWidget *list = lf_test_find (GTK_WIDGET (fixture->console), GTK_TYPE_LIST_VIEW, NULL);
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (fixture->console));
  g_autofree char *text = NULL;

  append (fixture, 1, 10);
  lf_test_wait_until (n_lines (fixture) == 10);
  gtk_selection_model_select_range (gtk_list_view_get_model (GTK_LIST_VIEW (list)), 0, 2, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (fixture->console), "console.copy", NULL);
  gdk_clipboard_read_text_async (clipboard, NULL, text_cb, &text);
  lf_test_wait_until (text != NULL);
  g_assert_true (
      g_str_has_suffix (text, " debug interval 4,187 requests, 0 failed, p95 24.9 ms\n"));
  g_assert_nonnull (strstr (text, " error transport 127.0.0.1:8080: connection refused (×12)\n"));
}

static guint
n_shown (Fixture *fixture)
{
  g_autoptr (GPtrArray) shown = lf_console_get_shown (fixture->console);

  return shown->len;
}

static GtkWidget *
find (Fixture *fixture, const char *id)
{
  GtkWidget *bar = lf_test_find (GTK_WIDGET (fixture->console), LF_TYPE_LOG_FILTER_BAR, NULL);

  return GTK_WIDGET (gtk_widget_get_template_child (bar, LF_TYPE_LOG_FILTER_BAR, id));
}

static void
choose (Fixture *fixture, const char *id, guint n)
{
  gtk_drop_down_set_selected (GTK_DROP_DOWN (find (fixture, id)), n);
}

static void
search (Fixture *fixture, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (find (fixture, "search")), text);
}

static gboolean
counts (Fixture *fixture, const char *text)
{
  return lf_test_find (GTK_WIDGET (fixture->console), GTK_TYPE_LABEL, text) != NULL;
}

/* Of the made lines a quarter each is a stage, a refused connection, an interval, an answer. */
static void
test_filter (Fixture *fixture, gconstpointer data)
{
  append (fixture, 1, 400);
  lf_test_wait_until (n_lines (fixture) == 400);
  search (fixture, "CONNECTION Refused");
  lf_test_wait_until (n_shown (fixture) == 100 && counts (fixture, "100 of 400 lines"));
  append (fixture, 401, 400); /* while it is filtered */
  lf_test_wait_until (n_shown (fixture) == 200 && is_at_end (fixture));
  lf_test_screenshot (GTK_WIDGET (fixture->console), "console-filtered");
  search (fixture, "");
  choose (fixture, "kind", 1 + LF_LOG_CLASS_HTTP);
  lf_test_wait_until (n_shown (fixture) == 200);
  search (fixture, "refused");
  lf_test_wait_until (n_shown (fixture) == 0);
  g_assert_true (
      counts (fixture, "No line matches. Choose other levels or kinds, or clear the search."));
  lf_test_screenshot (GTK_WIDGET (fixture->console), "console-no-match");
  search (fixture, "");
  choose (fixture, "kind", 0);
  lf_test_wait_until (n_shown (fixture) == 800 && counts (fixture, "800 lines"));
  lf_console_clear (fixture->console);
  g_assert_true (counts (fixture, "No log lines yet"));
}

static guint
n_from (Fixture *fixture, LfLogLevel least)
{
  GListModel *lines = lf_console_get_lines (fixture->console);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (lines); i++)
    {
      g_autoptr (LfLogItem) item = g_list_model_get_item (lines, i);

      n += lf_log_item_get_line (item)->level >= least;
    }
  return n;
}

static void
test_levels (Fixture *fixture, gconstpointer data)
{
  append (fixture, 1, 400);
  lf_test_wait_until (n_lines (fixture) == 400);
  for (guint level = LF_LOG_DEBUG; level <= LF_LOG_ERROR; level++)
    {
      choose (fixture, "level", level);
      lf_test_wait_until (n_shown (fixture) == n_from (fixture, level));
      g_assert_cmpuint (n_shown (fixture), >, 0);
    }
  g_assert_cmpuint (n_shown (fixture), <, 400);
}

/* A million lines in batches, with a filter: the newest are held, those that match are shown, and
 * the main loop has its turn between any two batches. */
static void
test_million (Fixture *fixture, gconstpointer data)
{
  guint n_finalized = 0;

  search (fixture, "refused");
  flood (fixture, 0);
  watch_items (fixture, &n_finalized);
  for (guint second = 1; second < 20; second++)
    flood (fixture, second);
  lf_test_wait_until (n_finalized == LF_CONSOLE_LINES);
  lf_test_wait_until (n_shown (fixture) == LF_CONSOLE_LINES / 4);
  g_assert_cmpint (seq_at (fixture, LF_CONSOLE_LINES - 1), ==, 1000000);
  lf_test_wait_until (is_at_end (fixture));
}

static void
test_narrow (Fixture *fixture, gconstpointer data)
{
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 480);
  append (fixture, 1, 60);
  lf_test_wait_until (n_lines (fixture) == 60 && gtk_widget_get_width (fixture->window) == 360);
  lf_test_wait_until (is_at_end (fixture));
  lf_test_screenshot (GTK_WIDGET (fixture->console), "console-narrow");
}

/* Without a selection, all that are shown are copied. */
static void
test_copy_all (Fixture *fixture, gconstpointer data)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (fixture->console));
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  append (fixture, 1, 40);
  lf_test_wait_until (n_lines (fixture) == 40);
  search (fixture, "refused");
  lf_test_wait_until (n_shown (fixture) == 10);
  gtk_widget_activate_action (GTK_WIDGET (fixture->console), "console.copy", NULL);
  gdk_clipboard_read_text_async (clipboard, NULL, text_cb, &text);
  lf_test_wait_until (text != NULL);
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 11);
  g_assert_nonnull (strstr (lines[9], "connection refused"));
  g_assert_cmpstr (lines[10], ==, "");
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
save (Fixture *fixture, GFile *file)
{
  g_autoptr (GPtrArray) shown = lf_console_get_shown (fixture->console);
  GAsyncResult *result = NULL;

  lf_log_save_async (file, shown, NULL, saved_cb, &result);
  lf_test_wait_until (result != NULL);
  return result;
}

/* What is saved is what is shown; what cannot be saved is told with what to do. */
static void
test_save (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "console.log", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) lost = g_file_new_for_path ("/nowhere/at/all/console.log");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) refused = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *words = NULL;

  append (fixture, 1, 40);
  lf_test_wait_until (n_lines (fixture) == 40);
  choose (fixture, "kind", 1 + LF_LOG_CLASS_STAGE);
  lf_test_wait_until (n_shown (fixture) == 10);
  result = save (fixture, file);
  g_assert_true (lf_log_save_finish (result, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_str_has_suffix (text, "500 users reached, holding for 30 s\n"));
  g_assert_cmpint (g_unlink (path), ==, 0);
  refused = save (fixture, lost);
  g_assert_false (lf_log_save_finish (refused, &error));
  words = lf_save_words_failed (lost, error);
  g_assert_cmpstr (words, ==,
                   "“console.log” was not saved: its folder is gone. Choose another folder.");
}

static void
test_save_words (void)
{
  static const struct
  {
    int code;
    const char *words;
  } cases[] = {
    { G_IO_ERROR_NO_SPACE,
      "“a 100%s.csv” was not saved: the disk is full. Free some space, or choose another folder." },
    { G_IO_ERROR_PERMISSION_DENIED,
      "“a 100%s.csv” was not saved: you may not write there. Choose a folder of your own." },
    { G_IO_ERROR_FAILED, "“a 100%s.csv” was not saved: Input/output error" },
  };
  g_autoptr (GFile) file = g_file_new_for_path ("/tmp/a 100%s.csv");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error =
          g_error_new_literal (G_IO_ERROR, cases[i].code, "Input/output error");
      g_autofree char *words = lf_save_words_failed (file, error);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

int
main (int argc, char **argv)
{
  lf_test_ui_init (&argc, &argv);
  g_test_add ("/console/follows", Fixture, NULL, set_up, test_follows, tear_down);
  g_test_add ("/console/scrolled-up", Fixture, NULL, set_up, test_scrolled_up, tear_down);
  g_test_add ("/console/scrolling-back-follows", Fixture, NULL, set_up, test_scrolling_back_follows,
              tear_down);
  g_test_add ("/console/resized", Fixture, NULL, set_up, test_resized, tear_down);
  g_test_add ("/console/bounded", Fixture, NULL, set_up, test_bounded, tear_down);
  g_test_add ("/console/flood", Fixture, NULL, set_up, test_flood, tear_down);
  g_test_add ("/console/tab", Fixture, NULL, set_up, test_tab, tear_down);
  g_test_add ("/console/copy", Fixture, NULL, set_up, test_copy, tear_down);
  g_test_add ("/console/filter", Fixture, NULL, set_up, test_filter, tear_down);
  g_test_add ("/console/levels", Fixture, NULL, set_up, test_levels, tear_down);
  g_test_add ("/console/million", Fixture, NULL, set_up, test_million, tear_down);
  g_test_add ("/console/narrow", Fixture, NULL, set_up, test_narrow, tear_down);
  g_test_add ("/console/copy-all", Fixture, NULL, set_up, test_copy_all, tear_down);
  g_test_add ("/console/save", Fixture, NULL, set_up, test_save, tear_down);
  g_test_add_func ("/console/save-words", test_save_words);
  return g_test_run ();
}
