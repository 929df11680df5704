#include "config.h"

#include "lf-preferences-private.h"

#include "lf-number-spin.h"
#include "lf-page-scroll.h"
#include "lf-path-button.h"
#include "lf-remote-page.h"
#include "lf-setting-number.h"
#include "lf-settings.h"

#include <glib/gi18n.h>

enum
{
  SWITCH_STORE,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LfPreferences, lf_preferences, ADW_TYPE_PREFERENCES_WINDOW)

/* What is sent as a header must fit into one. */
static void
agent_changed_cb (LfPreferences *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->user_agent));
  gboolean bad = FALSE;

  for (const char *c = text; *c != '\0'; c++)
    bad |= g_ascii_iscntrl (*c) || (guchar) *c >= 128;
  gtk_label_set_text (self->agent_problem,
                      bad ? _ ("Only ASCII letters, digits, blanks and signs can be sent.") : "");
  gtk_widget_set_visible (GTK_WIDGET (self->agent_problem), bad);
  if (bad)
    gtk_widget_add_css_class (GTK_WIDGET (self->user_agent), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->user_agent), "error");
  if (!bad && self->settings != NULL)
    g_settings_set_string (self->settings, "user-agent", text);
}

static void
bind_settings (LfPreferences *self)
{
  g_autofree char *agent = g_settings_get_string (self->settings, "user-agent");

  lf_setting_number_bind (self->settings, "workers",
                          gtk_spin_button_get_adjustment (self->workers));
  lf_setting_number_bind (self->settings, "max-sockets",
                          gtk_spin_button_get_adjustment (self->sockets));
  lf_prune_group_bind (self->prune_group, self->settings);
  g_settings_bind (self->settings, "timeout", gtk_spin_button_get_adjustment (self->timeout),
                   "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "connect-timeout",
                   gtk_spin_button_get_adjustment (self->connect_timeout), "value",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "notify-when-done", self->notify, "active",
                   G_SETTINGS_BIND_DEFAULT);
  gtk_editable_set_text (GTK_EDITABLE (self->user_agent), agent);
}

/* What 0 means here and now. */
static void
show_automatic (LfPreferences *self)
{
  guint workers = self->env != NULL ? self->env->max_workers : 0;
  guint sockets = self->env != NULL ? self->env->max_sockets : 0;
  guint cores = g_get_num_processors ();
  g_autofree char *words = NULL;
  g_autofree char *limit = NULL;

  if (workers > 0)
    words = g_strdup_printf (_ ("0: %u, as MAX_WORKERS says"), workers);
  else
    words = g_strdup_printf (ngettext ("0: automatic, one for the %u processor core",
                                       "0: automatic, one for each of %u processor cores", cores),
                             cores);
  adw_action_row_set_subtitle (self->workers_row, words);
  if (sockets > 0)
    limit = g_strdup_printf (_ ("0: %u, as MAX_SOCKETS says"), sockets);
  else
    limit = g_strdup (_ ("0: as many as the system's file limit allows"));
  adw_action_row_set_subtitle (self->sockets_row, limit);
}

static void
switch_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (_lf_preferences_store_apply (LF_PREFERENCES (widget)))
    g_signal_emit (widget, signals[SWITCH_STORE], 0);
}

static void
lf_preferences_dispose (GObject *object)
{
  LfPreferences *self = LF_PREFERENCES (object);

  if (self->local != NULL)
    lf_preferences_set_store (self, NULL, NULL); /* ends a copy that goes on */
  _lf_preferences_check_stop (self);
  g_clear_object (&self->settings);
  g_clear_object (&self->keeper);
  gtk_widget_dispose_template (GTK_WIDGET (object), LF_TYPE_PREFERENCES);
  self->local = NULL;
  G_OBJECT_CLASS (lf_preferences_parent_class)->dispose (object);
}

static void
lf_preferences_finalize (GObject *object)
{
  LfPreferences *self = LF_PREFERENCES (object);

  g_clear_pointer (&self->env, lf_settings_env_free);
  G_OBJECT_CLASS (lf_preferences_parent_class)->finalize (object);
}

static void
lf_preferences_class_init (LfPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lf_preferences_dispose;
  G_OBJECT_CLASS (klass)->finalize = lf_preferences_finalize;
  signals[SWITCH_STORE] = g_signal_new ("switch-store", LF_TYPE_PREFERENCES, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (LF_TYPE_COPY_ROW);
  g_type_ensure (LF_TYPE_PATH_BUTTON);
  g_type_ensure (LF_TYPE_PRUNE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, LF_RESOURCE_PATH "lf-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, LfPreferences, workers_row);
  gtk_widget_class_bind_template_child (widget_class, LfPreferences, sockets_row);
  gtk_widget_class_bind_template_child (widget_class, LfPreferences, workers);
  gtk_widget_class_bind_template_child (widget_class, LfPreferences, sockets);
  gtk_widget_class_bind_template_child (widget_class, LfPreferences, timeout);
  gtk_widget_class_bind_template_child (widget_class, LfPreferences, connect_timeout);
  gtk_widget_class_bind_template_child (widget_class, LfPreferences, user_agent);
  gtk_widget_class_bind_template_child (widget_class, LfPreferences, agent_problem);
  gtk_widget_class_bind_template_child (widget_class, LfPreferences, notify);
  gtk_widget_class_bind_template_callback (widget_class, agent_changed_cb);
  gtk_widget_class_install_action (widget_class, "preferences.switch-store", NULL, switch_cb);
  _lf_preferences_store_class_init (widget_class);
}

static void
lf_preferences_init (LfPreferences *self)
{
  g_autofree char *folder = g_get_current_dir ();

  gtk_widget_init_template (GTK_WIDGET (self));
  lf_number_spin_prepare (self->workers);
  lf_number_spin_prepare (self->sockets);
  lf_number_spin_prepare (self->timeout);
  lf_number_spin_prepare (self->connect_timeout);
  lf_page_scroll_add (GTK_WIDGET (self));
  self->env = lf_settings_env_read (folder, NULL);
  show_automatic (self);
}

GtkWidget *
lf_preferences_new (GSettings *settings, LfPasswordKeeper *keeper, LfRemoteAccess *remote)
{
  LfPreferences *self = g_object_new (LF_TYPE_PREFERENCES, NULL);

  self->keeper = g_object_ref (keeper);
  if (settings != NULL)
    {
      self->settings = g_object_ref (settings);
      bind_settings (self);
    }
  _lf_preferences_store_show (self);
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (self),
                              ADW_PREFERENCES_PAGE (lf_remote_page_new (settings, remote)));
  return GTK_WIDGET (self);
}

void
lf_preferences_tell (LfPreferences *self, const char *message)
{
  g_autofree char *markup = g_markup_escape_text (message, -1);

  adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (self), adw_toast_new (markup));
}
