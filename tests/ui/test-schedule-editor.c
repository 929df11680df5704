#include "config.h"

#include "lf-test-editor.h"
#include "lf-test-ui.h"

#include "lf-schedule-editor-private.h"

#include <string.h>

/* The row in the editor of a spec, as a person finds it. */
typedef LfTestEditor Fixture;

static LfScheduleEditor *
row (Fixture *fixture)
{
  return LF_SCHEDULE_EDITOR (fixture->editor->schedule);
}

/* A spec with @schedule, in JSON; NULL for none. */
static void
show_spec (Fixture *fixture, const char *schedule)
{
  g_autofree char *text =
      g_strdup_printf ("{\"name\":\"Nightly\",\"steps\":[{\"url\":\"http://localhost/\"}],"
                       "\"loadProfile\":{\"users\":1,\"steady\":1}%s%s}",
                       schedule != NULL ? ",\"schedule\":" : "", schedule != NULL ? schedule : "");
  g_autoptr (GError) error = NULL;
  g_autoptr (LfSpec) spec = lf_spec_from_text (text, -1, &error);

  g_assert_no_error (error);
  lf_spec_editor_set_spec (fixture->editor, fixture->store, spec);
  g_assert_false (lf_spec_editor_is_modified (fixture->editor));
}

static void
turn (Fixture *fixture, gboolean on)
{
  gtk_switch_set_active (GTK_SWITCH (row (fixture)->enabled), on);
}

static const char *
get_text (GtkWidget *entry)
{
  return gtk_editable_get_text (GTK_EDITABLE (entry));
}

static const char *
label_of (GtkWidget *label)
{
  return gtk_label_get_text (GTK_LABEL (label));
}

static const LfSpecSchedule *
get_schedule (Fixture *fixture)
{
  return lf_spec_editor_get_spec (fixture->editor)->schedule;
}

/* Off from the start; on, it has a time to begin with; off again, nothing was changed. */
static void
test_switch (Fixture *fixture, gconstpointer data)
{
  show_spec (fixture, NULL);
  g_assert_false (gtk_widget_get_visible (row (fixture)->details));
  turn (fixture, TRUE);
  g_assert_true (gtk_widget_get_visible (row (fixture)->details));
  g_assert_true (lf_spec_editor_is_modified (fixture->editor));
  g_assert_cmpstr (get_schedule (fixture)->cron, ==, "0 2 * * *");
  g_assert_true (get_schedule (fixture)->enabled);
  g_assert_cmpstr (label_of (row (fixture)->words), ==, "At 02:00, every day");
  turn (fixture, FALSE);
  g_assert_null (get_schedule (fixture));
  g_assert_false (lf_spec_editor_is_modified (fixture->editor));
}

/* One that the document has is only switched off. */
static void
test_off (Fixture *fixture, gconstpointer data)
{
  show_spec (fixture, "{\"cron\":\"5 4 * * *\",\"enabled\":true,\"future\":1}");
  g_assert_true (gtk_switch_get_active (GTK_SWITCH (row (fixture)->enabled)));
  turn (fixture, FALSE);
  g_assert_false (get_schedule (fixture)->enabled);
  g_assert_cmpstr (get_schedule (fixture)->cron, ==, "5 4 * * *");
  g_assert_null (get_schedule (fixture)->time_zone);
  g_assert_true (lf_spec_editor_is_modified (fixture->editor));
  turn (fixture, TRUE);
  g_assert_false (lf_spec_editor_is_modified (fixture->editor));
}

static void
test_presets (Fixture *fixture, gconstpointer data)
{
  GtkDropDown *presets = GTK_DROP_DOWN (row (fixture)->presets);
  guint own;

  show_spec (fixture, NULL);
  turn (fixture, TRUE);
  own = g_list_model_get_n_items (gtk_drop_down_get_model (presets)) - 1;
  gtk_drop_down_set_selected (presets, 2);
  g_assert_cmpstr (get_text (row (fixture)->cron), ==, "0 7 * * MON-FRI");
  g_assert_cmpstr (get_schedule (fixture)->cron, ==, "0 7 * * MON-FRI");
  lf_test_set_text (row (fixture)->cron, "30 6 * * *");
  g_assert_cmpuint (gtk_drop_down_get_selected (presets), ==, own);
  lf_test_set_text (row (fixture)->cron, "0 * * * *");
  g_assert_cmpuint (gtk_drop_down_get_selected (presets), ==, 0);
  gtk_drop_down_set_selected (presets, own);
  g_assert_cmpstr (get_text (row (fixture)->cron), ==, "0 * * * *");
}

static guint
count_lines (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  return g_strv_length (lines);
}

