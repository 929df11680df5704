#pragma once

#include "lf-record.h"

/*
 * What a record was before, and what was taken back of it. Main thread only.
 */
typedef struct _LfUndo LfUndo;

LfUndo  *lf_undo_new      (void) G_GNUC_WARN_UNUSED_RESULT;
void     lf_undo_free     (LfUndo *self);
/* Forgets everything. */
void     lf_undo_clear    (LfUndo *self);
/* Before @record is changed. Changes with the same @group, one after another, are taken back together; 0: alone. */
void     lf_undo_remember (LfUndo *self, gconstpointer record, guint group);
gboolean lf_undo_can_undo (const LfUndo *self);
gboolean lf_undo_can_redo (const LfUndo *self);
/* What to show in place of @current, which is kept for the way back. (transfer full), NULL where there is nothing. */
gpointer lf_undo_undo     (LfUndo *self, gconstpointer current) G_GNUC_WARN_UNUSED_RESULT;
gpointer lf_undo_redo     (LfUndo *self, gconstpointer current) G_GNUC_WARN_UNUSED_RESULT;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LfUndo, lf_undo_free)
