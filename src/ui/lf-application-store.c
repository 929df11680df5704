#include "config.h"

#include "lf-application-private.h"

#include "lf-chosen-store.h"
#include "lf-error.h"
#include "lf-preferences.h"
#include "lf-settings.h"
#include "lf-store-uri.h"

LfWindow *
_lf_application_find_window (LfApplication *self)
{
  for (GList *link = gtk_application_get_windows (GTK_APPLICATION (self)); link != NULL;
       link = link->next)
    if (LF_IS_WINDOW (link->data))
      return link->data;
  return NULL;
}

static gboolean
has_windows (LfApplication *self)
{
  return gtk_application_get_windows (GTK_APPLICATION (self)) != NULL;
}

static gboolean
has_runs (LfApplication *self)
{
  GListModel *active = self->workspace != NULL
                           ? lf_run_manager_get_active (lf_workspace_get_runs (self->workspace))
                           : NULL;

  return active != NULL && g_list_model_get_n_items (active) > 0;
}

void
_lf_application_show_store (LfApplication *self, LfWindow *window)
{
  lf_window_set_library (window, self->library);
  if (self->library == NULL)
    lf_window_set_error (window, self->error);
}

void
_lf_application_limit_scheduler (LfApplication *self)
{
  if (self->scheduler != NULL)
    lf_scheduler_limit (self->scheduler, lf_settings_get_number (self->settings, "workers"),
                        lf_settings_get_number (self->settings, "max-sockets"));
}

/* While the window is open, its specs run at their times. */
static void
start_scheduler (LfApplication *self)
{
  self->scheduler = lf_scheduler_new (lf_workspace_get_store (self->workspace),
                                      lf_workspace_get_runs (self->workspace));
  _lf_application_limit_scheduler (self);
  lf_notifier_follow (self->notifier, self->scheduler);
  g_signal_connect_object (self->library, "changed", G_CALLBACK (lf_scheduler_look),
                           self->scheduler, G_CONNECT_SWAPPED);
  lf_scheduler_start (self->scheduler);
}

void
_lf_application_stop_scheduler (LfApplication *self)
{
  if (self->scheduler != NULL)
    lf_scheduler_stop (self->scheduler);
  g_clear_object (&self->scheduler);
}

void
_lf_application_show_in_preferences (LfApplication *self)
{
  LfStore *store =
      self->workspace != NULL && !self->closing ? lf_workspace_get_store (self->workspace) : NULL;

  if (self->preferences == NULL)
    return;
  lf_preferences_set_store (LF_PREFERENCES (self->preferences), store, self->store_uri);
  lf_preferences_set_library (LF_PREFERENCES (self->preferences), self->library);
}

static void
store_closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfApplication) self = user_data;
  g_autoptr (GError) error = NULL;
  LfWindow *window = _lf_application_find_window (self);

  /* Nobody is left to be told, except by whoever reads the journal. */
  if (!lf_store_close_finish (LF_STORE (source), result, &error))
    g_message ("%s", error->message);
  g_clear_object (&self->notifier);
  g_clear_object (&self->library);
  g_clear_object (&self->workspace);
  self->closing = FALSE;
  if (window != NULL) /* it was asked for again meanwhile */
    {
      _lf_application_show_store (self, window);
      _lf_application_open_store (self);
    }
  g_application_release (G_APPLICATION (self));
}

static void
flushed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfApplication) self = user_data;

  lf_store_close_async (lf_workspace_get_store (self->workspace), store_closed_cb,
                        g_object_ref (self));
}

void
_lf_application_close_store (LfApplication *self)
{
  if (self->closing || self->library == NULL)
    return;
  self->closing = TRUE;
  _lf_application_show_in_preferences (self); /* what was told there is done now */
  _lf_application_stop_scheduler (self);
  lf_remote_access_set_workspace (self->remote, NULL);
  g_application_hold (G_APPLICATION (self));
  lf_spec_library_flush_async (self->library, flushed_cb, g_object_ref (self));
}

/* A run that goes on without a window keeps the store, and the application, until it is saved. */
static void
linger (LfApplication *self)
{
  if (self->lingering)
    return;
  self->lingering = TRUE;
  g_application_hold (G_APPLICATION (self));
}

static void
runs_changed_cb (LfApplication *self)
{
  if (!self->lingering || has_runs (self))
    return;
  self->lingering = FALSE;
  if (!has_windows (self))
    _lf_application_close_store (self);
  g_application_release (G_APPLICATION (self));
}

static void
workspace_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfApplication) self = user_data;
  LfWindow *window = _lf_application_find_window (self);

  self->opening = FALSE;
  g_clear_error (&self->error);
  self->workspace = lf_workspace_open_finish (result, &self->error);
  if (self->workspace != NULL)
    {
      self->library = lf_spec_library_new (self->workspace);
      self->notifier =
          lf_notifier_new (G_APPLICATION (self), lf_workspace_get_runs (self->workspace));
      start_scheduler (self);
      g_signal_connect_object (self->remote, "store-changed", G_CALLBACK (lf_spec_library_refresh),
                               self->library, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->remote, "store-changed", G_CALLBACK (lf_scheduler_look),
                               self->scheduler, G_CONNECT_SWAPPED);
      g_signal_connect_object (lf_run_manager_get_active (lf_workspace_get_runs (self->workspace)),
                               "items-changed", G_CALLBACK (runs_changed_cb), self,
                               G_CONNECT_SWAPPED);
      lf_remote_access_set_workspace (self->remote, self->workspace);
    }
  if (window != NULL)
    _lf_application_show_store (self, window);
  _lf_application_show_in_preferences (self);
  if (!has_windows (self)) /* they were closed meanwhile */
    _lf_application_close_store (self);
  g_application_release (G_APPLICATION (self));
}

static void
open_uri (LfApplication *self, const char *uri)
{
  LfWindow *window = _lf_application_find_window (self);
  g_autofree char *name = uri != NULL ? lf_store_uri_with_password (uri, NULL) : NULL;

  if (window != NULL)
    lf_window_set_waiting (window, name);
  lf_workspace_open_async (uri, NULL, workspace_opened_cb, g_object_ref (self));
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfApplication) self = user_data;
  LfWindow *window = _lf_application_find_window (self);
  g_autofree char *uri = NULL;

  g_clear_error (&self->error);
  if (lf_chosen_store_finish (result, &uri, &self->error))
    {
      open_uri (self, uri);
      return;
    }
  self->opening = FALSE;
  if (window != NULL)
    _lf_application_show_store (self, window);
  g_application_release (G_APPLICATION (self));
}

/* A server that answers and does not let in may have been given the wrong password. */
static void
open_chosen (LfApplication *self)
{
  gboolean refused = g_error_matches (self->error, LF_ERROR, LF_ERROR_FAILED);

  lf_chosen_store_async (self->settings, self->keeper,
                         GTK_WINDOW (_lf_application_find_window (self)), refused, chosen_cb,
                         g_object_ref (self));
}

void
_lf_application_open_store (LfApplication *self)
{
  if (self->opening || self->closing || self->workspace != NULL)
    return;
  self->opening = TRUE;
  g_application_hold (G_APPLICATION (self));
  if (self->store_uri != NULL)
    open_uri (self, self->store_uri);
  else
    open_chosen (self);
}

void
_lf_application_leave_store (LfApplication *self)
{
  if (has_runs (self))
    linger (self);
  else
    _lf_application_close_store (self);
}
