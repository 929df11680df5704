#pragma once

#include "lf-spec.h"

#include <adwaita.h>

/*
 * The steps of a spec in their order: added, duplicated, switched off, moved (by drag, Alt+Up and
 * Alt+Down) and removed; the last removal is undone by Ctrl+Z or the button that appears.
 *
 * Signals: "changed" (): the steps were edited; "selected" (): another step is to be shown, told
 * before the one shown until then may be freed.
 */
#define LF_TYPE_STEP_LIST (lf_step_list_get_type ())
G_DECLARE_FINAL_TYPE (LfStepList, lf_step_list, LF, STEP_LIST, GtkBox)

/* @spec belongs to the caller, is edited in place and outlives the next call; NULL for none. The
 * first step is selected, without "selected". */
void  lf_step_list_set_spec     (LfStepList *self, LfSpec *spec);
guint lf_step_list_get_selected (LfStepList *self);
void  lf_step_list_select       (LfStepList *self, guint n);
void  lf_step_list_update       (LfStepList *self); /* the words of every row, after a step was edited */
/* Row @n says that something is wrong with its step; any @n past the end is ignored. */
void  lf_step_list_set_fault    (LfStepList *self, guint n, gboolean fault);
void  lf_step_list_add          (LfStepList *self);
void  lf_step_list_duplicate    (LfStepList *self, guint n);
void  lf_step_list_remove       (LfStepList *self, guint n);
void  lf_step_list_move         (LfStepList *self, guint from, guint to);
void  lf_step_list_undo         (LfStepList *self); /* puts the step removed last back to its place */
/* Whether what undo would put back needs the attachment @id: it is to stay in the store. */
gboolean lf_step_list_can_restore (LfStepList *self, const char *id);
