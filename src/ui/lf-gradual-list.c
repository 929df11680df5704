#include "config.h"

#include "lf-gradual-list.h"

#define BUDGET 8000 /* us of a frame that may go into rows that come or go */
#define PIECE  8    /* items that come together, while rows are made for them */
#define LEAVE  16   /* items that go together, while they have rows: */
#define ROWS   220  /* as at most so many of the first ones have, and some to spare */

struct _LfGradualList
{
  GObject parent_instance;
  GtkSelectionModel *model;
  GtkWidget *widget; /* weak */
  guint n_items;     /* that are there; those of @model from the first on */
  guint tick_id;     /* 0: all are there */
  gboolean folding;
};

enum
{
  FOLDED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static void list_model_iface_init (GListModelInterface *iface);
static void selection_model_iface_init (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LfGradualList,
                               lf_gradual_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init)
                                   G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL,
                                                          selection_model_iface_init))

static guint
count_all (LfGradualList *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->model));
}

static void
change (LfGradualList *self, guint position, guint removed, guint added)
{
  self->n_items += added - removed;
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static void
shrink (LfGradualList *self, guint most)
{
  guint gone = MIN (self->n_items - MIN (self->n_items, LF_GRADUAL_LIST_FIRST), most);

  if (gone > 0)
    change (self, self->n_items - gone, gone, 0);
  if (!self->folding || self->n_items > LF_GRADUAL_LIST_FIRST)
    return;
  self->folding = FALSE;
  g_signal_emit (self, signals[FOLDED], 0);
}

/* Those for which no row is made, far from what is in sight, cost nearly nothing: more of them come
 * together. */
static void
grow (LfGradualList *self, gint64 end)
{
  gint64 now = g_get_monotonic_time ();
  guint piece = PIECE;

  while (self->n_items < count_all (self) && now < end)
    {
      gint64 before = now;

      change (self, self->n_items, 0, MIN (piece, count_all (self) - self->n_items));
      now = g_get_monotonic_time ();
      piece = now - before < BUDGET / 8 ? piece * 2 : PIECE;
    }
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  LfGradualList *self = user_data;
  gint64 end = g_get_monotonic_time () + BUDGET;

  if (!self->folding)
    grow (self, end);
  /* The last time its user makes other rows of the first ones: that is enough for a frame. */
  while (self->folding && g_get_monotonic_time () < end)
    shrink (self, self->n_items > ROWS ? self->n_items - ROWS : LEAVE);
  if (self->folding || self->n_items < count_all (self))
    return G_SOURCE_CONTINUE;
  self->tick_id = 0;
  return G_SOURCE_REMOVE;
}

static void
go_on (LfGradualList *self)
{
  if (self->tick_id == 0 && self->widget != NULL &&
      (self->folding || self->n_items < count_all (self)))
    self->tick_id = gtk_widget_add_tick_callback (self->widget, tick_cb, self, NULL);
}

/* Where nothing comes after it of what is there, a change need not bring all at once. */
static void
items_changed_cb (LfGradualList *self, guint position, guint removed, guint added)
{
  if (position <= self->n_items)
    {
      guint gone = MIN (removed, self->n_items - position);
      gboolean is_last = position + gone == self->n_items;

      change (self, position, gone,
              is_last ? MIN (added, MAX (gone, LF_GRADUAL_LIST_FIRST)) : added);
    }
  go_on (self);
}

static void
selection_changed_cb (LfGradualList *self, guint position, guint n)
{
  if (position < self->n_items)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), position,
                                           MIN (n, self->n_items - position));
}

static GType
lf_gradual_list_get_item_type (GListModel *list)
{
  return g_list_model_get_item_type (G_LIST_MODEL (LF_GRADUAL_LIST (list)->model));
}

static guint
lf_gradual_list_get_n_items (GListModel *list)
{
  return LF_GRADUAL_LIST (list)->n_items;
}

static gpointer
lf_gradual_list_get_item (GListModel *list, guint position)
{
  LfGradualList *self = LF_GRADUAL_LIST (list);

  return position < self->n_items ? g_list_model_get_item (G_LIST_MODEL (self->model), position)
                                  : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = lf_gradual_list_get_item_type;
  iface->get_n_items = lf_gradual_list_get_n_items;
  iface->get_item = lf_gradual_list_get_item;
}

