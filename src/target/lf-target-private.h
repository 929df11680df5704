#pragma once

#include "lf-target-answer.h"
#include "lf-target.h"

#include <stdatomic.h>

typedef struct _LfTargetConnection LfTargetConnection;

struct _LfTarget
{
  LfTargetOptions options;
  int listener;
  int epoll;
  int wake;              /* eventfd: stop */
  guint16 port;
  char *host;            /* for the URL */
  GThread *thread;
  GHashTable *connections;
  GSequence *delayed;    /* connections whose answer waits, by when it is due */
  gint64 accept_again;   /* monotonic us: no files were left; 0 while it accepts */
  guint64 random;
  char *input;           /* what is read goes here first */

  _Atomic guint64 requests;
  _Atomic guint64 n_connections;
  _Atomic guint64 bytes_received;
  _Atomic guint64 errors;
};

#define _LF_TARGET_INPUT (256 * 1024)

LfTargetConnection *_lf_target_connection_new    (LfTarget *target, int fd);
/* Closes and frees it. */
void                _lf_target_connection_free   (LfTargetConnection *self);
/* Both return FALSE when the connection is done with; the caller frees it. */
gboolean            _lf_target_connection_ready  (LfTargetConnection *self, guint32 events);
gboolean            _lf_target_connection_answer (LfTargetConnection *self); /* the delay is over */
gint64              _lf_target_connection_due    (LfTargetConnection *self);

static inline void
_lf_target_count (_Atomic guint64 *counter, guint64 n) /* one writer: the target's thread */
{
  atomic_store_explicit (counter, atomic_load_explicit (counter, memory_order_relaxed) + n,
                         memory_order_relaxed);
}
