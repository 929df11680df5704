#include "config.h"

#include "lf-step-list.h"

#include "lf-removals.h"
#include "lf-step-list-row.h"
#include "lf-undo-bar.h"

#include <glib/gi18n.h>

struct _LfStepList
{
  GtkBox parent_instance;
  LfSpec *spec;
  LfRemovals *removed; /* until they are put back or another spec is shown */
  guint selected;
  gboolean filling; /* the rows are made anew: what the list selects meanwhile is not meant */
  GtkWidget *list;
  GtkWidget *undo_bar;
};

enum
{
  CHANGED,
  SELECTED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LfStepList, lf_step_list, GTK_TYPE_BOX)

static GtkListBoxRow *
nth_row (LfStepList *self, guint n)
{
  return gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), n);
}

/* The short form holds one step only; with another one the spec has steps. */
static void
ensure_steps (LfSpec *spec)
{
  if (spec->request == NULL)
    return;
  g_ptr_array_insert (spec->steps, 0, g_steal_pointer (&spec->request));
  lf_record_set_present (spec, G_STRUCT_OFFSET (LfSpec, request), FALSE);
}

static void
row_changed_cb (LfStepList *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
row_moved_cb (LfStepList *self, GtkListBoxRow *dropped, GtkListBoxRow *place)
{
  lf_step_list_move (self, gtk_list_box_row_get_index (dropped),
                     gtk_list_box_row_get_index (place));
}

static void
append_row (LfStepList *self, guint n)
{
  GtkWidget *row = lf_step_list_row_new (lf_spec_get_step (self->spec, n), n);

  g_signal_connect_swapped (row, "changed", G_CALLBACK (row_changed_cb), self);
  g_signal_connect_swapped (row, "moved", G_CALLBACK (row_moved_cb), self);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

static void
fill (LfStepList *self)
{
  const guint n_steps = self->spec != NULL ? lf_spec_get_n_steps (self->spec) : 0;
  GtkListBoxRow *row;

  self->filling = TRUE;
  while ((row = nth_row (self, 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (row));
  for (guint i = 0; i < n_steps; i++)
    append_row (self, i);
  /* One step alone is all in the editor below, but for being off. */
  gtk_widget_set_visible (
      self->list, n_steps > 1 || (n_steps == 1 && !lf_spec_get_step (self->spec, 0)->enabled));
  gtk_list_box_select_row (GTK_LIST_BOX (self->list), nth_row (self, self->selected));
  self->filling = FALSE;
}

/* After the steps have changed: shows them, with step @n selected and focused. */
static void
refill (LfStepList *self, guint n)
{
  GtkListBoxRow *row;

  self->selected = n;
  fill (self);
  row = nth_row (self, n);
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
  g_signal_emit (self, signals[SELECTED], 0);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
row_selected_cb (LfStepList *self, GtkListBoxRow *row)
{
  if (self->filling || row == NULL || gtk_list_box_row_get_index (row) == (int) self->selected)
    return;
  self->selected = gtk_list_box_row_get_index (row);
  g_signal_emit (self, signals[SELECTED], 0);
}

static void
add_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lf_step_list_add (LF_STEP_LIST (widget));
}

static void
undo_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lf_step_list_undo (LF_STEP_LIST (widget));
}

static void
duplicate_cb (GtkWidget *widget, const char *name, GVariant *place)
{
  lf_step_list_duplicate (LF_STEP_LIST (widget), g_variant_get_uint32 (place));
}

static void
remove_cb (GtkWidget *widget, const char *name, GVariant *place)
{
  lf_step_list_remove (LF_STEP_LIST (widget), g_variant_get_uint32 (place));
}

static void
move_cb (GtkWidget *widget, const char *name, GVariant *by)
{
  LfStepList *self = LF_STEP_LIST (widget);
  const int to = (int) self->selected + g_variant_get_int32 (by);

  if (self->spec != NULL && to >= 0 && to < (int) lf_spec_get_n_steps (self->spec))
    lf_step_list_move (self, self->selected, to);
}

static void
lf_step_list_dispose (GObject *object)
{
  LfStepList *self = LF_STEP_LIST (object);

  self->filling = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (object), LF_TYPE_STEP_LIST);
  G_OBJECT_CLASS (lf_step_list_parent_class)->dispose (object);
}

static void
lf_step_list_finalize (GObject *object)
{
  lf_removals_free (LF_STEP_LIST (object)->removed);
  G_OBJECT_CLASS (lf_step_list_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "steps.add", NULL, add_cb);
  gtk_widget_class_install_action (widget_class, "steps.undo", NULL, undo_cb);
  gtk_widget_class_install_action (widget_class, "steps.duplicate", "u", duplicate_cb);
  gtk_widget_class_install_action (widget_class, "steps.remove", "u", remove_cb);
  gtk_widget_class_install_action (widget_class, "steps.move", "i", move_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "steps.move", "i",
                                       -1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "steps.move", "i",
                                       1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "steps.undo",
                                       NULL);
}

static void
lf_step_list_class_init (LfStepListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lf_step_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = lf_step_list_finalize;
  signals[CHANGED] = g_signal_new ("changed", LF_TYPE_STEP_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[SELECTED] = g_signal_new ("selected", LF_TYPE_STEP_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 0);
  install_actions (widget_class);
  g_type_ensure (LF_TYPE_UNDO_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, LF_RESOURCE_PATH "lf-step-list.ui");
  gtk_widget_class_bind_template_child (widget_class, LfStepList, list);
  gtk_widget_class_bind_template_child (widget_class, LfStepList, undo_bar);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, lf_step_list_undo);
}

static void
lf_step_list_init (LfStepList *self)
{
  self->removed = lf_removals_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
lf_step_list_set_spec (LfStepList *self, LfSpec *spec)
{
  lf_removals_clear (self->removed);
  lf_undo_bar_withdraw (LF_UNDO_BAR (self->undo_bar));
  self->spec = spec;
  self->selected = 0;
  fill (self);
}

guint
lf_step_list_get_selected (LfStepList *self)
{
  return self->selected;
}

void
lf_step_list_select (LfStepList *self, guint n)
{
  gtk_list_box_select_row (GTK_LIST_BOX (self->list), nth_row (self, n));
}

void
lf_step_list_update (LfStepList *self)
{
  GtkListBoxRow *row;

  for (guint i = 0; (row = nth_row (self, i)) != NULL; i++)
    lf_step_list_row_update (LF_STEP_LIST_ROW (row));
}

void
lf_step_list_set_fault (LfStepList *self, guint n, gboolean fault)
{
  GtkListBoxRow *row = nth_row (self, n);

  if (row != NULL)
    lf_step_list_row_set_fault (LF_STEP_LIST_ROW (row), fault);
}

void
lf_step_list_add (LfStepList *self)
{
  if (self->spec == NULL)
    return;
  ensure_steps (self->spec);
  g_ptr_array_add (self->spec->steps, lf_step_new ());
  refill (self, self->spec->steps->len - 1);
}

void
lf_step_list_duplicate (LfStepList *self, guint n)
{
  if (self->spec == NULL || n >= lf_spec_get_n_steps (self->spec))
    return;
  ensure_steps (self->spec);
  g_ptr_array_insert (self->spec->steps, n + 1, lf_step_copy (self->spec->steps->pdata[n]));
  refill (self, n + 1);
}

void
lf_step_list_remove (LfStepList *self, guint n)
{
  if (self->spec == NULL || n >= lf_spec_get_n_steps (self->spec))
    return;
  ensure_steps (self->spec);
  lf_removals_take (self->removed, self->spec->steps, n);
  lf_undo_bar_offer (LF_UNDO_BAR (self->undo_bar), _ ("The step was removed."));
  if (self->selected > n || self->selected == self->spec->steps->len)
    refill (self, self->selected > 0 ? self->selected - 1 : 0);
  else
    refill (self, self->selected);
}

void
lf_step_list_move (LfStepList *self, guint from, guint to)
{
  if (self->spec == NULL || from == to || MAX (from, to) >= self->spec->steps->len)
    return;
  g_ptr_array_insert (self->spec->steps, to, g_ptr_array_steal_index (self->spec->steps, from));
  refill (self, to);
}

void
lf_step_list_undo (LfStepList *self)
{
  guint place;

  if (self->spec == NULL || !lf_removals_restore (self->removed, self->spec->steps, &place))
    return;
  if (lf_removals_get_n (self->removed) == 0)
    lf_undo_bar_withdraw (LF_UNDO_BAR (self->undo_bar));
  refill (self, place);
}

static gboolean
has_attachment (const LfBody *body, const char *id)
{
  if (body == NULL)
    return FALSE;
  for (guint i = 0; i < body->parts->len; i++)
    if (g_strcmp0 (((const LfBodyPart *) body->parts->pdata[i])->attachment_id, id) == 0)
      return TRUE;
  return g_strcmp0 (body->attachment_id, id) == 0;
}

gboolean
lf_step_list_can_restore (LfStepList *self, const char *id)
{
  for (guint i = 0; i < lf_removals_get_n (self->removed); i++)
    if (has_attachment (((const LfStep *) lf_removals_get (self->removed, i))->body, id))
      return TRUE;
  return FALSE;
}
