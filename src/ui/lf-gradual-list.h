#pragma once

#include <gtk/gtk.h>

/*
 * A selection model with the items of another, for a list view with many of them: it has the first ones at once, and more
 * with every frame until it has all, as many as there is time for. GTK 4.8 makes 200 rows as soon as there are so
 * many items, in sight or not, which takes a fifth of a second of a window that stands still.
 *
 * Signal: "folded" (), see lf_gradual_list_fold().
 *
 * What is selected is selected in the other model, whether it is among these items yet or not. Items that come to stand
 * before those that are there already come at once: what is in sight does not move.
 */
#define LF_TYPE_GRADUAL_LIST (lf_gradual_list_get_type ())
G_DECLARE_FINAL_TYPE (LfGradualList, lf_gradual_list, LF, GRADUAL_LIST, GObject)

#define LF_GRADUAL_LIST_FIRST 16 /* items that are there at once: most of what is in sight */

/* @widget: gives the frames, and outlives the list or disposes it; it may be the view, or what holds it. */
LfGradualList *lf_gradual_list_new  (GtkSelectionModel *model, GtkWidget *widget) G_GNUC_WARN_UNUSED_RESULT;
/* Goes back to the first ones, before most rows will be others, as when a person sorts or searches: a few with every frame, as
 * it takes time to take rows away, too. Then, or at once where there is nothing to take away, "folded" is emitted, and
 * more come again. */
void           lf_gradual_list_fold (LfGradualList *self);
/* The same at once: for a view that is about to have this model. */
void           lf_gradual_list_restart (LfGradualList *self);
