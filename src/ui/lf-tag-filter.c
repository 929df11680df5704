#include "config.h"

#include "lf-tag-filter.h"

#include "lf-spec-item.h"
#include "lf-tags.h"
#include "lf-tip.h"
#include "lf-words.h"

#include <glib/gi18n.h>

#define MOST_HEIGHT 360 /* px; then it scrolls */
#define MOST_CHARS  14

struct _LfTagFilter
{
  GtkWidget parent_instance;
  GtkWidget *button;
  GtkWidget *label;
  GtkWidget *list;    /* filled while the popover is open */
  GHashTable *counts; /* tag -> number of specs */
  GPtrArray *chosen;  /* ends in NULL */
};

enum
{
  CHANGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LfTagFilter, lf_tag_filter, GTK_TYPE_WIDGET)

/* The last element is NULL. */
static gboolean
is_same (gconstpointer one, gconstpointer other)
{
  return g_strcmp0 (one, other) == 0;
}

static gboolean
find_chosen (LfTagFilter *self, const char *tag, guint *place)
{
  return g_ptr_array_find_with_equal_func (self->chosen, tag, is_same, place);
}

static void
show_chosen (LfTagFilter *self)
{
  g_autofree char *tags = g_strjoinv (", ", (char **) self->chosen->pdata);
  gboolean any = self->chosen->len > 1;
  g_autofree char *words =
      any ? g_strdup_printf (_ ("Only specs tagged %s"), tags) : g_strdup (_ ("Filter by tags"));

  gtk_label_set_text (GTK_LABEL (self->label), any ? tags : _ ("Tags"));
  lf_tip_set_text (self->button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words, -1);
  if (any)
    gtk_widget_add_css_class (self->button, "chosen-tags");
  else
    gtk_widget_remove_css_class (self->button, "chosen-tags");
}

static void
changed (LfTagFilter *self)
{
  show_chosen (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
choose (LfTagFilter *self, const char *tag)
{
  g_ptr_array_insert (self->chosen, (int) self->chosen->len - 1, g_strdup (tag));
}

static void
toggled_cb (LfTagFilter *self, GtkCheckButton *check)
{
  const char *tag = g_object_get_data (G_OBJECT (check), "tag");
  guint place;

  if (find_chosen (self, tag, &place))
    g_ptr_array_remove_index (self->chosen, place);
  else
    choose (self, tag);
  changed (self);
}

static GtkWidget *
new_check (LfTagFilter *self, const char *tag)
{
  g_autofree char *count =
      lf_words_number (GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, tag)));
  /* Translators: a tag and how many specs have it. */
  g_autofree char *words = g_strdup_printf (C_ ("tag", "%s (%s)"), tag, count);
  GtkWidget *check = gtk_check_button_new_with_label (words);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), find_chosen (self, tag, NULL));
  g_object_set_data_full (G_OBJECT (check), "tag", g_strdup (tag), g_free);
  g_signal_connect_object (check, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  return check;
}

static void
clear_list (LfTagFilter *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_box_remove (GTK_BOX (self->list), child);
}

static void
popover_shown_cb (LfTagFilter *self)
{
  g_auto (GStrv) tags = lf_tags_sort (self->counts);

  clear_list (self);
  for (guint i = 0; tags[i] != NULL; i++)
    gtk_box_append (GTK_BOX (self->list), new_check (self, tags[i]));
}

static GtkWidget *
new_popover (LfTagFilter *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Tags"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), MOST_HEIGHT);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->list);
  gtk_popover_set_child (GTK_POPOVER (popover), scrolled);
  g_signal_connect_swapped (popover, "show", G_CALLBACK (popover_shown_cb), self);
  g_signal_connect_swapped (popover, "closed", G_CALLBACK (clear_list), self);
  return popover;
}

static void
lf_tag_filter_dispose (GObject *object)
{
  g_clear_pointer (&LF_TAG_FILTER (object)->button, gtk_widget_unparent);
  G_OBJECT_CLASS (lf_tag_filter_parent_class)->dispose (object);
}

static void
lf_tag_filter_finalize (GObject *object)
{
  LfTagFilter *self = LF_TAG_FILTER (object);

  g_hash_table_unref (self->counts);
  g_ptr_array_unref (self->chosen);
  G_OBJECT_CLASS (lf_tag_filter_parent_class)->finalize (object);
}

static void
lf_tag_filter_class_init (LfTagFilterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lf_tag_filter_dispose;
  object_class->finalize = lf_tag_filter_finalize;
  signals[CHANGED] = g_signal_new ("changed", LF_TYPE_TAG_FILTER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
lf_tag_filter_init (LfTagFilter *self)
{
  self->counts = g_hash_table_new (g_str_hash, g_str_equal);
  self->chosen = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->chosen, NULL);
  self->label = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (self->label), MOST_CHARS);
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), self->label);
  gtk_menu_button_set_always_show_arrow (GTK_MENU_BUTTON (self->button), TRUE);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), new_popover (self));
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  show_chosen (self);
}

static gboolean
drop_unused (LfTagFilter *self)
{
  gboolean dropped = FALSE;

  for (guint i = self->chosen->len - 1; i-- > 0;)
    if (!g_hash_table_contains (self->counts, self->chosen->pdata[i]))
      {
        g_ptr_array_remove_index (self->chosen, i);
        dropped = TRUE;
      }
  return dropped;
}

void
lf_tag_filter_count (LfTagFilter *self, GListModel *items)
{
  g_hash_table_unref (self->counts);
  self->counts = lf_tags_count (items);
  gtk_widget_set_visible (GTK_WIDGET (self), g_hash_table_size (self->counts) > 0);
  if (drop_unused (self))
    changed (self);
}

const char *const *
lf_tag_filter_get_chosen (LfTagFilter *self)
{
  return (const char *const *) self->chosen->pdata;
}

void
lf_tag_filter_clear (LfTagFilter *self)
{
  if (self->chosen->len == 1)
    return;
  g_ptr_array_set_size (self->chosen, 0);
  g_ptr_array_add (self->chosen, NULL);
  changed (self);
}
