#include "config.h"

#include "lf-params-editor.h"

#include "lf-query.h"
#include "lf-row-grid.h"

struct _LfParamsEditor
{
  GtkBox parent_instance;
  LfStep *step;
  GPtrArray *rows;  /* LfRow, as the grid shows them: those of the URL, then the step's params */
  guint n_separate; /* the last rows: params that the document keeps apart from the URL, though they
                     * are on. They go into the URL with the first change. */
  GtkWidget *grid;
};

enum
{
  CHANGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LfParamsEditor, lf_params_editor, GTK_TYPE_BOX)

static GPtrArray *
new_rows (void)
{
  return g_ptr_array_new_with_free_func (lf_record_free);
}

/* What is switched on goes into the URL, the rest is kept beside it. */
static void
grid_changed_cb (LfParamsEditor *self)
{
  char *url;

  if (self->step == NULL)
    return;
  self->n_separate = 0;
  url = lf_query_join (self->step->url, self->rows);
  g_free (self->step->url);
  self->step->url = url;
  g_ptr_array_set_size (self->step->params, 0);
  for (guint i = 0; i < self->rows->len; i++)
    if (!((const LfRow *) self->rows->pdata[i])->enabled)
      g_ptr_array_add (self->step->params, lf_query_unescape_row (self->rows->pdata[i]));
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
is_of_url (LfParamsEditor *self, guint n)
{
  return ((const LfRow *) self->rows->pdata[n])->enabled && n + self->n_separate < self->rows->len;
}

static void
show_rows (LfParamsEditor *self)
{
  lf_row_grid_set_rows (LF_ROW_GRID (self->grid), self->rows);
}

static void
lf_params_editor_dispose (GObject *object)
{
  LfParamsEditor *self = LF_PARAMS_EDITOR (object);

  self->step = NULL;
  G_OBJECT_CLASS (lf_params_editor_parent_class)->dispose (object);
}

static void
lf_params_editor_finalize (GObject *object)
{
  g_ptr_array_unref (LF_PARAMS_EDITOR (object)->rows);
  G_OBJECT_CLASS (lf_params_editor_parent_class)->finalize (object);
}

static void
lf_params_editor_class_init (LfParamsEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lf_params_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = lf_params_editor_finalize;
  signals[CHANGED] = g_signal_new ("changed", LF_TYPE_PARAMS_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
lf_params_editor_init (LfParamsEditor *self)
{
  self->rows = new_rows ();
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  self->grid = g_object_new (LF_TYPE_ROW_GRID, "of-parameters", TRUE, NULL);
  g_signal_connect_object (self->grid, "changed", G_CALLBACK (grid_changed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self), self->grid);
}

void
lf_params_editor_set_step (LfParamsEditor *self, LfStep *step)
{
  self->step = NULL;
  g_ptr_array_unref (self->rows);
  self->rows = step != NULL ? lf_query_split (step->url) : new_rows ();
  self->n_separate = step != NULL ? step->params->len : 0;
  for (guint i = 0; i < self->n_separate; i++)
    g_ptr_array_add (self->rows, lf_query_escape_row (step->params->pdata[i]));
  self->step = step;
  show_rows (self);
}

static gboolean
has_same_text (const LfRow *a, const LfRow *b)
{
  return g_strcmp0 (a->name, b->name) == 0 && g_strcmp0 (a->value, b->value) == 0;
}

/* Rows that are switched off, or kept apart, stay where they are among those of the URL. */
void
lf_params_editor_follow (LfParamsEditor *self)
{
  g_autoptr (GPtrArray) now = NULL;
  gboolean other = FALSE;
  guint place = 0;

  if (self->step == NULL)
    return;
  now = lf_query_split (self->step->url);
  for (guint i = 0; i < self->rows->len;)
    {
      if (!is_of_url (self, i))
        i++;
      else if (now->len == 0)
        {
          g_ptr_array_remove_index (self->rows, i);
          other = TRUE;
        }
      else
        {
          LfRow *row = g_ptr_array_steal_index (now, 0);

          other |= !has_same_text (row, self->rows->pdata[i]);
          lf_record_free (self->rows->pdata[i]);
          self->rows->pdata[i] = row;
          place = ++i;
        }
    }
  while (now->len > 0)
    {
      g_ptr_array_insert (self->rows, (int) place++, g_ptr_array_steal_index (now, 0));
      other = TRUE;
    }
  if (other || self->rows->len > 0)
    show_rows (self);
}

void
lf_params_editor_clear_messages (LfParamsEditor *self)
{
  lf_row_grid_clear_messages (LF_ROW_GRID (self->grid));
}

/* What is kept apart from the URL stands last. */
gboolean
lf_params_editor_set_message (LfParamsEditor *self, guint n, gboolean of_value, const char *message)
{
  return n < self->n_separate &&
         lf_row_grid_set_message (LF_ROW_GRID (self->grid), self->rows->len - self->n_separate + n,
                                  of_value, message);
}
