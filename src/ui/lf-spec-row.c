#include "config.h"

#include "lf-spec-row.h"

#include "lf-aside.h"
#include "lf-format.h"
#include "lf-spec-cell.h"
#include "lf-time.h"
#include "lf-words.h"

#include <glib/gi18n.h>
#include <math.h>

struct _LfSpecRow
{
  GtkBox parent_instance;
  LfSpecItem *item;
  GtkWidget *name;
  GtkWidget *method;
  GtkWidget *url;
  GtkWidget *more;
  GtkWidget *numbers;
  GtkWidget *rate;
  GtkWidget *p95;
  GtkWidget *trend;
  GtkWidget *outcome;
  GtkWidget *commands;
};

G_DEFINE_FINAL_TYPE (LfSpecRow, lf_spec_row, GTK_TYPE_BOX)

/* How many steps there are, how and when it last ran, and its tags. */
static void
show_more (LfSpecRow *self)
{
  const LfRun *run = lf_spec_item_get_run (self->item);
  char **tags = lf_spec_item_get_spec (self->item)->tags;
  g_autofree char *when = run != NULL ? lf_words_ago (run->started_at, lf_time_now ()) : NULL;
  g_autofree char *joined = tags != NULL ? g_strjoinv (", ", tags) : NULL;
  guint n_steps = lf_spec_get_n_steps (lf_spec_item_get_spec (self->item));
  GString *text = g_string_new (NULL);

  if (n_steps > 1)
    lf_words_append_part (text,
                          g_strdup_printf (ngettext ("%u step", "%u steps", n_steps), n_steps));
  if (run != NULL)
    {
      lf_words_append_part (text, g_strdup (lf_words_outcome (run)));
      lf_words_append_part (text, g_steal_pointer (&when));
    }
  if (joined != NULL)
    lf_words_append_part (text, g_steal_pointer (&joined));
  gtk_label_set_text (GTK_LABEL (self->more), text->str);
  gtk_widget_set_visible (self->more, text->len > 0);
  g_string_free (text, TRUE);
}

/* What the last run came to, and how it went from run to run; "" while nothing is known. */
static void
show_numbers (LfSpecRow *self)
{
  double rate = lf_spec_item_get_rate (self->item), p95 = lf_spec_item_get_p95 (self->item);
  g_autofree char *rate_text = isnan (rate) ? NULL : lf_format_rate (rate);
  g_autofree char *p95_text = isnan (p95) ? NULL : lf_format_ms (p95);
  guint n;

  lf_spec_item_get_p95s (self->item, &n);
  gtk_label_set_text (GTK_LABEL (self->rate), rate_text != NULL ? rate_text : "");
  gtk_label_set_text (GTK_LABEL (self->p95), p95_text != NULL ? p95_text : "");
  gtk_widget_set_visible (self->numbers, p95_text != NULL || n > 1);
}

static void
show_item (LfSpecRow *self)
{
  const LfRun *run = lf_spec_item_get_run (self->item);
  const char *name = lf_spec_item_get_name (self->item);
  const char *method = lf_spec_item_get_method (self->item);
  g_autofree char *url = _lf_spec_cell_url (self->item);
  g_autofree char *label =
      g_strdup_printf ("%s, %s %s%s%s", name, method, url, run != NULL ? ", " : "",
                       run != NULL ? lf_words_outcome (run) : "");

  gtk_label_set_text (GTK_LABEL (self->name), name);
  gtk_label_set_text (GTK_LABEL (self->method), method);
  gtk_label_set_text (GTK_LABEL (self->url), lf_spec_item_get_url (self->item));
  show_more (self);
  show_numbers (self);
  _lf_spec_cell_show_trend (self->trend, self->item);
  _lf_spec_cell_show_outcome (self->outcome, self->item);
  _lf_spec_cell_show_commands (self->commands, self->item);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
lf_spec_row_dispose (GObject *object)
{
  LfSpecRow *self = LF_SPEC_ROW (object);

  lf_spec_row_set_item (self, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), LF_TYPE_SPEC_ROW);
  G_OBJECT_CLASS (lf_spec_row_parent_class)->dispose (object);
}

static void
lf_spec_row_class_init (LfSpecRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lf_spec_row_dispose;
  g_type_ensure (LF_TYPE_ASIDE);
  gtk_widget_class_set_template_from_resource (widget_class, LF_RESOURCE_PATH "lf-spec-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LfSpecRow, name);
  gtk_widget_class_bind_template_child (widget_class, LfSpecRow, method);
  gtk_widget_class_bind_template_child (widget_class, LfSpecRow, url);
  gtk_widget_class_bind_template_child (widget_class, LfSpecRow, more);
  gtk_widget_class_bind_template_child (widget_class, LfSpecRow, numbers);
  gtk_widget_class_bind_template_child (widget_class, LfSpecRow, rate);
  gtk_widget_class_bind_template_child (widget_class, LfSpecRow, p95);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
lf_spec_row_init (LfSpecRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
lf_spec_row_new (GtkWidget *page)
{
  LfSpecRow *self = g_object_new (LF_TYPE_SPEC_ROW, NULL);
  GtkWidget *check = _lf_spec_cell_new_check (page);

  self->trend = _lf_spec_cell_new_trend (page);
  self->outcome = _lf_spec_cell_new_outcome (page);
  _lf_spec_cell_hide_words (self->outcome);
  self->commands = _lf_spec_cell_new_commands (page);
  gtk_box_prepend (GTK_BOX (self), check);
  gtk_box_prepend (GTK_BOX (self->numbers), self->trend);
  gtk_box_append (GTK_BOX (self), self->outcome);
  gtk_box_append (GTK_BOX (self), self->commands);
  g_object_set_data (G_OBJECT (self), "check", check);
  return GTK_WIDGET (self);
}

void
lf_spec_row_set_item (LfSpecRow *self, LfSpecItem *item)
{
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, show_item, self);
  g_set_object (&self->item, item);
  if (item == NULL)
    return;
  g_signal_connect_swapped (item, "changed", G_CALLBACK (show_item), self);
  show_item (self);
}
