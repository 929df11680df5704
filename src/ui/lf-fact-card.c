#include "config.h"

#include "lf-fact-card.h"

#include "lf-either.h"
#include "lf-tip.h"
#include "lf-words.h"

#define NAME_CHARS 28 /* that a longer name keeps beside its cells */

struct _LfFactCard
{
  GtkWidget parent_instance;
  GtkWidget *heading;
  GtkGrid *grid;
  GtkGrid *folded; /* the same with the names above their cells, where that has no room */
  GtkBox *lines;   /* the same in words, where that has none either */
  GPtrArray *titles;
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
lf_fact_card_finalize (GObject *object)
{
  g_ptr_array_unref (LF_FACT_CARD (object)->titles);
  G_OBJECT_CLASS (lf_fact_card_parent_class)->finalize (object);
}

static void
lf_fact_card_class_init (LfFactCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lf_fact_card_dispose;
  G_OBJECT_CLASS (klass)->finalize = lf_fact_card_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "fact-card");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
new_grid (int row_spacing)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), (guint) row_spacing);
  return grid;
}

static GtkWidget *
new_either (GtkWidget *first, GtkWidget *second)
{
  GtkWidget *either = g_object_new (LF_TYPE_EITHER, NULL);

  gtk_widget_set_parent (first, either);
  gtk_widget_set_parent (second, either);
  return either;
}

static void
lf_fact_card_init (LfFactCard *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkWidget *grid = new_grid (4);
  GtkWidget *folded = new_grid (2);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  self->titles = g_ptr_array_new_with_free_func (g_free);
  self->heading = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->heading), 0);
  gtk_label_set_wrap (GTK_LABEL (self->heading), TRUE);
  gtk_widget_add_css_class (self->heading, "heading");
  gtk_widget_set_parent (self->heading, GTK_WIDGET (self));

  self->grid = GTK_GRID (grid);
  self->folded = GTK_GRID (folded);
  self->lines = GTK_BOX (lines);
  gtk_grid_set_column_homogeneous (self->folded, TRUE);
  gtk_widget_set_parent (new_either (grid, new_either (folded, lines)), GTK_WIDGET (self));
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

static GtkWidget *
new_label (const char *text, const char *style, float xalign)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
new_wrapped (const char *text, const char *style)
{
  GtkWidget *label = new_label (text, style, 0);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  return label;
}

/* In the columns of both grids. @column: from 1. */
static void
attach_cell (LfFactCard *self, const char *text, int column, const char *style)
{
  int row = (int) self->n_rows;

  gtk_grid_attach (self->grid, new_label (text, style, 1), column, row, 1, 1);
  gtk_grid_attach (self->folded, new_label (text, style, column == 1 ? 0 : 1), column - 1,
                   2 * row + 1, 1, 1);
}

/* Only a long one is cut. */
static GtkWidget *
new_name (const char *name)
{
  GtkWidget *label = new_label (name, "dim-label", 0);

  gtk_widget_set_hexpand (label, TRUE);
  if (g_utf8_strlen (name, -1) <= NAME_CHARS)
    return label;
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), NAME_CHARS);
  lf_tip_tell_cut_off (label);
  return label;
}

/* Beside the cells, and above them where they are @n. */
static void
attach_name (LfFactCard *self, const char *name, int n)
{
  GtkWidget *above = new_wrapped (name, "dim-label");

  gtk_widget_set_margin_top (above, 6);
  gtk_grid_attach (self->grid, new_name (name), 0, (int) self->n_rows, 1, 1);
  gtk_grid_attach (self->folded, above, 0, 2 * (int) self->n_rows, MAX (n, 1), 1);
}

/* "Before 3990/s · After 3980/s" */
static void
append_cell (LfFactCard *self, GString *line, const char *cell, guint column)
{
  const char *title = column < self->titles->len ? self->titles->pdata[column] : "";

  if (*cell != '\0')
    lf_words_append_part (line, g_strconcat (title, *title != '\0' ? " " : "", cell, NULL));
}

static void
add_lines (LfFactCard *self, const char *name, const char *cells)
{
  gtk_box_append (self->lines, new_wrapped (name, "dim-label"));
  if (*cells != '\0')
    gtk_box_append (self->lines, new_wrapped (cells, "numeric"));
}

void
lf_fact_card_columns (LfFactCard *self, ...)
{
  const char *title;
  int column = 1;
  va_list titles;

  va_start (titles, self);
  while ((title = va_arg (titles, const char *)) != NULL)
    {
      attach_cell (self, title, column++, "dim-label");
      g_ptr_array_add (self->titles, g_strdup (title));
    }
  va_end (titles);
}

void
lf_fact_card_add (LfFactCard *self, const char *name, ...)
{
  g_autoptr (GString) line = g_string_new (NULL);
  const char *cell;
  int n = 0;
  va_list cells;

  self->n_rows++;
  va_start (cells, name);
  while ((cell = va_arg (cells, const char *)) != NULL)
    {
      append_cell (self, line, cell, (guint) n);
      attach_cell (self, cell, ++n, "numeric");
    }
  va_end (cells);
  attach_name (self, name, n);
  add_lines (self, name, line->str);
}

guint
lf_fact_card_n_rows (LfFactCard *self)
{
  return self->n_rows;
}

void
lf_fact_card_add_note (LfFactCard *self, const char *text)
{
  GtkWidget *label = new_wrapped (text, "caption");

  gtk_label_set_max_width_chars (GTK_LABEL (label),
                                 36); /* of what it asks for: it fills what it gets */
  gtk_widget_set_parent (label, GTK_WIDGET (self));
}
