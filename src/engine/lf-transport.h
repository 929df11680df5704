#pragma once

#include "lf-plan.h"

/*
 * The seam between who sends (users, paced by a worker) and how it is sent. One transport per
 * worker, used by that worker's thread only; nothing in it blocks.
 */
#define LF_TRANSPORT_MAX_BATCH 256 /* events */

typedef struct _LfTransport LfTransport;
typedef struct _LfExchange LfExchange; /* one user's connection and cookies */

/* What became of one request. Times in microseconds; phases that did not happen are 0. */
typedef struct
{
  guint status;     /* of the last answer; 0 where none came */
  guint error_code; /* an LfErrorCode; 0 where it went well */
  guint resent;     /* times it was sent again because a kept connection had died */
  guint connections;
  gboolean lean;    /* by an exchange of our own, not by a libcurl transfer */
  guint64 bytes_sent;     /* with headers */
  guint64 bytes_received;
  gint64 total;      /* from start to end */
  gint64 blocked;    /* name look-up, waiting for the connection */
  gint64 connecting;
  gint64 tls_handshaking;
  gint64 sending;
  gint64 waiting;
  gint64 receiving;
} LfOutcome;

/* @outcome holds until the next start or leave, which may come from within. */
typedef void (*LfTransportDone) (gpointer user, const LfOutcome *outcome);

typedef struct
{
  const char *name;

  /* @epoll: the worker's; what it registers there carries a tag whose upper half is not 0. */
  LfTransport *(*open) (const LfPlan *plan, int epoll, LfTransportDone done);
  void (*close) (LfTransport *self); /* after the last leave */
  LfExchange *(*join) (LfTransport *self, gpointer user);
  /* Cuts off what is under way, without calling done, and closes its connections. */
  void (*leave) (LfExchange *exchange);
  /* Sends step @step now, at @now (monotonic us); done is called from settle, exactly once. */
  void (*start) (LfExchange *exchange, guint step, gint64 now);
  /* When expire wants to be called, monotonic us; G_MAXINT64: never. */
  gint64 (*get_deadline) (LfTransport *self);
  void (*expire) (LfTransport *self, gint64 now);
  void (*ready) (LfTransport *self, guint64 tag, guint32 events);
  /* Has the processor fetch what ready() will need for @tag soon; NULL: nothing helps. Called twice, @again the
   * second time, so that what the first has fetched can lead to more. */
  void (*prefetch) (LfTransport *self, guint64 tag, gboolean again);
  /* Calls done for all that ended. TRUE where there is more to do at once. */
  gboolean (*settle) (LfTransport *self);
  /* How many events to take before they are settled, LF_TRANSPORT_MAX_BATCH at most. Where a user takes
   * much memory, few at a time find theirs still in the processor's cache. */
  guint (*get_batch) (LfTransport *self);
} LfTransportClass;
