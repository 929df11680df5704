#include "config.h"

#include "lf-run-window-private.h"
#include "lf-save-words.h"
#include "lf-widget-private.h"

#include <glib/gi18n.h>

struct _LfRunSaving
{
  LfRunWindow *window;
  GApplication *application; /* or NULL */
  GFile *file;
};

LfRunSaving *
_lf_run_window_begin_saving (LfRunWindow *self, GFile *file)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  LfRunSaving *saving = g_new0 (LfRunSaving, 1);

  saving->window = g_object_ref (self);
  saving->file = g_object_ref (file);
  if (application != NULL)
    {
      saving->application = g_object_ref (G_APPLICATION (application));
      g_application_hold (saving->application);
    }
  return saving;
}

static void
release (GApplication *application)
{
  g_application_release (application);
  g_object_unref (application);
}

static char *
describe (LfRunSaving *saving, const GError *error)
{
  g_autofree char *name = g_file_get_basename (saving->file);
  g_autofree char *shown = g_filename_display_name (name);

  return error == NULL ? g_strdup_printf (_ ("Saved as %s"), shown)
                       : lf_save_words_failed (saving->file, error);
}

/* A window that is gone tells nothing; a failure is told all the same. */
static void
tell (LfRunSaving *saving, const GError *error)
{
  g_autofree char *text = describe (saving, error);
  g_autoptr (GNotification) notification = NULL;

  if (!_lf_widget_is_closed (saving->window))
    {
      _lf_run_window_toast (saving->window, text);
      return;
    }
  if (error == NULL || saving->application == NULL)
    return;
  notification = g_notification_new (text);
  g_application_send_notification (saving->application, NULL, notification);
}

void
_lf_run_window_end_saving (LfRunSaving *saving, const GError *error)
{
  tell (saving, error);
  g_clear_pointer (&saving->application, release);
  g_object_unref (saving->window);
  g_object_unref (saving->file);
  g_free (saving);
}
