#include "config.h"

#include "lf-suggest.h"

#include <string.h>

#define DATA        "lf-suggest"
#define MOST_CHARS  44
#define MOST_HEIGHT 240 /* px of the list, about seven words */

struct _LfSuggest
{
  GObject parent_instance;
  GtkWidget *entry; /* which this belongs to */
  GtkWidget *popover;
  GtkWidget *page;
  GtkWidget *list;
  LfSuggestFunc words;
  gpointer user_data;
  gboolean taking; /* the entry is being filled from the list */
};

G_DEFINE_FINAL_TYPE (LfSuggest, lf_suggest, G_TYPE_OBJECT)

static gboolean
is_open (LfSuggest *self)
{
  return self->popover != NULL && gtk_widget_get_visible (self->popover);
}

static void
close_list (LfSuggest *self)
{
  if (!is_open (self))
    return;
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_EXPANDED, FALSE,
                               -1);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->entry),
                                 GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT);
}

static const char *
word_of (GtkListBoxRow *row)
{
  return gtk_label_get_text (GTK_LABEL (gtk_list_box_row_get_child (row)));
}

static void
take (LfSuggest *self, GtkListBoxRow *row)
{
  g_autofree char *word = g_strdup (word_of (row));

  self->taking = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), word);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
  self->taking = FALSE;
  close_list (self);
}

static void
row_activated_cb (LfSuggest *self, GtkListBoxRow *row)
{
  take (self, row);
}

static void
popover_gone_cb (gpointer user_data, GObject *popover)
{
  ((LfSuggest *) user_data)->popover = NULL;
}

/* Nothing in it takes the focus: the keys go on into the entry. */
static void
make_popover (LfSuggest *self)
{
  if (self->popover != NULL)
    return;
  self->list = gtk_list_box_new ();
  gtk_widget_set_focusable (self->list, FALSE);
  gtk_list_box_set_activate_on_single_click (GTK_LIST_BOX (self->list), TRUE);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
  self->page =
      g_object_new (GTK_TYPE_SCROLLED_WINDOW, "child", self->list, "hscrollbar-policy",
                    GTK_POLICY_NEVER, "max-content-height", MOST_HEIGHT, "propagate-natural-height",
                    TRUE, "propagate-natural-width", TRUE, NULL);
  self->popover =
      g_object_new (GTK_TYPE_POPOVER, "child", self->page, "autohide", FALSE, "has-arrow", FALSE,
                    "can-focus", FALSE, "position", GTK_POS_BOTTOM, NULL);
  gtk_widget_add_css_class (self->popover, "suggestions");
  gtk_widget_set_parent (self->popover, gtk_widget_get_parent (self->entry));
  g_object_weak_ref (G_OBJECT (self->popover), popover_gone_cb, self);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_RELATION_CONTROLS,
                                  self->list, NULL, -1);
}

static void
add_word (LfSuggest *self, const char *word)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", word, "xalign", 0.0, "ellipsize",
                                   PANGO_ELLIPSIZE_END, "max-width-chars", MOST_CHARS, NULL);
  GtkWidget *row = g_object_new (GTK_TYPE_LIST_BOX_ROW, "child", label, "focusable", FALSE, NULL);

  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

static GtkListBoxRow *
nth_row (LfSuggest *self, int n)
{
  return gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), n);
}

/* 2 where @word begins with @text, 1 where it has it, 0 otherwise; in any case of letters. */
static guint
rank (const char *word, const char *text)
{
  g_autofree char *low_word = g_ascii_strdown (word, -1);
  g_autofree char *low_text = g_ascii_strdown (text, -1);

  if (g_str_equal (low_word, low_text))
    return 0; /* it stands there already */
  if (g_str_has_prefix (low_word, low_text))
    return 2;
  return strstr (low_word, low_text) != NULL ? 1 : 0;
}

static void
fill (LfSuggest *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  const char *const *words = self->words (self->user_data);
  GtkListBoxRow *row;

  while ((row = nth_row (self, 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (row));
  for (guint wanted = 2; wanted > 0; wanted--)
    for (guint i = 0; words[i] != NULL; i++)
      if (rank (words[i], text) == wanted)
        add_word (self, words[i]);
}

static void
place (LfSuggest *self)
{
  graphene_rect_t bounds;
  GdkRectangle area;

  if (!gtk_widget_compute_bounds (self->entry, gtk_widget_get_parent (self->entry), &bounds))
    return;
  area = (GdkRectangle){ (int) bounds.origin.x, (int) bounds.origin.y, (int) bounds.size.width,
                         (int) bounds.size.height };
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &area);
  gtk_widget_set_size_request (self->page, area.width, -1);
}

static void
offer (LfSuggest *self)
{
  make_popover (self);
  fill (self);
  if (nth_row (self, 0) == NULL)
    {
      close_list (self);
      return;
    }
  place (self);
  gtk_popover_popup (GTK_POPOVER (self->popover));
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_EXPANDED, TRUE,
                               -1);
}