static gboolean
lf_gradual_list_is_selected (GtkSelectionModel *list, guint position)
{
  return gtk_selection_model_is_selected (LF_GRADUAL_LIST (list)->model, position);
}

static GtkBitset *
lf_gradual_list_get_selection_in_range (GtkSelectionModel *list, guint position, guint n)
{
  return gtk_selection_model_get_selection_in_range (LF_GRADUAL_LIST (list)->model, position, n);
}

static gboolean
lf_gradual_list_select_item (GtkSelectionModel *list, guint position, gboolean alone)
{
  return gtk_selection_model_select_item (LF_GRADUAL_LIST (list)->model, position, alone);
}

static gboolean
lf_gradual_list_unselect_item (GtkSelectionModel *list, guint position)
{
  return gtk_selection_model_unselect_item (LF_GRADUAL_LIST (list)->model, position);
}

static gboolean
lf_gradual_list_select_range (GtkSelectionModel *list, guint position, guint n, gboolean alone)
{
  return gtk_selection_model_select_range (LF_GRADUAL_LIST (list)->model, position, n, alone);
}

static gboolean
lf_gradual_list_unselect_range (GtkSelectionModel *list, guint position, guint n)
{
  return gtk_selection_model_unselect_range (LF_GRADUAL_LIST (list)->model, position, n);
}

static gboolean
lf_gradual_list_select_all (GtkSelectionModel *list)
{
  return gtk_selection_model_select_all (LF_GRADUAL_LIST (list)->model);
}

static gboolean
lf_gradual_list_unselect_all (GtkSelectionModel *list)
{
  return gtk_selection_model_unselect_all (LF_GRADUAL_LIST (list)->model);
}

static gboolean
lf_gradual_list_set_selection (GtkSelectionModel *list, GtkBitset *selected, GtkBitset *mask)
{
  return gtk_selection_model_set_selection (LF_GRADUAL_LIST (list)->model, selected, mask);
}

static void
selection_model_iface_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = lf_gradual_list_is_selected;
  iface->get_selection_in_range = lf_gradual_list_get_selection_in_range;
  iface->select_item = lf_gradual_list_select_item;
  iface->unselect_item = lf_gradual_list_unselect_item;
  iface->select_range = lf_gradual_list_select_range;
  iface->unselect_range = lf_gradual_list_unselect_range;
  iface->select_all = lf_gradual_list_select_all;
  iface->unselect_all = lf_gradual_list_unselect_all;
  iface->set_selection = lf_gradual_list_set_selection;
}

static void
lf_gradual_list_dispose (GObject *object)
{
  LfGradualList *self = LF_GRADUAL_LIST (object);

  if (self->widget != NULL && self->tick_id != 0)
    gtk_widget_remove_tick_callback (self->widget, self->tick_id);
  self->tick_id = 0;
  g_clear_weak_pointer (&self->widget);
  G_OBJECT_CLASS (lf_gradual_list_parent_class)->dispose (object);
}

static void
lf_gradual_list_finalize (GObject *object)
{
  g_object_unref (LF_GRADUAL_LIST (object)->model);
  G_OBJECT_CLASS (lf_gradual_list_parent_class)->finalize (object);
}

static void
lf_gradual_list_class_init (LfGradualListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lf_gradual_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = lf_gradual_list_finalize;
  signals[FOLDED] = g_signal_new ("folded", LF_TYPE_GRADUAL_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
}

static void
lf_gradual_list_init (LfGradualList *self)
{
}

LfGradualList *
lf_gradual_list_new (GtkSelectionModel *model, GtkWidget *widget)
{
  LfGradualList *self = g_object_new (LF_TYPE_GRADUAL_LIST, NULL);

  self->model = g_object_ref (model);
  g_set_weak_pointer (&self->widget, widget);
  self->n_items = MIN (count_all (self), LF_GRADUAL_LIST_FIRST);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "selection-changed", G_CALLBACK (selection_changed_cb), self,
                           G_CONNECT_SWAPPED);
  go_on (self);
  return self;
}

void
lf_gradual_list_fold (LfGradualList *self)
{
  gboolean seen = self->widget != NULL && gtk_widget_get_mapped (self->widget);

  self->folding = TRUE;
  shrink (self, seen ? 0 : G_MAXUINT); /* without frames there is nothing to wait for */
  go_on (self);
}

void
lf_gradual_list_restart (LfGradualList *self)
{
  shrink (self, G_MAXUINT);
  go_on (self);
}
