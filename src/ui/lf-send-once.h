#pragma once

#include "lf-store.h"

#include <adwaita.h>

/*
 * Sends one step now and shows all of it: what came back, where the time went, both heads and the body. This
 * is how a mistake is found before there is load.
 *
 * Signals: "refuse" () -> gboolean: before it is sent; TRUE where it is not to be, and the reason was told.
 */
#define LF_TYPE_SEND_ONCE (lf_send_once_get_type ())
G_DECLARE_FINAL_TYPE (LfSendOnce, lf_send_once, LF, SEND_ONCE, GtkBox)

/* Step @step of @spec, which belongs to the caller and is read when it is sent; NULL for none. What is
 * under way is broken off, and what came back of another step is not shown any more. */
void lf_send_once_set_step (LfSendOnce *self, LfStore *store, const LfSpec *spec, guint step);
/* As the button does; again while it is under way, it is broken off. */
void lf_send_once_send     (LfSendOnce *self);
