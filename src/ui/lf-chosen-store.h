#pragma once

#include "lf-password-keeper.h"

#include <gtk/gtk.h>

/* The URI of the store that is chosen in @settings, with its password: the one that @keeper has, else the one that a person is
 * asked for. @parent: or NULL. @refused: the one that is known did not work, so that it is asked for. */
void     lf_chosen_store_async  (GSettings *settings, LfPasswordKeeper *keeper, GtkWindow *parent, gboolean refused, GAsyncReadyCallback callback, gpointer user_data);
/* *uri: NULL where nothing is chosen, so that $MONGO_URI decides. LF_ERROR_STATE: no password was given. */
gboolean lf_chosen_store_finish (GAsyncResult *result, char **uri, GError **error);
