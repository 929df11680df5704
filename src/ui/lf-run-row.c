#include "config.h"

#include "lf-run-row.h"

#include "lf-format.h"
#include "lf-words.h"

#include <glib/gi18n.h>
#include <math.h>

struct _LfRunRow
{
  GtkBox parent_instance;
  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *words;
  GtkLabel *rate;
  GtkLabel *p95;
};

G_DEFINE_FINAL_TYPE (LfRunRow, lf_run_row, GTK_TYPE_BOX)

static gboolean
is_set (const char *text)
{
  return text != NULL && *text != '\0';
}

static void
show_icon (LfRunRow *self, const LfRun *run)
{
  const char *classes[] = { lf_words_outcome_class (run), NULL };

  gtk_image_set_from_icon_name (self->icon, lf_words_outcome_icon (run));
  gtk_widget_set_css_classes (GTK_WIDGET (self->icon), classes);
}

static void
show_title (LfRunRow *self, const LfRun *run)
{
  g_autofree char *time = lf_format_time (run->started_at);
  const char *parts[] = { time, is_set (run->name) ? run->name : NULL, NULL };
  g_autofree char *title = g_strjoinv (" · ", (char **) parts);

  gtk_label_set_text (self->title, title);
}

static void
show_words (LfRunRow *self, const LfRun *run)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  g_autofree char *words = NULL;

  g_ptr_array_add (parts, (gpointer) lf_words_outcome (run));
  if (run->baseline)
    g_ptr_array_add (parts, (gpointer) _ ("Baseline"));
  if (is_set (run->spec_name))
    g_ptr_array_add (parts, run->spec_name);
  g_ptr_array_add (parts, NULL);
  words = g_strjoinv (" · ", (char **) parts->pdata);
  gtk_label_set_text (self->words, words);
}

/* Nothing where it is not known. */
static void
show_numbers (LfRunRow *self, LfHistoryRun *run)
{
  double ms = lf_history_run_get_p95 (run);
  g_autofree char *rate =
      isnan (lf_history_run_get_rate (run)) ? NULL : lf_format_rate (lf_history_run_get_rate (run));
  g_autofree char *time = isnan (ms) ? NULL : lf_format_ms (ms);
  g_autofree char *p95 = time != NULL ? g_strdup_printf (_ ("p95 %s"), time) : NULL;

  gtk_label_set_text (self->rate, rate != NULL ? rate : "");
  gtk_label_set_text (self->p95, p95 != NULL ? p95 : "");
}

static void
lf_run_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LF_TYPE_RUN_ROW);
  G_OBJECT_CLASS (lf_run_row_parent_class)->dispose (object);
}

static void
lf_run_row_class_init (LfRunRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lf_run_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, LF_RESOURCE_PATH "lf-run-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LfRunRow, icon);
  gtk_widget_class_bind_template_child (widget_class, LfRunRow, title);
  gtk_widget_class_bind_template_child (widget_class, LfRunRow, words);
  gtk_widget_class_bind_template_child (widget_class, LfRunRow, rate);
  gtk_widget_class_bind_template_child (widget_class, LfRunRow, p95);
}

static void
lf_run_row_init (LfRunRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

LfRunRow *
lf_run_row_new (void)
{
  return g_object_new (LF_TYPE_RUN_ROW, NULL);
}

void
lf_run_row_set_run (LfRunRow *self, LfHistoryRun *run)
{
  const LfRun *record = lf_history_run_get (run);

  show_icon (self, record);
  show_title (self, record);
  show_words (self, record);
  show_numbers (self, run);
}

char *
lf_run_row_describe (LfRunRow *self)
{
  GtkLabel *labels[] = { self->title, self->words, self->rate, self->p95 };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    if (is_set (gtk_label_get_text (labels[i])))
      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", gtk_label_get_text (labels[i]));
  return g_string_free (g_steal_pointer (&text), FALSE);
}
