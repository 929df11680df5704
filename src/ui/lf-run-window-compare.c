#include "config.h"

#include "lf-run-window-private.h"

#include "lf-compare-window.h"
#include "lf-run-chooser.h"
#include "lf-run-details.h"
#include "lf-widget-private.h"

#include <glib/gi18n.h>

/* What this run is to be held against: the spec's baseline, else the run before it; NULL for none.
 * @runs: the newest first. */
static const LfRun *
choose (const LfRun *shown, GPtrArray *runs)
{
  const LfRun *before = NULL;

  for (guint i = 0; i < runs->len; i++)
    {
      const LfRun *run = runs->pdata[i];

      if (g_strcmp0 (run->id, shown->id) == 0 || lf_run_is_active (run))
        continue;
      if (run->baseline)
        return run;
      if (before == NULL && g_strcmp0 (run->id, shown->id) < 0) /* ids grow with time */
        before = run;
    }
  return before;
}

/* It has ended, and there is a store that may hold others. */
static gboolean
may_compare (LfRunWindow *self)
{
  return _lf_run_window_get_run (self) != NULL && !self->live && self->workspace != NULL &&
         lf_workspace_get_store (self->workspace) != NULL;
}

static void
open_comparison (LfRunWindow *self, LfStore *store, const char *one, const char *other)
{
  gboolean in_order = g_strcmp0 (one, other) < 0;
  LfCompareWindow *window =
      lf_compare_window_new (store, in_order ? one : other, in_order ? other : one);

  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (self));
  gtk_window_present (GTK_WINDOW (window));
}

static void
runs_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfRunWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) runs = lf_store_list_runs_finish (LF_STORE (source), result, &error);
  const LfRun *shown = _lf_run_window_get_run (self);
  const LfRun *other = runs != NULL && shown != NULL ? choose (shown, runs) : NULL;

  if (_lf_widget_is_closed (self))
    return;
  if (runs == NULL)
    _lf_run_window_toast (self, error->message);
  else if (other == NULL)
    _lf_run_window_toast (self, _ ("There is no other run of this spec yet"));
  else
    open_comparison (self, LF_STORE (source), other->id, shown->id);
}

/* The run that stands in the window was shown when it was opened: the chooser is modal. */
static void
chosen_cb (LfRunChooser *chooser, const char *id, LfRunWindow *self)
{
  open_comparison (self, lf_workspace_get_store (self->workspace), id,
                   _lf_run_window_get_run (self)->id);
}

void
_lf_run_window_compare_with (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LfRunWindow *self = LF_RUN_WINDOW (widget);
  const LfRun *run = _lf_run_window_get_run (self);
  LfRunChooser *chooser;

  if (!may_compare (self))
    return;
  chooser = lf_run_chooser_new (lf_workspace_get_store (self->workspace), run->spec_id, run->id);
  g_signal_connect_object (chooser, "chosen", G_CALLBACK (chosen_cb), self, 0);
  gtk_window_set_transient_for (GTK_WINDOW (chooser), GTK_WINDOW (self));
  gtk_window_present (GTK_WINDOW (chooser));
}

void
_lf_run_window_compare (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LfRunWindow *self = LF_RUN_WINDOW (widget);
  const LfRun *run = _lf_run_window_get_run (self);
  LfRunQuery query = { .brief = TRUE };

  if (!may_compare (self))
    return;
  if (run->spec_id == NULL)
    {
      _lf_run_window_toast (self, _ ("There is no other run of this spec yet"));
      return;
    }
  query.spec_id = run->spec_id;
  lf_store_list_runs_async (lf_workspace_get_store (self->workspace), &query, NULL, runs_listed_cb,
                            g_object_ref (self));
}

/* The window goes on to tell what it told: only what a person said of the run has changed. */
void
_lf_run_window_details (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LfRunWindow *self = LF_RUN_WINDOW (widget);
  const LfRun *run = _lf_run_window_get_run (self);
  LfRunDetails *details;

  if (run == NULL || self->live || self->workspace == NULL)
    return;
  details = lf_run_details_new (lf_workspace_get_store (self->workspace), run->id);
  gtk_window_set_transient_for (GTK_WINDOW (details), GTK_WINDOW (self));
  gtk_window_present (GTK_WINDOW (details));
}
