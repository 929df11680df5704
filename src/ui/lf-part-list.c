#include "config.h"

#include "lf-part-list.h"

#include "lf-part-content.h"
#include "lf-part-row.h"
#include "lf-reflow.h"
#include "lf-removals.h"
#include "lf-undo-bar.h"
#include "lf-widget-private.h"

#include <glib/gi18n.h>

struct _LfPartList
{
  GtkBox parent_instance;
  LfStore *store;
  GPtrArray *parts;
  LfRemovals *removed; /* until they are put back or other parts are shown */
  GtkFileChooserNative *chooser;
  GtkWidget *list;
  GtkWidget *hint;
  GtkWidget *undo_bar;
  GtkWidget *add;
};

enum
{
  CHANGED,
  ADDED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LfPartList, lf_part_list, GTK_TYPE_BOX)

static LfPartRow *
nth_row (LfPartList *self, guint n)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), (int) n);

  return row != NULL ? LF_PART_ROW (row) : NULL;
}

static void
changed_cb (LfPartList *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
added_cb (LfPartList *self, const char *attachment_id)
{
  g_signal_emit (self, signals[ADDED], 0, attachment_id);
}

static void
remove_cb (LfPartList *self, GtkListBoxRow *row)
{
  lf_part_list_remove (self, (guint) gtk_list_box_row_get_index (row));
}

static void
moved_cb (LfPartList *self, GtkListBoxRow *dropped, GtkListBoxRow *place)
{
  lf_part_list_move (self, (guint) gtk_list_box_row_get_index (dropped),
                     (guint) gtk_list_box_row_get_index (place));
}

static void
show_hint (LfPartList *self)
{
  const gboolean empty = self->parts == NULL || self->parts->len == 0;

  gtk_widget_set_visible (self->list, !empty);
  gtk_widget_set_visible (self->hint, empty);
}

static LfPartRow *
insert_row (LfPartList *self, LfBodyPart *part, guint place)
{
  GtkWidget *row = lf_part_row_new (self->store, part);

  g_signal_connect_swapped (row, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (row, "added", G_CALLBACK (added_cb), self);
  g_signal_connect_swapped (row, "remove", G_CALLBACK (remove_cb), self);
  g_signal_connect_swapped (row, "moved", G_CALLBACK (moved_cb), self);
  gtk_list_box_insert (GTK_LIST_BOX (self->list), row, (int) place);
  return LF_PART_ROW (row);
}

/* Takes @part. */
static LfPartRow *
append_part (LfPartList *self, LfBodyPart *part)
{
  LfPartRow *row;

  g_ptr_array_add (self->parts, part);
  row = insert_row (self, part, self->parts->len - 1);
  show_hint (self);
  return row;
}

static void
forget_removed (LfPartList *self)
{
  lf_removals_clear (self->removed);
  lf_undo_bar_withdraw (LF_UNDO_BAR (self->undo_bar));
}

/* The focus goes where the next key would be meant: to the row that took the place, or to Add. */
static void
focus_near (LfPartList *self, guint n)
{
  LfPartRow *row = nth_row (self, MIN (n, MAX (self->parts->len, 1) - 1));

  gtk_widget_grab_focus (row != NULL ? GTK_WIDGET (row) : self->add);
}

static void
files_chosen_cb (LfPartList *self, int response)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  g_autoptr (GListModel) files = NULL;

  if (response != GTK_RESPONSE_ACCEPT)
    return;
  files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (chooser));
  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);

      lf_part_list_add_file (self, file);
    }
}

static void
add_files_cb (LfPartList *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->chooser != NULL)
    return;
  self->chooser = gtk_file_chooser_native_new (_ ("Choose Files"), GTK_WINDOW (root),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Choose"), NULL);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (self->chooser), TRUE);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (files_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static gboolean
move_cb (GtkWidget *widget, GVariant *by, gpointer user_data)
{
  LfPartList *self = LF_PART_LIST (widget);
  GtkWidget *focus = _lf_widget_get_focus (widget);
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, LF_TYPE_PART_ROW) : NULL;
  int from, to;

  if (row == NULL || self->parts == NULL)
    return GDK_EVENT_PROPAGATE;
  from = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));
  to = from + g_variant_get_int32 (by);
  if (to >= 0 && to < (int) self->parts->len)
    lf_part_list_move (self, (guint) from, (guint) to);
  return GDK_EVENT_STOP;
}

static gboolean
undo_cb (GtkWidget *widget, GVariant *parameter, gpointer user_data)
{
  LfPartList *self = LF_PART_LIST (widget);

  if (lf_removals_get_n (self->removed) == 0)
    return GDK_EVENT_PROPAGATE;
  lf_part_list_undo (self);
  return GDK_EVENT_STOP;
}

static void
lf_part_list_dispose (GObject *object)
{
  LfPartList *self = LF_PART_LIST (object);

  g_clear_object (&self->chooser);
  gtk_widget_dispose_template (GTK_WIDGET (object), LF_TYPE_PART_LIST);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (lf_part_list_parent_class)->dispose (object);
}

static void
lf_part_list_finalize (GObject *object)
{
  lf_removals_free (LF_PART_LIST (object)->removed);
  G_OBJECT_CLASS (lf_part_list_parent_class)->finalize (object);
}

