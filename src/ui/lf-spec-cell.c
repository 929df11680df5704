#include "config.h"

#include "lf-spec-cell.h"

#include "lf-sparkline.h"
#include "lf-spec-list-private.h"
#include "lf-tip.h"
#include "lf-words.h"

#include <glib/gi18n.h>
#include <string.h>

#define OUTCOME_CHARS 8

void
_lf_spec_cell_tell (GtkListItem *list_item, GtkWidget *child)
{
  GtkWidget *check = g_object_get_data (G_OBJECT (child), "check");

  g_object_set_data (G_OBJECT (child), "list-item", list_item);
  if (check != NULL)
    g_object_bind_property (list_item, "selected", check, "active", G_BINDING_SYNC_CREATE);
}

static GtkListItem *
find_within (GtkWidget *widget)
{
  GtkListItem *found = g_object_get_data (G_OBJECT (widget), "list-item");

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_within (child);
  return found;
}

/* A press between two cells is one on the row, too. */
GtkListItem *
_lf_spec_cell_find (GtkWidget *widget)
{
  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    if (strcmp (gtk_widget_get_css_name (widget), "row") == 0)
      return find_within (widget);
  return NULL;
}

/* It only shows: a press anywhere in the row toggles it, and the row itself says that it is
 * selected. */
GtkWidget *
_lf_spec_cell_new_check (GtkWidget *page)
{
  GtkWidget *check = g_object_new (GTK_TYPE_CHECK_BUTTON, "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_widget_set_can_target (check, FALSE);
  gtk_widget_set_can_focus (check, FALSE);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (check), "check", check);
  g_object_bind_property (page, "selecting", check, "visible", G_BINDING_SYNC_CREATE);
  return check;
}

/* The row itself has the focus, so that Tab does not stop three times in each of them; the keys of
 * the list and its menu do what the buttons do. */
static GtkWidget *
new_button (const char *words)
{
  GtkWidget *button = gtk_button_new ();

  gtk_widget_set_focusable (button, FALSE);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  lf_tip_set_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
  return button;
}

GtkWidget *
_lf_spec_cell_new_outcome (GtkWidget *page)
{
  GtkWidget *button = new_button (_ ("Open the last run"));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *image =
      g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), OUTCOME_CHARS);
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), label);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "outcome");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s",
                                    ""); /* whose kind is checked now */
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.open-run");
  return button;
}

void
_lf_spec_cell_hide_words (GtkWidget *outcome)
{
  gtk_widget_set_visible (gtk_widget_get_last_child (gtk_button_get_child (GTK_BUTTON (outcome))),
                          FALSE);
}

void
_lf_spec_cell_show_outcome (GtkWidget *cell, LfSpecItem *item)
{
  const LfRun *run = lf_spec_item_get_run (item);
  GtkWidget *box = gtk_button_get_child (GTK_BUTTON (cell));
  const char *classes[] = { NULL, NULL };

  gtk_widget_set_visible (cell, run != NULL);
  if (run == NULL)
    return;
  classes[0] = lf_words_outcome_class (run);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (cell), "s", run->id);
  gtk_widget_set_css_classes (gtk_widget_get_first_child (box), classes);
  gtk_image_set_from_icon_name (GTK_IMAGE (gtk_widget_get_first_child (box)),
                                lf_words_outcome_icon (run));
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_last_child (box)), lf_words_outcome (run));
}

GtkWidget *
_lf_spec_cell_new_trend (GtkWidget *page)
{
  return g_object_new (LF_TYPE_SPARKLINE, "valign", GTK_ALIGN_CENTER, NULL);
}

void
_lf_spec_cell_show_trend (GtkWidget *cell, LfSpecItem *item)
{
  guint n;
  const double *p95s = lf_spec_item_get_p95s (item, &n);
  g_autofree char *words =
      g_strdup_printf (ngettext ("p95 of the last run", "p95 of the last %u runs", n), n);

  lf_sparkline_set_values (LF_SPARKLINE (cell), p95s, n, words);
  lf_tip_set_text (cell, n > 1 ? words : NULL);
}

static GtkWidget *
new_command (const char *icon, const char *words)
{
  GtkWidget *button = new_button (words);

  gtk_button_set_icon_name (GTK_BUTTON (button), icon);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
  gtk_widget_add_css_class (button, "circular");
  return button;
}

GtkWidget *
_lf_spec_cell_new_commands (GtkWidget *page)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  GtkWidget *run = new_command ("media-playback-start-symbolic", _ ("Run"));
  GtkWidget *menu = new_command ("view-more-symbolic", _ ("More"));

  gtk_accessible_update_property (GTK_ACCESSIBLE (menu), GTK_ACCESSIBLE_PROPERTY_HAS_POPUP, TRUE,
                                  -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (run), "s", "");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (run), "win.run-spec");
  g_signal_connect_object (menu, "clicked", G_CALLBACK (_lf_spec_list_open_menu), page, 0);
  gtk_box_append (GTK_BOX (box), run);
  gtk_box_append (GTK_BOX (box), menu);
  g_object_bind_property (page, "selecting", box, "visible",
                          G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);
  return box;
}

void
_lf_spec_cell_show_commands (GtkWidget *cell, LfSpecItem *item)
{
  gtk_actionable_set_action_target (GTK_ACTIONABLE (gtk_widget_get_first_child (cell)), "s",
                                    lf_spec_item_get_id (item));
}

char *
_lf_spec_cell_url (LfSpecItem *item)
{
  const char *url = lf_spec_item_get_url (item);
  guint n_steps = lf_spec_get_n_steps (lf_spec_item_get_spec (item));

  if (n_steps < 2)
    return g_strdup (url);
  /* Translators: the first is a URL. */
  return g_strdup_printf (ngettext ("%s and %u more step", "%s and %u more steps", n_steps - 1),
                          url, n_steps - 1);
}
