#pragma once

#include <adwaita.h>

/*
 * Asks for the password of a store. Signal "response" of AdwMessageDialog: "open", else it was closed.
 */
#define LF_TYPE_PASSWORD_DIALOG (lf_password_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LfPasswordDialog, lf_password_dialog, LF, PASSWORD_DIALOG, AdwMessageDialog)

/* @uri: of the store, which names the user. @refused: whether the password that was known did not work. */
GtkWidget  *lf_password_dialog_new          (GtkWindow *parent, const char *uri, gboolean refused);
const char *lf_password_dialog_get_password (LfPasswordDialog *self);