/* Five times in words; a mistake stands beside the expression, and nothing is told of it then. */
static void
test_messages (Fixture *fixture, gconstpointer data)
{
  LfScheduleEditor *schedule = row (fixture);

  show_spec (fixture, "{\"cron\":\"30 2 * * MON\",\"timeZone\":\"Europe/Berlin\"}");
  g_assert_cmpstr (label_of (schedule->words), ==, "At 02:30, Monday");
  g_assert_cmpuint (count_lines (label_of (schedule->times)), ==, 5);
  g_assert_true (g_str_has_prefix (label_of (schedule->times), "Monday, "));
  g_assert_nonnull (strstr (label_of (schedule->times), ", 02:30"));
  lf_test_set_text (schedule->cron, "30 25 * * MON");
  g_assert_false (gtk_widget_get_visible (schedule->coming));
  lf_test_wait_until (lf_test_message_of (schedule->cron_field) != NULL);
  g_assert_nonnull (strstr (lf_test_message_of (schedule->cron_field), "Hour: "));
  g_assert_false (gtk_widget_get_visible (fixture->editor->problems_box));
  lf_test_set_text (schedule->cron, "30 2 * * MON");
  lf_test_wait_until (lf_test_message_of (schedule->cron_field) == NULL);
  lf_test_set_text (schedule->zone, "Europe/Atlantis");
  lf_test_wait_until (lf_test_message_of (schedule->zone_field) != NULL);
  g_assert_nonnull (strstr (lf_test_message_of (schedule->zone_field), "Europe/Atlantis"));
  turn (fixture, FALSE); /* what is off may be half written */
  lf_test_wait_until (lf_test_message_of (schedule->zone_field) == NULL);
}

/* What is saved is what the scheduler finds. */
static void
test_save (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) saved = NULL;
  g_autoptr (GAsyncResult) listed = NULL;
  g_autoptr (GPtrArray) schedules = NULL;
  g_autoptr (GError) error = NULL;

  show_spec (fixture, NULL);
  turn (fixture, TRUE);
  lf_test_set_text (row (fixture)->zone, "UTC");
  lf_spec_editor_save_async (fixture->editor, lf_test_specs_got_cb, &saved);
  lf_test_wait_until (saved != NULL);
  g_assert_true (lf_spec_editor_save_finish (fixture->editor, saved, &error));
  lf_store_list_schedules_async (fixture->store, NULL, lf_test_specs_got_cb, &listed);
  lf_test_wait_until (listed != NULL);
  schedules = lf_store_list_schedules_finish (fixture->store, listed, &error);
  g_assert_cmpuint (schedules->len, ==, 1);
  g_assert_cmpstr (((LfRunSchedule *) schedules->pdata[0])->cron, ==, "0 2 * * *");
  g_assert_cmpstr (((LfRunSchedule *) schedules->pdata[0])->time_zone, ==, "UTC");
  g_assert_cmpint (((LfRunSchedule *) schedules->pdata[0])->next_run_at, >, 0);
}

static void
shoot (Fixture *fixture, int width, const char *name)
{
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), width, 900);
  lf_test_wait_until ((gtk_widget_get_width (fixture->window) < 700) == (width < 700));
  gtk_widget_grab_focus (row (fixture)->zone); /* scrolls there */
  gtk_widget_grab_focus (row (fixture)->cron);
  lf_test_screenshot (fixture->window, name);
  g_assert_true (lf_test_fits (row (fixture)->details));
}

static void
test_shots (Fixture *fixture, gconstpointer data)
{
  show_spec (fixture, "{\"cron\":\"0 7 * * MON-FRI\",\"timeZone\":\"America/New_York\"}");
  shoot (fixture, 700, "schedule");
  shoot (fixture, 360, "schedule-narrow");
  lf_test_set_text (row (fixture)->cron, "0 22-6 * * *");
  lf_test_wait_until (lf_test_message_of (row (fixture)->cron_field) != NULL);
  shoot (fixture, 360, "schedule-fault-narrow");
  shoot (fixture, 700, "schedule-fault");
}

#define ADD(path, test)                                                                            \
  g_test_add ("/ui/schedule-editor/" path, Fixture, NULL, lf_test_editor_set_up, test,             \
              lf_test_editor_tear_down)

int
main (int argc, char *argv[])
{
  lf_test_ui_init (&argc, &argv);
  ADD ("switch", test_switch);
  ADD ("off", test_off);
  ADD ("presets", test_presets);
  ADD ("messages", test_messages);
  ADD ("save", test_save);
  ADD ("shots", test_shots);
  return g_test_run ();
}
