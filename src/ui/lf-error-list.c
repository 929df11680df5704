#include "config.h"

#include "lf-error-list.h"

#include "lf-error-code.h"
#include "lf-format.h"
#include "lf-kept-words.h"
#include "lf-step-item.h"

#include <glib/gi18n.h>

#define MOST_STEPS 3 /* that are told by name */

struct _LfErrorList
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (LfErrorList, lf_error_list, GTK_TYPE_WIDGET)

static void
lf_error_list_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (lf_error_list_parent_class)->dispose (object);
}

static void
lf_error_list_class_init (LfErrorListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lf_error_list_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "error-list");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
add_label (GtkBox *box, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_box_append (box, label);
  return label;
}

static void
lf_error_list_init (LfErrorList *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkWidget *heading = gtk_label_new (_ ("Errors"));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 12);
  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "heading");
  gtk_widget_set_parent (heading, GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Errors"), -1);
}

/* "234 requests, 0.09 % of all" */
static char *
count_text (const LfSummary *summary, const LfSummaryError *error)
{
  double total = summary->requests != NULL ? (double) summary->requests->total : 0;
  g_autofree char *count = lf_format_count ((double) error->count);
  g_autofree char *share = lf_format_share ((double) error->count, total);
  g_autofree char *text =
      g_strdup_printf (ngettext ("%s request", "%s requests", (gulong) error->count), count);

  return *share != '\0' ? g_strdup_printf (_ ("%s, %s of all"), text, share)
                        : g_steal_pointer (&text);
}

/* When it happened: as the charts count, and by the clock, as the target's log does. */
static char *
when_text (const LfSummary *summary, const LfSummaryError *error)
{
  g_autofree char *first = lf_format_time_of_day (error->first_seen);
  g_autofree char *last = lf_format_time_of_day (error->last_seen);
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  if (error->first_seen <= 0)
    return NULL;
  if (summary->started_at <= 0)
    return g_strdup_printf (_ ("From %s to %s"), first, last);
  from = lf_format_clock ((double) (error->first_seen - summary->started_at) / 1000);
  to = lf_format_clock ((double) (error->last_seen - summary->started_at) / 1000);
  /* Translators: times since the start of the run, then by the clock: "From 0:21 to 0:29 of the
   * run, 12:00:21 to 12:00:29" */
  return g_strdup_printf (_ ("From %s to %s of the run, %s to %s"), from, to, first, last);
}

static gint64
count_in (const LfSummaryStep *step, const LfSummaryError *error)
{
  g_autofree char *code = g_strdup_printf ("%d", (int) error->code);

  for (guint i = 0; i < step->error_codes->n; i++)
    {
      const LfCount *count = &step->error_codes->entries[i];

      if (g_str_equal (count->key, code))
        return count->count;
    }
  return 0;
}

/* Takes @line; NULL: nothing. */
static void
add_line (GString *text, char *line)
{
  if (line != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
  g_free (line);
}

/* A line for each of the first steps that it happened in. */
static void
add_steps (GString *text, const LfSummary *summary, const LfSummaryError *error)
{
  guint n = 0;

  for (guint i = 0; i < summary->steps->len; i++)
    {
      gint64 count = count_in (summary->steps->pdata[i], error);
      g_autoptr (LfStepItem) step = lf_step_item_new (summary->steps->pdata[i], i);
      g_autofree char *number = lf_format_count ((double) count);

      if (count == 0 || ++n > MOST_STEPS)
        continue;
      /* Translators: a step of the spec, its request, and how often it failed so. */
      add_line (text, g_strdup_printf (_ ("%s (%s): %s"), lf_step_item_get_name (step),
                                       lf_step_item_get_request (step), number));
    }
  if (n > MOST_STEPS)
    add_line (text, g_strdup_printf (
                        ngettext ("and in %u other step", "and in %u other steps", n - MOST_STEPS),
                        n - MOST_STEPS));
}

static void
add_error (LfErrorList *self, const LfSummary *summary, const LfSummaryError *error)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *message =
      lf_kept_words (error->message != NULL ? error->message : N_ ("unknown error"));
  /* Translators: an error and its number: "Connection refused (1212)" */
  g_autofree char *title = g_strdup_printf (_ ("%s (%d)"), message, (int) error->code);
  GtkWidget *heading = add_label (GTK_BOX (box), title);
  GtkWidget *details;

  add_line (text, count_text (summary, error));
  add_line (text, when_text (summary, error));
  add_steps (text, summary, error);
  add_line (text, g_strdup (lf_error_code_cure ((guint) error->code)));
  details = add_label (GTK_BOX (box), text->str);
  gtk_widget_add_css_class (heading, "error");
  gtk_widget_add_css_class (heading, "heading");
  gtk_widget_add_css_class (details, "numeric");
  gtk_label_set_selectable (GTK_LABEL (details), TRUE);
  gtk_widget_set_parent (box, GTK_WIDGET (self));
}

LfErrorList *
lf_error_list_new (const LfSummary *summary)
{
  LfErrorList *self = g_object_new (LF_TYPE_ERROR_LIST, NULL);

  for (guint i = 0; i < summary->errors->len; i++)
    add_error (self, summary, summary->errors->pdata[i]);
  return self;
}
