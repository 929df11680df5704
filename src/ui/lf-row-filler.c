#include "config.h"

#include "lf-row-filler.h"

#include <math.h>

#define BUDGET 8000 /* us of a frame that may go into rows that nobody sees yet */
#define FIRST  40   /* rows that are in sight while nobody knows */

struct _LfRowFiller
{
  GObject parent_instance;
  GtkWidget *view; /* weak */
  LfRowFill fill;
  GHashTable *waiting; /* GtkListItem -> what to call the function with */
  guint tick_id;
};

typedef struct
{
  double from, to; /* positions */
} Sight;

G_DEFINE_FINAL_TYPE (LfRowFiller, lf_row_filler, G_TYPE_OBJECT)

static GListModel *
get_model (LfRowFiller *self)
{
  if (GTK_IS_COLUMN_VIEW (self->view))
    return G_LIST_MODEL (gtk_column_view_get_model (GTK_COLUMN_VIEW (self->view)));
  return G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (self->view)));
}

/* With half as much on both sides, for what a frame may scroll: within the layout of a view, when
 * it may find that it stands elsewhere, its rows must be left alone. */
static Sight
find_sight (LfRowFiller *self)
{
  GtkAdjustment *at = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->view));
  GListModel *model = get_model (self);
  double height = at != NULL ? gtk_adjustment_get_upper (at) : 0;
  double n = model != NULL ? g_list_model_get_n_items (model) : 0;
  double page, value;

  if (height <= 0 || n <= 0)
    return (Sight){ 0, FIRST };
  page = gtk_adjustment_get_page_size (at);
  value = gtk_adjustment_get_value (at);
  return (Sight){ floor ((value - page / 2) / height * n),
                  ceil ((value + 1.5 * page) / height * n) };
}

static gboolean
is_in (Sight sight, GtkListItem *item)
{
  guint position = gtk_list_item_get_position (item);

  return position >= sight.from && position <= sight.to;
}

/* Those in sight, or all until @end (us, monotonic). */
static void
fill_waiting (LfRowFiller *self, const Sight *sight, gint64 end)
{
  GHashTableIter iter;
  gpointer item, user_data;

  g_hash_table_iter_init (&iter, self->waiting);
  while (g_hash_table_iter_next (&iter, &item, &user_data) && g_get_monotonic_time () < end)
    if (sight == NULL || is_in (*sight, item))
      {
        self->fill (item, user_data);
        g_hash_table_iter_remove (&iter);
      }
}

static gboolean
tick_cb (GtkWidget *view, GdkFrameClock *clock, gpointer user_data)
{
  LfRowFiller *self = user_data;
  Sight sight = find_sight (self);

  fill_waiting (self, &sight, G_MAXINT64);
  fill_waiting (self, NULL, g_get_monotonic_time () + BUDGET);
  if (g_hash_table_size (self->waiting) > 0)
    return G_SOURCE_CONTINUE;
  self->tick_id = 0;
  return G_SOURCE_REMOVE;
}

static void
lf_row_filler_finalize (GObject *object)
{
  LfRowFiller *self = LF_ROW_FILLER (object);

  g_clear_weak_pointer (&self->view);
  g_hash_table_unref (self->waiting);
  G_OBJECT_CLASS (lf_row_filler_parent_class)->finalize (object);
}

static void
lf_row_filler_class_init (LfRowFillerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lf_row_filler_finalize;
}

static void
lf_row_filler_init (LfRowFiller *self)
{
  self->waiting = g_hash_table_new (NULL, NULL);
}

LfRowFiller *
lf_row_filler_new (GtkWidget *view, LfRowFill fill)
{
  LfRowFiller *self = g_object_new (LF_TYPE_ROW_FILLER, NULL);

  g_set_weak_pointer (&self->view, view);
  self->fill = fill;
  g_object_set_data_full (G_OBJECT (view), "lf-row-filler", self, g_object_unref);
  return self;
}

void
lf_row_filler_bind (LfRowFiller *self, GtkListItem *item, gpointer user_data)
{
  if (is_in (find_sight (self), item))
    {
      self->fill (item, user_data);
      return;
    }
  g_hash_table_insert (self->waiting, item, user_data);
  if (self->tick_id == 0)
    self->tick_id =
        gtk_widget_add_tick_callback (self->view, tick_cb, g_object_ref (self), g_object_unref);
}

gboolean
lf_row_filler_unbind (LfRowFiller *self, GtkListItem *item)
{
  return !g_hash_table_remove (self->waiting, item);
}
