#include "config.h"

#include "lf-undo.h"

/* Nobody goes back further; a profile of a thousand stages takes 100 KB. */
#define MOST 100

struct _LfUndo
{
  GPtrArray *past; /* records, the newest last */
  GPtrArray *future;
  guint group; /* of the newest of the past; 0: nothing joins it */
};

LfUndo *
lf_undo_new (void)
{
  LfUndo *self = g_new0 (LfUndo, 1);

  self->past = g_ptr_array_new_with_free_func (lf_record_free);
  self->future = g_ptr_array_new_with_free_func (lf_record_free);
  return self;
}

void
lf_undo_free (LfUndo *self)
{
  g_ptr_array_unref (self->past);
  g_ptr_array_unref (self->future);
  g_free (self);
}

void
lf_undo_clear (LfUndo *self)
{
  g_ptr_array_set_size (self->past, 0);
  g_ptr_array_set_size (self->future, 0);
  self->group = 0;
}

void
lf_undo_remember (LfUndo *self, gconstpointer record, guint group)
{
  g_ptr_array_set_size (self->future, 0);
  if (group != 0 && group == self->group)
    return;
  self->group = group;
  g_ptr_array_add (self->past, lf_record_copy (record));
  if (self->past->len > MOST)
    g_ptr_array_remove_index (self->past, 0);
}

gboolean
lf_undo_can_undo (const LfUndo *self)
{
  return self->past->len > 0;
}

gboolean
lf_undo_can_redo (const LfUndo *self)
{
  return self->future->len > 0;
}

static gpointer
step (LfUndo *self, GPtrArray *from, GPtrArray *to, gconstpointer current)
{
  if (from->len == 0)
    return NULL;
  self->group = 0;
  g_ptr_array_add (to, lf_record_copy (current));
  return g_ptr_array_steal_index (from, from->len - 1);
}

gpointer
lf_undo_undo (LfUndo *self, gconstpointer current)
{
  return step (self, self->past, self->future, current);
}

gpointer
lf_undo_redo (LfUndo *self, gconstpointer current)
{
  return step (self, self->future, self->past, current);
}