static void
lf_part_list_class_init (LfPartListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lf_part_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = lf_part_list_finalize;
  signals[CHANGED] = g_signal_new ("changed", LF_TYPE_PART_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[ADDED] = g_signal_new ("added", LF_TYPE_PART_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Up, GDK_ALT_MASK, move_cb, "i", -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Down, GDK_ALT_MASK, move_cb, "i", 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, undo_cb, NULL);
  g_type_ensure (LF_TYPE_UNDO_BAR);
  g_type_ensure (LF_TYPE_REFLOW);
  gtk_widget_class_set_template_from_resource (widget_class, LF_RESOURCE_PATH "lf-part-list.ui");
  gtk_widget_class_bind_template_child (widget_class, LfPartList, list);
  gtk_widget_class_bind_template_child (widget_class, LfPartList, hint);
  gtk_widget_class_bind_template_child (widget_class, LfPartList, undo_bar);
  gtk_widget_class_bind_template_child (widget_class, LfPartList, add);
  gtk_widget_class_bind_template_callback (widget_class, lf_part_list_add);
  gtk_widget_class_bind_template_callback (widget_class, lf_part_list_undo);
  gtk_widget_class_bind_template_callback (widget_class, add_files_cb);
}

static void
lf_part_list_init (LfPartList *self)
{
  self->removed = lf_removals_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
lf_part_list_set_parts (LfPartList *self, LfStore *store, GPtrArray *parts)
{
  LfPartRow *row;

  forget_removed (self);
  while ((row = nth_row (self, 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (row));
  g_set_object (&self->store, store);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  self->parts = parts != NULL ? g_ptr_array_ref (parts) : NULL;
  for (guint i = 0; parts != NULL && i < parts->len; i++)
    insert_row (self, parts->pdata[i], i);
  show_hint (self);
}

void
lf_part_list_add (LfPartList *self)
{
  if (self->parts == NULL)
    return;
  gtk_widget_grab_focus (GTK_WIDGET (append_part (self, lf_part_content_new (FALSE))));
  changed_cb (self);
}

void
lf_part_list_add_file (LfPartList *self, GFile *file)
{
  LfBodyPart *part;

  if (self->parts == NULL)
    return;
  part = lf_part_content_new (TRUE);
  lf_set_string (&part->name, "file"); /* what most servers look for */
  lf_part_row_take_file (append_part (self, part), file);
  changed_cb (self);
}

void
lf_part_list_remove (LfPartList *self, guint n)
{
  LfPartRow *row = nth_row (self, n);

  if (row == NULL)
    return;
  gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (row));
  lf_removals_take (self->removed, self->parts, n);
  lf_undo_bar_offer (LF_UNDO_BAR (self->undo_bar), _ ("The part was removed."));
  show_hint (self);
  focus_near (self, n);
  changed_cb (self);
}

void
lf_part_list_move (LfPartList *self, guint from, guint to)
{
  LfPartRow *row = nth_row (self, from);

  if (row == NULL || from == to || to >= self->parts->len)
    return;
  g_ptr_array_insert (self->parts, (int) to, g_ptr_array_steal_index (self->parts, from));
  g_object_ref (row); /* what is on its way into it goes on */
  gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (row));
  gtk_list_box_insert (GTK_LIST_BOX (self->list), GTK_WIDGET (row), (int) to);
  g_object_unref (row);
  gtk_widget_grab_focus (GTK_WIDGET (row));
  changed_cb (self);
}

void
lf_part_list_undo (LfPartList *self)
{
  guint place;

  if (self->parts == NULL || !lf_removals_restore (self->removed, self->parts, &place))
    return;
  if (lf_removals_get_n (self->removed) == 0)
    lf_undo_bar_withdraw (LF_UNDO_BAR (self->undo_bar));
  gtk_widget_grab_focus (GTK_WIDGET (insert_row (self, self->parts->pdata[place], place)));
  show_hint (self);
  changed_cb (self);
}

gboolean
lf_part_list_is_busy (LfPartList *self)
{
  LfPartRow *row;

  for (guint i = 0; (row = nth_row (self, i)) != NULL; i++)
    if (lf_part_row_is_busy (row))
      return TRUE;
  return FALSE;
}

gboolean
lf_part_list_can_restore (LfPartList *self, const char *id)
{
  LfPartRow *row;

  for (guint i = 0; (row = nth_row (self, i)) != NULL; i++)
    if (lf_part_row_keeps (row, id))
      return TRUE;
  for (guint i = 0; i < lf_removals_get_n (self->removed); i++)
    {
      const LfBodyPart *part = lf_removals_get (self->removed, i);

      if (g_strcmp0 (part->attachment_id, id) == 0)
        return TRUE;
    }
  return FALSE;
}

void
lf_part_list_clear_messages (LfPartList *self)
{
  LfPartRow *row;

  for (guint i = 0; (row = nth_row (self, i)) != NULL; i++)
    lf_part_row_clear_messages (row);
}

gboolean
lf_part_list_set_message (LfPartList *self, guint n, const char *field, const char *message)
{
  LfPartRow *row = nth_row (self, n);

  if (row == NULL)
    return FALSE;
  lf_part_row_set_message (row, field, message);
  return TRUE;
}