static gboolean
has_focus (LfSuggest *self)
{
  return (gtk_widget_get_state_flags (self->entry) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

static void
changed_cb (LfSuggest *self)
{
  if (self->taking || !has_focus (self))
    return;
  if (*gtk_editable_get_text (GTK_EDITABLE (self->entry)) == '\0')
    close_list (self);
  else
    offer (self);
}

/* As a focus would do; there is none in the list. */
static void
scroll_to (LfSuggest *self, GtkWidget *row)
{
  GtkAdjustment *adjustment =
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->page));
  graphene_rect_t bounds;

  if (gtk_widget_compute_bounds (row, self->list, &bounds))
    gtk_adjustment_clamp_page (adjustment, bounds.origin.y, bounds.origin.y + bounds.size.height);
}

static void
select_row (LfSuggest *self, int n)
{
  GtkListBoxRow *row = nth_row (self, n);

  if (row == NULL)
    return;
  gtk_list_box_select_row (GTK_LIST_BOX (self->list), row);
  scroll_to (self, GTK_WIDGET (row));
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->entry),
                                  GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT, row, -1);
}

static GtkListBoxRow *
selected_row (LfSuggest *self)
{
  return is_open (self) ? gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list)) : NULL;
}

static gboolean
walk (LfSuggest *self, int by)
{
  GtkListBoxRow *row = selected_row (self);

  if (!is_open (self))
    {
      if (by < 0)
        return GDK_EVENT_PROPAGATE;
      offer (self);
    }
  if (is_open (self))
    select_row (self, row != NULL ? MAX (0, gtk_list_box_row_get_index (row) + by) : 0);
  return is_open (self) ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

static gboolean
take_selected (LfSuggest *self)
{
  GtkListBoxRow *row = selected_row (self);

  if (row == NULL)
    return FALSE;
  take (self, row);
  return TRUE;
}

static gboolean
key_pressed_cb (LfSuggest *self, guint key, guint code, GdkModifierType state)
{
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  switch (key)
    {
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      return walk (self, 1);
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      return walk (self, -1);
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      return take_selected (self) ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
    case GDK_KEY_Tab:
      take_selected (self);
      return GDK_EVENT_PROPAGATE;
    case GDK_KEY_Escape:
      if (!is_open (self))
        return GDK_EVENT_PROPAGATE;
      close_list (self);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
watch_keys (LfSuggest *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (close_list), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->entry, keys);
  gtk_widget_add_controller (self->entry, focus);
}

static void
lf_suggest_dispose (GObject *object)
{
  LfSuggest *self = LF_SUGGEST (object);

  if (self->popover != NULL)
    {
      g_object_weak_unref (G_OBJECT (self->popover), popover_gone_cb, self);
      if (gtk_widget_get_parent (self->popover) != NULL)
        gtk_widget_unparent (self->popover);
    }
  self->popover = NULL;
  G_OBJECT_CLASS (lf_suggest_parent_class)->dispose (object);
}

static void
lf_suggest_class_init (LfSuggestClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lf_suggest_dispose;
}

static void
lf_suggest_init (LfSuggest *self)
{
}

void
lf_suggest_attach (GtkWidget *entry, LfSuggestFunc words, gpointer user_data)
{
  LfSuggest *self = g_object_new (LF_TYPE_SUGGEST, NULL);

  self->entry = entry;
  self->words = words;
  self->user_data = user_data;
  g_object_set_data_full (G_OBJECT (entry), DATA, self, g_object_unref);
  g_signal_connect_object (entry, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_AUTOCOMPLETE,
                                  GTK_ACCESSIBLE_AUTOCOMPLETE_LIST,
                                  GTK_ACCESSIBLE_PROPERTY_HAS_POPUP, TRUE, -1);
  watch_keys (self);
}

LfSuggest *
lf_suggest_of (GtkWidget *entry)
{
  return g_object_get_data (G_OBJECT (entry), DATA);
}

char **
lf_suggest_get_words (LfSuggest *self)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  GtkListBoxRow *row;

  if (!is_open (self))
    return NULL;
  for (int i = 0; (row = nth_row (self, i)) != NULL; i++)
    g_ptr_array_add (words, g_strdup (word_of (row)));
  g_ptr_array_add (words, NULL);
  return (char **) g_ptr_array_steal (words, NULL);
}
