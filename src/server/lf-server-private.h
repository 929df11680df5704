#pragma once

#include "lf-audit.h"
#include "lf-call.h"
#include "lf-listener.h"
#include "lf-once.h"
#include "lf-room.h"
#include "lf-run-desk.h"
#include "lf-server.h"
#include "lf-targets.h"

struct _LfServer
{
  GObject parent_instance;
  LfWorkspace *workspace;
  LfStore *store;
  GMainContext *control; /* of the run manager, and of who has the server */
  GMainContext *context; /* of @thread */
  GMainLoop *loop;
  GThread *thread; /* NULL once stopped */
  LfRunFeed *feed; /* of @control */
  char *url;
  gboolean confines; /* there is a list of targets */
  GMutex mutex;
  GPtrArray *viewers_told; /* of LfServerViewer; by @mutex */

  /* Of @thread alone. */
  SoupServer *soup;
  LfListener *listener;
  LfGuard *guard;
  LfRooms *rooms;
  LfRunDesk *desk;
  LfTargets *targets;
  LfAudit *audit;
  LfOnce *once;
  GPtrArray *viewers; /* of LfViewer */
  GSource *pulse;     /* of the viewers */
  guint waiting;      /* calls without an answer */
  gint closing;       /* atomic: no new runs */
  gint tells_end;     /* atomic: "stopped" is waited for */
  gint64 started_at;  /* us */
};

/* In the server's thread: adds the handlers to @self->soup. */
void _lf_server_add_handlers   (LfServer *self);
/* Tells who watches to the other thread. */
void _lf_server_tell_viewers   (LfServer *self);
/* Specs or schedules were changed. */
void _lf_server_tell_change    (LfServer *self);
void _lf_server_tell_audit     (const char *line, gpointer server);
