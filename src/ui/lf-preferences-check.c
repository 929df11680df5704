#include "config.h"

#include "lf-preferences-private.h"

#include <glib/gi18n.h>

/* The test of a store that may be chosen: what worked of it, step by step, in rows. */

static const char *
step_title (guint step, gboolean works)
{
  static const char *const good[] = { N_ ("The server's name is known"), N_ ("The server answers"),
                                      N_ ("Signed in"), N_ ("Reading works"),
                                      N_ ("Writing works") };
  static const char *const bad[] = { N_ ("The server's name is not known"),
                                     N_ ("The server does not answer"), N_ ("Not signed in"),
                                     N_ ("Reading does not work"), N_ ("Writing does not work") };

  return works ? _ (good[step]) : _ (bad[step]);
}

static void
clear_steps (LfPreferences *self)
{
  for (guint i = 0; i < LF_N_STORE_CHECK_STEPS; i++)
    if (self->steps[i] != NULL)
      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self->mongo_group), self->steps[i]);
  for (guint i = 0; i < LF_N_STORE_CHECK_STEPS; i++)
    self->steps[i] = NULL;
}

static void
step_cb (LfPreferences *self, guint step, gboolean works, const char *reason)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon =
      g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                    "icon-name", works ? "emblem-ok-symbolic" : "dialog-error-symbolic", NULL);
  g_autofree char *markup = reason != NULL ? g_markup_escape_text (reason, -1) : NULL;

  gtk_widget_add_css_class (icon, works ? "success" : "error");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), step_title (step, works));
  if (markup != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), markup);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->mongo_group), row);
  self->steps[step] = row;
}

static void
show_test (LfPreferences *self, const char *button, const char *words)
{
  gtk_button_set_label (self->test_button, button);
  adw_action_row_set_subtitle (self->test_row, words);
}

void
_lf_preferences_check_stop (LfPreferences *self)
{
  if (self->check == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->check, self);
  lf_store_check_cancel (self->check);
  g_clear_object (&self->check);
}

static void
done_cb (LfPreferences *self, gboolean works)
{
  g_signal_handlers_disconnect_by_data (self->check, self);
  g_clear_object (&self->check);
  show_test (self, _ ("_Test"),
             works ? _ ("This store can be used.") : _ ("This store cannot be used yet."));
}

void
_lf_preferences_check_start (LfPreferences *self, const char *uri)
{
  clear_steps (self);
  show_test (self, _ ("_Cancel"), _ ("Testing…"));
  self->check = lf_store_check_new (uri);
  g_signal_connect_swapped (self->check, "step", G_CALLBACK (step_cb), self);
  g_signal_connect_swapped (self->check, "done", G_CALLBACK (done_cb), self);
  lf_store_check_start (self->check);
}

void
_lf_preferences_check_cancel (LfPreferences *self)
{
  _lf_preferences_check_stop (self);
  show_test (self, _ ("_Test"), _ ("Cancelled"));
}
