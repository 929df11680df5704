#pragma once

#include "lf-workspace.h"

#include <adwaita.h>

/*
 * The page with all runs of a spec: trends, a table that sorts, how much room they take. It follows the
 * runs that begin and end. A deleted run first only leaves the list: until its toast is gone, Undo
 * brings it back, also from another page.
 *
 * Actions: history.open, history.compare (win.compare-runs with the two selected ids, the older first),
 * history.delete, history.reload. Opens runs by win.open-run.
 */
#define LF_TYPE_HISTORY (lf_history_get_type ())
G_DECLARE_FINAL_TYPE (LfHistory, lf_history, LF, HISTORY, GtkBox)

void lf_history_set_toasts (LfHistory *self, AdwToastOverlay *toasts);
/* Reads the runs of a spec; @spec_name may be NULL. A NULL @workspace: shows nothing. */
void lf_history_show       (LfHistory *self, LfWorkspace *workspace, const char *spec_id, const char *spec_name);
/* Makes the deletions real whose toast is still there. */
void lf_history_flush      (LfHistory *self);
