#pragma once

#include "lf-server-private.h"
#include "lf-viewer.h"

struct _LfViewer
{
  LfServer *server;
  SoupWebsocketConnection *connection;
  GSocketAddress *address;
  LfAccess access;
  gboolean admitted;
  gint64 since;      /* ms since 1970 */
  gint64 opened;     /* us */
  gint64 heard;      /* us */
  GHashTable *seats; /* run's id -> Seat */
  GQueue unread;     /* of Sent */
  gsize unread_bytes;
  GHashTable *elsewhere; /* ids of runs that go on in another process: the store is asked again and again */
  gint64 asked;      /* us: when it was last asked for those */
  GQueue questions;  /* ids of runs that the store is asked for, one after the other */
};

void     _lf_viewer_admit      (LfViewer *self); /* its token is good, or none is needed */

/* What the client says: "auth", "join", "leave", "ack". FALSE with @reason where it is none of that. */
gboolean _lf_viewer_hear       (LfViewer *self, JsonObject *message, const char **reason);
void     _lf_viewer_join       (LfViewer *self, const char *run_id, gint64 since); /* -1: only what comes */
void     _lf_viewer_leave      (LfViewer *self, const char *run_id);
void     _lf_viewer_ask_again  (LfViewer *self); /* about runs that go on elsewhere */
void     _lf_viewer_ack        (LfViewer *self, gint64 seq);
void     _lf_viewer_seat_free  (gpointer seat);
void     _lf_viewer_sent_free  (gpointer sent);
