#include "config.h"

#include "lf-live-runs.h"

#include "lf-format.h"
#include "lf-words.h"

#include <glib/gi18n.h>

struct _LfLiveRuns
{
  GtkWidget parent_instance;
  LfRunManager *runs; /* or NULL */
  GtkWidget *button;
  GtkWidget *list;
};

G_DEFINE_FINAL_TYPE (LfLiveRuns, lf_live_runs, GTK_TYPE_WIDGET)

static LfActiveRun *
run_of (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "run");
}

static void
show_progress (GtkWidget *row)
{
  const LfRun *run = lf_active_run_get_run (run_of (row));
  GtkWidget *label = g_object_get_data (G_OBJECT (row), "progress");
  double elapsed = run->progress != NULL ? run->progress->elapsed : 0;
  double duration = run->progress != NULL ? run->progress->duration : 0;
  g_autofree char *now = lf_format_clock (elapsed);
  g_autofree char *all = duration > 0 ? lf_format_clock (duration) : NULL;
  g_autofree char *time = all != NULL ? g_strdup_printf (_ ("%s of %s"), now, all) : g_strdup (now);
  g_autofree char *text = g_strdup_printf ("%s, %s", lf_words_outcome (run), time);

  gtk_label_set_text (GTK_LABEL (label), text);
  /* A second press would cut off the requests that run: that is for its window. */
  gtk_widget_set_sensitive (g_object_get_data (G_OBJECT (row), "stop"),
                            run->status != LF_RUN_STOPPING);
}

static GtkWidget *
new_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), 18);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 24);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
new_stop_button (LfActiveRun *run)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("media-playback-stop-symbolic");

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_tooltip_text (button, _ ("Stop this run"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Stop this run"), -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (lf_active_run_stop), run,
                           G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
new_row (LfActiveRun *run)
{
  const char *name = lf_active_run_get_run (run)->spec_name;
  const char *shown = name != NULL && *name != '\0' ? name : _ ("Run");
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *progress = new_label ("", "caption");
  GtkWidget *stop = new_stop_button (run);

  gtk_box_append (GTK_BOX (lines), new_label (shown, "heading"));
  gtk_box_append (GTK_BOX (lines), progress);
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_box_append (GTK_BOX (box), lines);
  gtk_box_append (GTK_BOX (box), stop);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_tooltip_text (row, _ ("Show its window"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, shown, -1);
  g_object_set_data_full (G_OBJECT (row), "run", g_object_ref (run), g_object_unref);
  g_object_set_data (G_OBJECT (row), "progress", progress);
  g_object_set_data (G_OBJECT (row), "stop", stop);
  g_signal_connect_object (run, "sample", G_CALLBACK (show_progress), row, G_CONNECT_SWAPPED);
  g_signal_connect_object (run, "notify::status", G_CALLBACK (show_progress), row,
                           G_CONNECT_SWAPPED);
  show_progress (row);
  return row;
}

static void
clear_list (LfLiveRuns *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), row);
}

static void
show_count (LfLiveRuns *self, guint n)
{
  g_autofree char *count = g_strdup_printf ("%u", n);
  g_autofree char *words = g_strdup_printf (ngettext ("%u run goes on", "%u runs go on", n), n);

  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->button), count);
  gtk_widget_set_tooltip_text (self->button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words, -1);
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
  if (n == 0)
    gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
}

static void
update (LfLiveRuns *self)
{
  GListModel *active = self->runs != NULL ? lf_run_manager_get_active (self->runs) : NULL;
  guint n = active != NULL ? g_list_model_get_n_items (active) : 0;

  clear_list (self);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (LfActiveRun) run = g_list_model_get_item (active, i);

      gtk_list_box_append (GTK_LIST_BOX (self->list), new_row (run));
    }
  show_count (self, n);
}

static void
row_activated_cb (LfLiveRuns *self, GtkListBoxRow *row)
{
  g_autofree char *id = g_strdup (lf_active_run_get_run (run_of (GTK_WIDGET (row)))->id);

  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-run", "s", id);
}

static void
lf_live_runs_dispose (GObject *object)
{
  LfLiveRuns *self = LF_LIVE_RUNS (object);

  if (self->button != NULL)
    lf_live_runs_set_runs (self, NULL);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  G_OBJECT_CLASS (lf_live_runs_parent_class)->dispose (object);
}

static void
lf_live_runs_class_init (LfLiveRunsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lf_live_runs_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
lf_live_runs_init (LfLiveRuns *self)
{
  GtkWidget *popover = gtk_popover_new ();

  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Runs that go on"), -1);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  gtk_popover_set_child (GTK_POPOVER (popover), self->list);
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), popover);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
lf_live_runs_set_runs (LfLiveRuns *self, LfRunManager *runs)
{
  if (self->runs == runs)
    return;
  if (self->runs != NULL)
    g_signal_handlers_disconnect_by_data (lf_run_manager_get_active (self->runs), self);
  g_set_object (&self->runs, runs);
  if (runs != NULL)
    g_signal_connect_swapped (lf_run_manager_get_active (runs), "items-changed",
                              G_CALLBACK (update), self);
  update (self);
}
