#pragma once

#include <glib.h>

/*
 * Records that were removed from a list, to be put back one by one, the last first.
 */
typedef struct _LfRemovals LfRemovals;

LfRemovals   *lf_removals_new     (void) G_GNUC_WARN_UNUSED_RESULT;
void          lf_removals_free    (LfRemovals *self);
void          lf_removals_clear   (LfRemovals *self);
/* Takes the record at @n out of @list. */
void          lf_removals_take    (LfRemovals *self, GPtrArray *list, guint n);
/* Puts the last one back into @list, at *@place; FALSE where there is none. */
gboolean      lf_removals_restore (LfRemovals *self, GPtrArray *list, guint *place);
guint         lf_removals_get_n   (const LfRemovals *self);
gconstpointer lf_removals_get     (const LfRemovals *self, guint i); /* the oldest first */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LfRemovals, lf_removals_free)
