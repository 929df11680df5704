#pragma once

#include <gtk/gtk.h>

/*
 * Lets the rows of a list view show their items when there is time: those in sight at once, the others, of which GTK keeps up
 * to 200, a few with every frame. A jump in a long list then costs what is in sight.
 */
#define LF_TYPE_ROW_FILLER (lf_row_filler_get_type ())
G_DECLARE_FINAL_TYPE (LfRowFiller, lf_row_filler, LF, ROW_FILLER, GObject)

/* Has the child of @item show its item; may be called again for another item. */
typedef void (*LfRowFill) (GtkListItem *item, gpointer user_data);

/* Of @view, a GtkListView or GtkColumnView, which keeps it: (transfer none). */
LfRowFiller *lf_row_filler_new    (GtkWidget *view, LfRowFill fill);
/* For the "bind" of a factory: calls the function with @item and @user_data, now or later. */
void         lf_row_filler_bind   (LfRowFiller *self, GtkListItem *item, gpointer user_data);
/* For its "unbind": whether the function was called since. */
gboolean     lf_row_filler_unbind (LfRowFiller *self, GtkListItem *item);
