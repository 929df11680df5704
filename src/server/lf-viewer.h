#pragma once

#include "lf-call.h"
#include "lf-room.h"

/*
 * Somebody who watches runs over a WebSocket, by the subprotocol loadforge.v1. What is sent stays within the credit that
 * the viewer's acks give: one that reads slowly falls behind and then loses messages, which a `gap` tells; never the
 * `end` of a run. Server's thread only.
 */
typedef struct _LfViewer LfViewer;

#define LF_VIEWER_PROTOCOL "loadforge.v1"
#define LF_VIEWER_CREDIT 64                /* messages without an ack */
#define LF_VIEWER_CREDIT_BYTES (512 * 1024)
#define LF_VIEWER_MOST 1000                /* at once */

/* Before a WebSocket is opened: refuses by an answer to @message, or lets it go on. */
void lf_viewer_check_upgrade (LfServer *server, SoupServerMessage *message);
/* Adds one to the server's viewers. */
void lf_viewer_open          (LfServer *server, SoupServerMessage *message, SoupWebsocketConnection *connection);
/* An LfRoomFunc. */
void lf_viewer_take          (LfRoom *room, gpointer viewer);
/* Once a second: hangs up on who did not show a token in time, whose token was revoked, or who is silent. */
void lf_viewer_pulse         (LfViewer *self);
/* (transfer full) */
void lf_viewer_describe      (LfViewer *self, char **name, char **address, gint64 *since);
void lf_viewer_free          (LfViewer *self);
