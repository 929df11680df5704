#pragma once

#include <adwaita.h>

/*
 * Says what was just removed and offers to put it back, beside where it was. Hidden until there is something.
 *
 * Signals: "undo" ().
 */
#define LF_TYPE_UNDO_BAR (lf_undo_bar_get_type ())
G_DECLARE_FINAL_TYPE (LfUndoBar, lf_undo_bar, LF, UNDO_BAR, GtkBox)

void lf_undo_bar_offer    (LfUndoBar *self, const char *words); /* @words: "The step was removed." */
void lf_undo_bar_withdraw (LfUndoBar *self);                    /* there is nothing to put back any more */
