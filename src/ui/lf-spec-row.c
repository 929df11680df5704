#include "config.h"

#include "lf-spec-row.h"

#include "lf-aside.h"
#include "lf-format.h"
#include "lf-past-runs.h"
#include "lf-sparkline.h"
#include "lf-time.h"
#include "lf-words.h"

#include <glib/gi18n.h>

struct _LfSpecRow
{
  GtkBox parent_instance;
  LfSpecLibrary *library;
  LfSpecItem *item;
  GtkWidget *name;
  GtkWidget *method;
  GtkWidget *url;
  GtkWidget *outcome_button;
  GtkWidget *outcome_icon;
  GtkWidget *outcome;
  GtkWidget *when;
  GtkWidget *numbers;
  GtkWidget *sparkline;
  GtkWidget *rate;
  GtkWidget *p95;
  GtkWidget *menu_button;
  GtkWidget *past_runs; /* made when it is first asked for */
};

G_DEFINE_FINAL_TYPE (LfSpecRow, lf_spec_row, GTK_TYPE_BOX)

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

static void
show_run (LfSpecRow *self, const LfRun *run)
{
  static const char *const classes[] = { "accent", "success", "warning", "error", "dim-label" };
  g_autofree char *when = NULL;

  gtk_widget_set_visible (self->outcome_button, run != NULL);
  if (run == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    gtk_widget_remove_css_class (self->outcome_icon, classes[i]);
  gtk_widget_add_css_class (self->outcome_icon, lf_words_outcome_class (run));
  gtk_image_set_from_icon_name (GTK_IMAGE (self->outcome_icon), lf_words_outcome_icon (run));
  gtk_label_set_text (GTK_LABEL (self->outcome), lf_words_outcome (run));
  when = lf_words_ago (run->started_at, lf_time_now ());
  gtk_label_set_text (GTK_LABEL (self->when), when);
}

/* What the last run came to, and how it went from run to run; "" while nothing is known. */
static void
show_numbers (LfSpecRow *self, const LfRun *run)
{
  const LfSummary *summary = run != NULL && !lf_run_is_active (run) ? run->summary : NULL;
  const LfLatency *latency =
      summary != NULL && summary->latency != NULL ? summary->latency->response_time : NULL;
  gboolean known = latency != NULL && latency->count > 0 && summary->requests != NULL;
  g_autofree char *rate = known ? lf_format_rate (summary->requests->rate) : g_strdup ("");
  g_autofree char *p95 = known ? lf_format_ms (latency->p95) : g_strdup ("");
  g_autofree char *words = NULL;
  guint n;
  const double *p95s = lf_spec_item_get_p95s (self->item, &n);

  gtk_label_set_text (GTK_LABEL (self->rate), rate);
  gtk_label_set_text (GTK_LABEL (self->p95), p95);
  words = g_strdup_printf (ngettext ("p95 of the last run", "p95 of the last %u runs", n), n);
  lf_sparkline_set_values (LF_SPARKLINE (self->sparkline), p95s, n, words);
  gtk_widget_set_visible (self->numbers, known || n > 1);
}

static char *
url_words (const LfStep *step, guint n_steps)
{
  const char *url = step != NULL ? or_empty (step->url) : "";

  if (n_steps < 2)
    return g_strdup (url);
  /* Translators: the first is a URL. */
  return g_strdup_printf (ngettext ("%s and %u more step", "%s and %u more steps", n_steps - 1),
                          url, n_steps - 1);
}

static void
show_item (LfSpecRow *self)
{
  const LfSpec *spec = lf_spec_item_get_spec (self->item);
  const LfRun *run = lf_spec_item_get_run (self->item);
  const LfStep *step = lf_spec_get_step (spec, 0);
  guint n_steps = lf_spec_get_n_steps (spec);
  g_autofree char *url = url_words (step, n_steps);
  const char *method = step != NULL ? lf_step_get_method (step) : "";
  g_autofree char *label =
      g_strdup_printf ("%s, %s %s%s%s", or_empty (spec->name), method, url, run != NULL ? ", " : "",
                       run != NULL ? lf_words_outcome (run) : "");

  gtk_label_set_text (GTK_LABEL (self->name), or_empty (spec->name));
  gtk_label_set_text (GTK_LABEL (self->method), method);
  gtk_label_set_text (GTK_LABEL (self->url), url);
  show_run (self, run);
  show_numbers (self, run);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
command_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LfSpecRow *self = LF_SPEC_ROW (widget);
  const char *name = action_name + strlen ("spec.");
  g_autofree char *action = g_strconcat ("specs.", name, NULL);

  if (self->item != NULL)
    gtk_widget_activate_action (widget, action, "s", lf_spec_item_get_id (self->item));
}

static void
open_last_run_cb (LfSpecRow *self)
{
  const LfRun *run = self->item != NULL ? lf_spec_item_get_run (self->item) : NULL;

  if (run != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-run", "s", run->id);
}

static void
past_runs_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LfSpecRow *self = LF_SPEC_ROW (widget);

  if (self->item == NULL)
    return;
  if (self->past_runs == NULL)
    {
      self->past_runs = g_object_new (LF_TYPE_PAST_RUNS, NULL);
      gtk_widget_set_parent (self->past_runs, self->menu_button);
    }
  lf_past_runs_set_spec (LF_PAST_RUNS (self->past_runs), lf_spec_library_get_store (self->library),
                         lf_spec_item_get_id (self->item));
  gtk_popover_popup (GTK_POPOVER (self->past_runs));
}

static void
right_clicked_cb (LfSpecRow *self)
{
  lf_spec_row_popup (self);
}

static void
lf_spec_row_dispose (GObject *object)
{
  LfSpecRow *self = LF_SPEC_ROW (object);

  lf_spec_row_set_item (self, NULL, NULL);
  g_clear_pointer (&self->past_runs, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (object), LF_TYPE_SPEC_ROW);
  G_OBJECT_CLASS (lf_spec_row_parent_class)->dispose (object);
}

static void
lf_spec_row_class_init (LfSpecRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lf_spec_row_dispose;
  g_type_ensure (LF_TYPE_ASIDE);
  g_type_ensure (LF_TYPE_SPARKLINE);
  gtk_widget_class_set_template_from_resource (widget_class, LF_RESOURCE_PATH "lf-spec-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LfSpecRow, name);
  gtk_widget_class_bind_template_child (widget_class, LfSpecRow, method);
  gtk_widget_class_bind_template_child (widget_class, LfSpecRow, url);
  gtk_widget_class_bind_template_child (widget_class, LfSpecRow, outcome_button);
  gtk_widget_class_bind_template_child (widget_class, LfSpecRow, outcome_icon);
  gtk_widget_class_bind_template_child (widget_class, LfSpecRow, outcome);
  gtk_widget_class_bind_template_child (widget_class, LfSpecRow, when);
  gtk_widget_class_bind_template_child (widget_class, LfSpecRow, numbers);
  gtk_widget_class_bind_template_child (widget_class, LfSpecRow, sparkline);
  gtk_widget_class_bind_template_child (widget_class, LfSpecRow, rate);
  gtk_widget_class_bind_template_child (widget_class, LfSpecRow, p95);
  gtk_widget_class_bind_template_child (widget_class, LfSpecRow, menu_button);
  gtk_widget_class_bind_template_callback (widget_class, open_last_run_cb);
  gtk_widget_class_bind_template_callback (widget_class, right_clicked_cb);
  gtk_widget_class_install_action (widget_class, "spec.run", NULL, command_cb);
  gtk_widget_class_install_action (widget_class, "spec.edit", NULL, command_cb);
  gtk_widget_class_install_action (widget_class, "spec.duplicate", NULL, command_cb);
  gtk_widget_class_install_action (widget_class, "spec.copy-json", NULL, command_cb);
  gtk_widget_class_install_action (widget_class, "spec.history", NULL, command_cb);
  gtk_widget_class_install_action (widget_class, "spec.delete", NULL, command_cb);
  gtk_widget_class_install_action (widget_class, "spec.past-runs", NULL, past_runs_cb);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
lf_spec_row_init (LfSpecRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

LfSpecItem *
lf_spec_row_get_item (LfSpecRow *self)
{
  return self->item;
}

void
lf_spec_row_set_item (LfSpecRow *self, LfSpecLibrary *library, LfSpecItem *item)
{
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, show_item, self);
  g_set_object (&self->library, library);
  g_set_object (&self->item, item);
  if (item == NULL)
    return;
  g_signal_connect_swapped (item, "changed", G_CALLBACK (show_item), self);
  lf_spec_library_ask_run (library, item);
  show_item (self);
}

void
lf_spec_row_popup (LfSpecRow *self)
{
  gtk_menu_button_popup (GTK_MENU_BUTTON (self->menu_button));
}
