#include "config.h"

#include "lf-history-card.h"

#include "lf-format.h"
#include "lf-history-run.h"
#include "lf-tip.h"
#include "lf-words.h"

#include <glib/gi18n.h>
#include <math.h>

struct _LfHistoryCard
{
  GtkBox parent_instance;
  GtkListItem *list_item; /* which holds the card */
  GtkWidget *check;
  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *results;
  GtkLabel *details;
  GtkLabel *notes;
};

G_DEFINE_FINAL_TYPE (LfHistoryCard, lf_history_card, GTK_TYPE_BOX)

static gboolean
is_set (const char *text)
{
  return text != NULL && *text != '\0';
}

static void
show (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), *text != '\0');
}

static void
show_outcome (LfHistoryCard *self, const LfRun *run)
{
  const char *classes[] = { lf_words_outcome_class (run), NULL };

  gtk_image_set_from_icon_name (self->icon, lf_words_outcome_icon (run));
  gtk_widget_set_css_classes (GTK_WIDGET (self->icon), classes);
}

static void
show_title (LfHistoryCard *self, const LfRun *run)
{
  g_autofree char *time = lf_format_time (run->started_at);

  show (self->title, is_set (run->name) ? run->name : time);
}

/* "3,890/s · p95 31.0 ms · 0.2 % failed" */
static void
show_results (LfHistoryCard *self, LfHistoryRun *run)
{
  g_autoptr (GString) line = g_string_new (NULL);
  double p95 = lf_history_run_get_p95 (run);
  double failed = lf_history_run_get_failed (run);
  g_autofree char *time = isnan (p95) ? NULL : lf_format_ms (p95);
  g_autofree char *share = isnan (failed) ? NULL : lf_format_share (failed, 1);

  if (!isnan (lf_history_run_get_rate (run)))
    lf_words_append_part (line, lf_format_rate (lf_history_run_get_rate (run)));
  if (time != NULL)
    lf_words_append_part (line, g_strdup_printf (_ ("p95 %s"), time));
  if (share != NULL) /* Translators: a share of the requests: "0.2 % failed" */
    lf_words_append_part (line, g_strdup_printf (_ ("%s failed"), share));
  show (self->results, line->str);
}

/* "250,000 requests · 500 users · 1:11" */
static void
append_load (GString *line, LfHistoryRun *run)
{
  double requests = lf_history_run_get_requests (run);
  double users = lf_history_run_get_users (run);
  double ms = lf_history_run_get_duration (run);
  g_autofree char *n_requests = isnan (requests) ? NULL : lf_format_count (requests);
  g_autofree char *n_users = isnan (users) ? NULL : lf_format_count (users);

  if (n_requests != NULL)
    lf_words_append_part (
        line,
        g_strdup_printf (ngettext ("%s request", "%s requests", (gulong) requests), n_requests));
  if (n_users != NULL)
    lf_words_append_part (
        line, g_strdup_printf (ngettext ("%s user", "%s users", (gulong) users), n_users));
  if (!isnan (ms))
    lf_words_append_part (line, lf_format_clock (ms / 1000));
}

/* "Passed · Baseline · 2026-11-23 12:00:05 · 250,000 requests…" */
static void
show_details (LfHistoryCard *self, LfHistoryRun *run)
{
  const LfRun *record = lf_history_run_get (run);
  g_autoptr (GString) line = g_string_new (NULL);

  lf_words_append_part (line, g_strdup (lf_words_outcome (record)));
  if (record->baseline)
    lf_words_append_part (line, g_strdup (_ ("Baseline")));
  if (is_set (record->name)) /* in the place of the time */
    lf_words_append_part (line, lf_format_time (record->started_at));
  append_load (line, run);
  show (self->details, line->str);
}

static void
show_notes (LfHistoryCard *self, const LfRun *run)
{
  g_autofree char *first = g_strndup (is_set (run->notes) ? run->notes : "",
                                      is_set (run->notes) ? strcspn (run->notes, "\n") : 0);

  show (self->notes, first);
  lf_tip_set_text (GTK_WIDGET (self->notes), run->notes);
}

/* What has the focus, and no name of its own. */
static void
name_row (LfHistoryCard *self)
{
  GtkWidget *row = gtk_widget_get_parent (GTK_WIDGET (self));
  GtkLabel *lines[] = { self->title, self->results, self->details, self->notes };
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    if (gtk_widget_get_visible (GTK_WIDGET (lines[i])))
      g_string_append_printf (words, "%s%s", i > 0 ? ", " : "", gtk_label_get_text (lines[i]));
  if (row != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, words->str,
                                    -1);
}

/* The list does as with a press while Ctrl is held. */
static void
toggled_cb (LfHistoryCard *self)
{
  if (gtk_check_button_get_active (GTK_CHECK_BUTTON (self->check)) !=
      gtk_list_item_get_selected (self->list_item))
    gtk_widget_activate_action (GTK_WIDGET (self), "list.select-item", "(ubb)",
                                gtk_list_item_get_position (self->list_item), TRUE, FALSE);
}

/* At one press, as a finger does it; with Ctrl or Shift it selects. */
static void
released_cb (LfHistoryCard *self, int n, double x, double y, GtkGesture *gesture)
{
  GdkModifierType state =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

  if (n == 1 && (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) == 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "list.activate-item", "u",
                                gtk_list_item_get_position (self->list_item));
}

static void
lf_history_card_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LF_TYPE_HISTORY_CARD);
  G_OBJECT_CLASS (lf_history_card_parent_class)->dispose (object);
}

static void
lf_history_card_class_init (LfHistoryCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lf_history_card_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, LF_RESOURCE_PATH "lf-history-card.ui");
  gtk_widget_class_bind_template_child (widget_class, LfHistoryCard, check);
  gtk_widget_class_bind_template_child (widget_class, LfHistoryCard, icon);
  gtk_widget_class_bind_template_child (widget_class, LfHistoryCard, title);
  gtk_widget_class_bind_template_child (widget_class, LfHistoryCard, results);
  gtk_widget_class_bind_template_child (widget_class, LfHistoryCard, details);
  gtk_widget_class_bind_template_child (widget_class, LfHistoryCard, notes);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, released_cb);
}

static void
lf_history_card_init (LfHistoryCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
lf_history_card_new (GtkListItem *list_item)
{
  LfHistoryCard *self = g_object_new (LF_TYPE_HISTORY_CARD, NULL);

  self->list_item = list_item;
  g_object_bind_property (list_item, "selected", self->check, "active", G_BINDING_SYNC_CREATE);
  return GTK_WIDGET (self);
}

void
lf_history_card_update (LfHistoryCard *self)
{
  LfHistoryRun *run = gtk_list_item_get_item (self->list_item);

  show_outcome (self, lf_history_run_get (run));
  show_title (self, lf_history_run_get (run));
  show_results (self, run);
  show_details (self, run);
  show_notes (self, lf_history_run_get (run));
  name_row (self);
}
