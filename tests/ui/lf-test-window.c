#include "config.h"

#include "lf-test-window.h"

#include "lf-test-run.h"
#include "lf-test-specs.h"
#include "lf-test-ui.h"

#include "lf-id.h"
#include "lf-spec-list-private.h"
#include "lf-time.h"

LfWorkspace *
lf_test_window_open_workspace (const char *uri, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lf_workspace_open_async (uri, NULL, lf_test_specs_got_cb, &result);
  lf_test_wait_until (result != NULL);
  return lf_workspace_open_finish (result, error);
}

void
lf_test_window_open_library (LfTestWindow *fixture)
{
  fixture->library = lf_spec_library_new (fixture->workspace);
  lf_window_set_library (fixture->window, fixture->library);
  lf_test_wait_until (lf_spec_library_is_loaded (fixture->library));
}

void
lf_test_window_set_up (LfTestWindow *fixture, gconstpointer data)
{
  g_autofree char *uri = g_strdup_printf ("sqlite:%s/test.db", g_get_tmp_dir ());
  g_autoptr (GError) error = NULL;

  fixture->workspace = lf_test_window_open_workspace (uri, &error);
  g_assert_no_error (error);
  fixture->store = g_object_ref (lf_workspace_get_store (fixture->workspace));
  fixture->demo = lf_demo_new ();
  fixture->window = lf_window_new (NULL, fixture->demo);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window)); /* earlier, it cannot be resized */
}

void
lf_test_window_tear_down (LfTestWindow *fixture, gconstpointer data)
{
  gpointer window = fixture->window;
  gpointer content = NULL;

  if (window != NULL)
    {
      content = adw_application_window_get_content (window);
      g_object_add_weak_pointer (window, &window);
      g_object_add_weak_pointer (content, &content);
      gtk_window_destroy (window);
      lf_test_wait_until (window == NULL && content == NULL);
    }
  g_clear_object (&fixture->library);
  g_clear_object (&fixture->workspace);
  g_clear_object (&fixture->demo);
  lf_test_specs_close (fixture->store);
}

GListModel *
lf_test_window_items (LfTestWindow *fixture)
{
  return lf_spec_library_get_items (fixture->library);
}

gboolean
lf_test_window_shows (LfTestWindow *fixture, const char *text)
{
  return lf_test_find (GTK_WIDGET (fixture->window), GTK_TYPE_WIDGET, text) != NULL;
}

void
lf_test_window_activate (LfTestWindow *fixture, const char *action, const char *id)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), action,
                                             id != NULL ? "s" : NULL, id));
}

void
lf_test_window_command (LfTestWindow *fixture, const char *action)
{
  g_assert_true (
      gtk_widget_activate_action (GTK_WIDGET (fixture->window->list_page), action, NULL));
}

void
lf_test_window_select (LfTestWindow *fixture, ...)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (fixture->window->list_page->selection);
  const char *id;
  va_list ids;

  gtk_selection_model_unselect_all (model);
  va_start (ids, fixture);
  while ((id = va_arg (ids, const char *)) != NULL)
    for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (model)); i++)
      {
        g_autoptr (LfSpecItem) item = g_list_model_get_item (G_LIST_MODEL (model), i);

        if (g_strcmp0 (lf_spec_item_get_id (item), id) == 0)
          gtk_selection_model_select_item (model, i, FALSE);
      }
  va_end (ids);
}

AdwMessageDialog *
lf_test_window_find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window) && gtk_widget_get_mapped (window))
        return ADW_MESSAGE_DIALOG (window);
    }
  return NULL;
}

void
lf_test_window_answer (const char *heading, const char *response)
{
  AdwMessageDialog *dialog;
  GtkWidget *label;

  lf_test_wait_until (lf_test_window_find_dialog () != NULL);
  dialog = lf_test_window_find_dialog ();
  g_assert_cmpstr (adw_message_dialog_get_heading (dialog), ==, heading);
  label = lf_test_find (GTK_WIDGET (dialog), GTK_TYPE_LABEL, response);
  g_signal_emit_by_name (gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON), "clicked");
  lf_test_wait_until (lf_test_window_find_dialog () == NULL);
}

void
lf_test_window_press_undo (LfTestWindow *fixture)
{
  GtkWidget *label;

  lf_test_wait_until (lf_test_window_shows (fixture, "Undo"));
  label = lf_test_find (GTK_WIDGET (fixture->window), GTK_TYPE_LABEL, "Undo");
  g_signal_emit_by_name (gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON), "clicked");
}

void
lf_test_window_flush (LfTestWindow *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;

  lf_spec_library_flush_async (fixture->library, lf_test_specs_got_cb, &result);
  lf_test_wait_until (result != NULL);
}

void
lf_test_window_shoot (LfTestWindow *fixture, const char *page, gboolean dark, int width)
{
  g_autofree char *name =
      g_strdup_printf ("%s-%s%s", page, dark ? "dark" : "light", width < 400 ? "-narrow" : "");
  guint turns = 0;

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                           : ADW_COLOR_SCHEME_FORCE_LIGHT);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), width, 820);
  lf_test_wait_until (gtk_widget_get_width (GTK_WIDGET (fixture->window)) == width && turns++ > 20);
  lf_test_screenshot (GTK_WIDGET (fixture->window), name);
}

void
lf_test_window_save_run (LfTestWindow *fixture,
                         const LfSpec *spec,
                         LfVerdict verdict,
                         gint64 minutes_ago,
                         double p95)
{
  g_autoptr (LfRun) run = lf_test_make_run (LF_RUN_FINISHED, verdict, 40);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  lf_set_string (&run->schema, LF_RUN_SCHEMA);
  g_free (run->id);
  run->id = lf_id_new ();
  lf_set_string (&run->spec_id, spec->id);
  lf_set_string (&run->spec_name, spec->name);
  run->started_at = lf_time_now () - minutes_ago * 60000;
  run->ended_at = run->started_at + 40000;
  run->summary->latency->response_time->p95 = p95;
  lf_store_save_run_async (fixture->store, run, NULL, lf_test_specs_got_cb, &result);
  lf_test_wait_until (result != NULL);
  g_assert_true (lf_store_save_run_finish (fixture->store, result, &error));
}
