#include "config.h"

#include "lf-row-grid.h"

#include "lf-removals.h"
#include "lf-undo-bar.h"

#include <glib/gi18n.h>

struct _LfRowGrid
{
  GtkBox parent_instance;
  GtkWidget *list;
  GtkWidget *add;
  GtkWidget *add_content;
  GtkWidget *undo_bar;
  GPtrArray *rows;
  LfRemovals *removed; /* until they are put back or other rows are shown */
  LfRowKind kind;
};

enum
{
  PROP_0,
  PROP_OF_PARAMETERS,
};

enum
{
  CHANGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LfRowGrid, lf_row_grid, GTK_TYPE_BOX)

static void fill (LfRowGrid *self);

static void
changed_cb (LfRowGrid *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/* A blank row is nothing to get back. */
static gboolean
is_blank (const LfRow *record)
{
  return (record->name == NULL || *record->name == '\0') &&
         (record->value == NULL || *record->value == '\0');
}

static void
forget_removed (LfRowGrid *self)
{
  lf_removals_clear (self->removed);
  lf_undo_bar_withdraw (LF_UNDO_BAR (self->undo_bar));
}

static void
keep_removed (LfRowGrid *self, LfRow *record)
{
  static const char *const words[] = { N_ ("The header was removed."),
                                       N_ ("The parameter was removed."),
                                       N_ ("The field was removed.") };
  guint place = 0;

  g_ptr_array_find (self->rows, record, &place);
  if (is_blank (record))
    {
      g_ptr_array_remove_index (self->rows, place);
      return;
    }
  lf_removals_take (self->removed, self->rows, place);
  lf_undo_bar_offer (LF_UNDO_BAR (self->undo_bar), _ (words[self->kind]));
}

/* The focus goes where the next key would be meant: to the row that took the place, or to Add. */
static void
remove_cb (LfRowGrid *self, LfRowGridRow *row)
{
  GtkWidget *neighbour = gtk_widget_get_next_sibling (GTK_WIDGET (row));
  LfRow *record = lf_row_grid_row_get_record (row);

  if (neighbour == NULL)
    neighbour = gtk_widget_get_prev_sibling (GTK_WIDGET (row));
  if (neighbour == NULL)
    neighbour = self->add;
  gtk_widget_child_focus (neighbour, GTK_DIR_TAB_FORWARD);
  gtk_box_remove (GTK_BOX (self->list), GTK_WIDGET (row));
  keep_removed (self, record);
  gtk_widget_set_visible (self->list, self->rows->len > 0);
  changed_cb (self);
}

static LfRowGridRow *
nth_row (LfRowGrid *self, guint n)
{
  GtkWidget *row = gtk_widget_get_first_child (self->list);

  while (row != NULL && n-- > 0)
    row = gtk_widget_get_next_sibling (row);
  return row != NULL ? LF_ROW_GRID_ROW (row) : NULL;
}

/* The focus goes to the last of them. */
static void
pasted_cb (LfRowGrid *self, GPtrArray *rows, LfRowGridRow *row)
{
  LfRow *record = lf_row_grid_row_get_record (row);
  guint place = 0;

  g_ptr_array_find (self->rows, record, &place);
  if (is_blank (record))
    g_ptr_array_remove_index (self->rows, place);
  else
    place++;
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_insert (self->rows, (int) (place + i), lf_row_copy (rows->pdata[i]));
  fill (self);
  gtk_widget_grab_focus (GTK_WIDGET (nth_row (self, place + rows->len - 1)));
  changed_cb (self);
}

static LfRowGridRow *
append (LfRowGrid *self, LfRow *record)
{
  LfRowGridRow *row = lf_row_grid_row_new (record, self->kind);

  g_signal_connect_swapped (row, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (row, "remove", G_CALLBACK (remove_cb), self);
  g_signal_connect_swapped (row, "pasted", G_CALLBACK (pasted_cb), self);
  gtk_box_append (GTK_BOX (self->list), GTK_WIDGET (row));
  gtk_widget_set_visible (self->list, TRUE);
  return row;
}

static void
fill (LfRowGrid *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_box_remove (GTK_BOX (self->list), child);
  gtk_widget_set_visible (self->list, FALSE);
  for (guint i = 0; self->rows != NULL && i < self->rows->len; i++)
    append (self, self->rows->pdata[i]);
}

static gboolean
undo_cb (GtkWidget *widget, GVariant *parameter, gpointer user_data)
{
  LfRowGrid *self = LF_ROW_GRID (widget);

  if (lf_removals_get_n (self->removed) == 0)
    return GDK_EVENT_PROPAGATE;
  lf_row_grid_undo (self);
  return GDK_EVENT_STOP;
}

static void
lf_row_grid_dispose (GObject *object)
{
  LfRowGrid *self = LF_ROW_GRID (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (lf_row_grid_parent_class)->dispose (object);
}

static void
lf_row_grid_finalize (GObject *object)
{
  lf_removals_free (LF_ROW_GRID (object)->removed);
  G_OBJECT_CLASS (lf_row_grid_parent_class)->finalize (object);
}

static void
lf_row_grid_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LfRowGrid *self = LF_ROW_GRID (object);

  if (id != PROP_OF_PARAMETERS)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  lf_row_grid_set_kind (self, g_value_get_boolean (value) ? LF_ROW_PARAMETER : LF_ROW_HEADER);
}

static void
lf_row_grid_class_init (LfRowGridClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lf_row_grid_dispose;
  G_OBJECT_CLASS (klass)->finalize = lf_row_grid_finalize;
  G_OBJECT_CLASS (klass)->set_property = lf_row_grid_set_property;
  g_object_class_install_property (
      G_OBJECT_CLASS (klass), PROP_OF_PARAMETERS,
      g_param_spec_boolean ("of-parameters", NULL, NULL, FALSE,
                            G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS));
  signals[CHANGED] = g_signal_new ("changed", LF_TYPE_ROW_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), GDK_KEY_z, GDK_CONTROL_MASK, undo_cb,
                                NULL);
}

static void
lf_row_grid_init (LfRowGrid *self)
{
  self->removed = lf_removals_new ();
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_visible (self->list, FALSE);
  self->add_content = adw_button_content_new ();
  g_object_set (self->add_content, "icon-name", "list-add-symbolic", "use-underline", TRUE, NULL);
  self->add = gtk_button_new ();
  g_object_set (self->add, "child", self->add_content, "halign", GTK_ALIGN_START, NULL);
  gtk_widget_add_css_class (self->add, "flat");
  g_signal_connect_swapped (self->add, "clicked", G_CALLBACK (lf_row_grid_add), self);
  self->undo_bar = g_object_new (LF_TYPE_UNDO_BAR, NULL);
  g_signal_connect_swapped (self->undo_bar, "undo", G_CALLBACK (lf_row_grid_undo), self);
  gtk_box_append (GTK_BOX (self), self->list);
  gtk_box_append (GTK_BOX (self), self->undo_bar);
  gtk_box_append (GTK_BOX (self), self->add);
}

void
lf_row_grid_set_kind (LfRowGrid *self, LfRowKind kind)
{
  static const char *const labels[] = { N_ ("A_dd Header"), N_ ("Add _Parameter"),
                                        N_ ("Add _Field") };

  self->kind = kind;
  adw_button_content_set_label (ADW_BUTTON_CONTENT (self->add_content), _ (labels[kind]));
}

void
lf_row_grid_set_rows (LfRowGrid *self, GPtrArray *rows)
{
  forget_removed (self);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  self->rows = rows != NULL ? g_ptr_array_ref (rows) : NULL;
  fill (self);
}

void
lf_row_grid_add (LfRowGrid *self)
{
  LfRow *record;

  if (self->rows == NULL)
    return;
  record = lf_row_new ();
  g_ptr_array_add (self->rows, record);
  gtk_widget_grab_focus (GTK_WIDGET (append (self, record)));
  changed_cb (self);
}

void
lf_row_grid_undo (LfRowGrid *self)
{
  guint place;

  if (self->rows == NULL || !lf_removals_restore (self->removed, self->rows, &place))
    return;
  if (lf_removals_get_n (self->removed) == 0)
    lf_undo_bar_withdraw (LF_UNDO_BAR (self->undo_bar));
  fill (self);
  gtk_widget_grab_focus (GTK_WIDGET (nth_row (self, place)));
  changed_cb (self);
}

void
lf_row_grid_clear_messages (LfRowGrid *self)
{
  LfRowGridRow *row;

  for (guint i = 0; (row = nth_row (self, i)) != NULL; i++)
    lf_row_grid_row_set_message (row, FALSE, NULL);
}

gboolean
lf_row_grid_set_message (LfRowGrid *self, guint n, gboolean of_value, const char *message)
{
  LfRowGridRow *row = nth_row (self, n);

  if (row == NULL)
    return FALSE;
  lf_row_grid_row_set_message (row, of_value, message);
  return TRUE;
}
