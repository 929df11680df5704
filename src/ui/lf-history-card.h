#pragma once

#include <gtk/gtk.h>

/*
 * A run as a card of the history, where there is no room for its table: the same numbers in lines, and a box to tick
 * that selects it beside others. A press anywhere else opens it.
 */
#define LF_TYPE_HISTORY_CARD (lf_history_card_get_type ())
G_DECLARE_FINAL_TYPE (LfHistoryCard, lf_history_card, LF, HISTORY_CARD, GtkBox)

/* @list_item: of a list of LfHistoryRun, which will hold the card. */
GtkWidget *lf_history_card_new    (GtkListItem *list_item) G_GNUC_WARN_UNUSED_RESULT;
/* Shows what the list item has; its row is named by the same words. */
void       lf_history_card_update (LfHistoryCard *self);
