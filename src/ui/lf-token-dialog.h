#pragma once

#include "lf-access-tokens.h"

#include <adwaita.h>

/*
 * Makes a token for the remote endpoint: asks whose it is and what it may do, and then shows it, for the only time.
 *
 * Signal "made" (): it is in the file of tokens.
 */
#define LF_TYPE_TOKEN_DIALOG (lf_token_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LfTokenDialog, lf_token_dialog, LF, TOKEN_DIALOG, AdwMessageDialog)

/* @tokens lives longer. Present it. */
LfTokenDialog *lf_token_dialog_new (GtkWindow *parent, LfAccessTokens *tokens) G_GNUC_WARN_UNUSED_RESULT;
