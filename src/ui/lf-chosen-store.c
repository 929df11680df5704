#include "config.h"

#include "lf-chosen-store.h"

#include "lf-error.h"
#include "lf-password-dialog.h"
#include "lf-settings.h"
#include "lf-store-uri.h"
#include "lf-workspace.h"

#include <glib/gi18n.h>

typedef struct
{
  LfPasswordKeeper *keeper;
  GtkWindow *parent; /* or NULL */
  char *uri;         /* without a password */
  gboolean refused;
  gboolean answered;
} Choice;

static void
choice_free (gpointer data)
{
  Choice *choice = data;

  g_object_unref (choice->keeper);
  g_clear_weak_pointer (&choice->parent);
  g_free (choice->uri);
  g_free (choice);
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  lf_password_keeper_keep_finish (LF_PASSWORD_KEEPER (source), result);
}

static void
answered_cb (LfPasswordDialog *dialog, const char *response, gpointer user_data)
{
  GTask *task = user_data;
  Choice *choice = g_task_get_task_data (task);
  const char *password = lf_password_dialog_get_password (dialog);

  if (g_strcmp0 (response, "open") != 0)
    return; /* the end of the dialog tells */
  choice->answered = TRUE;
  lf_password_keeper_keep_async (choice->keeper, choice->uri, password, kept_cb, NULL);
  g_task_return_pointer (task, lf_store_uri_with_password (choice->uri, password), g_free);
}

/* Also where the window went, and the dialog with it. */
static void
gone_cb (gpointer user_data, GClosure *closure)
{
  g_autoptr (GTask) task = user_data;
  Choice *choice = g_task_get_task_data (task);

  if (!choice->answered)
    g_task_return_new_error (task, LF_ERROR, LF_ERROR_STATE,
                             _ ("%s: no password was given; try again, or choose another store "
                                "in Preferences"),
                             choice->uri);
}

static void
ask (GTask *task)
{
  Choice *choice = g_task_get_task_data (task);
  GtkWidget *dialog = lf_password_dialog_new (choice->parent, choice->uri, choice->refused);

  g_signal_connect_data (dialog, "response", G_CALLBACK (answered_cb), task, gone_cb, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Choice *choice = g_task_get_task_data (task);
  g_autofree char *password =
      lf_password_keeper_look_up_finish (LF_PASSWORD_KEEPER (source), result);
  g_autofree char *whole = lf_store_uri_with_password (choice->uri, password);

  if (lf_store_uri_lacks_password (whole) ||
      (choice->refused && lf_store_uri_lacks_password (choice->uri)))
    {
      ask (task);
      return;
    }
  g_task_return_pointer (task, g_steal_pointer (&whole), g_free);
  g_object_unref (task);
}

void
lf_chosen_store_async (GSettings *settings,
                       LfPasswordKeeper *keeper,
                       GtkWindow *parent,
                       gboolean refused,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  LfSettingsStore store = lf_settings_get_store (settings);
  Choice *choice;

  g_task_set_source_tag (task, lf_chosen_store_async);
  if (store != LF_SETTINGS_STORE_MONGODB)
    {
      /* One that cannot be made is told when it is opened. */
      g_task_return_pointer (
          task, store == LF_SETTINGS_STORE_LOCAL ? lf_workspace_make_embedded_uri (NULL) : NULL,
          g_free);
      g_object_unref (task);
      return;
    }
  choice = g_new0 (Choice, 1);
  choice->keeper = g_object_ref (keeper);
  g_set_weak_pointer (&choice->parent, parent);
  choice->uri = lf_settings_get_mongo_uri (settings);
  choice->refused = refused;
  g_task_set_task_data (task, choice, choice_free);
  lf_password_keeper_look_up_async (keeper, choice->uri, looked_up_cb, task);
}

gboolean
lf_chosen_store_finish (GAsyncResult *result, char **uri, GError **error)
{
  GError *cause = NULL;

  *uri = g_task_propagate_pointer (G_TASK (result), &cause);
  if (cause == NULL)
    return TRUE;
  g_propagate_error (error, cause);
  return FALSE;
}
