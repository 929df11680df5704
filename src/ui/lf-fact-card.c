#include "config.h"

#include "lf-fact-card.h"

struct _LfFactCard
{
  GtkWidget parent_instance;
  GtkWidget *heading;
  GtkWidget *scroller;
  GtkGrid *grid;
  guint n_rows;
};

G_DEFINE_FINAL_TYPE (LfFactCard, lf_fact_card, GTK_TYPE_WIDGET)

static void
lf_fact_card_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (lf_fact_card_parent_class)->dispose (object);
}

static void
lf_fact_card_class_init (LfFactCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lf_fact_card_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "fact-card");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
lf_fact_card_init (LfFactCard *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkWidget *grid = gtk_grid_new ();

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  self->heading = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->heading), 0);
  gtk_widget_add_css_class (self->heading, "heading");
  gtk_widget_set_parent (self->heading, GTK_WIDGET (self));

  self->grid = GTK_GRID (grid);
  gtk_grid_set_column_spacing (self->grid, 18);
  gtk_grid_set_row_spacing (self->grid, 4);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (self->scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), grid);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
}

LfFactCard *
lf_fact_card_new (const char *title)
{
  LfFactCard *self = g_object_new (LF_TYPE_FACT_CARD, NULL);

  gtk_label_set_text (GTK_LABEL (self->heading), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return self;
}

/* Where there is no room for all of a name. Asked for when the pointer rests there: to set a text
 * beforehand makes GTK ask the X server for the pointer each time. */
static gboolean
query_tooltip_cb (GtkWidget *label, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  if (!pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (label))))
    return FALSE;
  gtk_tooltip_set_text (tooltip, gtk_label_get_text (GTK_LABEL (label)));
  return TRUE;
}

static void
attach (LfFactCard *self, const char *text, int column, int row, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), column == 0 ? 0 : 1);
  gtk_widget_set_hexpand (label, column == 0);
  gtk_widget_add_css_class (label, style != NULL ? style : "numeric");
  if (column == 0)
    {
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_width_chars (GTK_LABEL (label), MIN (12, (int) g_utf8_strlen (text, -1)));
      gtk_widget_set_has_tooltip (label, TRUE);
      g_signal_connect (label, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
    }
  gtk_grid_attach (self->grid, label, column, row, 1, 1);
}

void
lf_fact_card_columns (LfFactCard *self, ...)
{
  const char *title;
  int column = 1;
  va_list titles;

  va_start (titles, self);
  while ((title = va_arg (titles, const char *)) != NULL)
    attach (self, title, column++, 0, "dim-label");
  va_end (titles);
}

void
lf_fact_card_add (LfFactCard *self, const char *name, ...)
{
  int row = (int) ++self->n_rows;
  const char *cell;
  int column = 1;
  va_list cells;

  attach (self, name, 0, row, "dim-label");
  va_start (cells, name);
  while ((cell = va_arg (cells, const char *)) != NULL)
    attach (self, cell, column++, row, NULL);
  va_end (cells);
}

guint
lf_fact_card_n_rows (LfFactCard *self)
{
  return self->n_rows;
}

void
lf_fact_card_add_note (LfFactCard *self, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label),
                                 36); /* of what it asks for: it fills what it gets */
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_set_parent (label, GTK_WIDGET (self));
}
