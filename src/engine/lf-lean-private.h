#pragma once

#include "lf-http-response.h"
#include "lf-lean-transport.h"
#include "lf-plan-private.h"
#include "lf-timer-heap.h"

#include <sys/socket.h>

/* What the lean transport registers with epoll has bit 63 in its tag, and what libcurl waits for while
 * it connects bit 62 as well; tags without them are the curl transport's. */
#define _LF_LEAN_TAG ((guint64) 1 << 63)
#define _LF_LEAN_DIAL_TAG ((guint64) 1 << 62)

/* A head and a usual body come with one read; what is behind them is passed over, not copied. */
#define _LF_LEAN_BUFFER_SIZE (16 * 1024)

typedef struct _LfLeanTransport LfLeanTransport;
typedef struct _LfLeanExchange LfLeanExchange;
typedef struct _LfLeanDialler LfLeanDialler;
typedef struct _LfLeanDial LfLeanDial;

/* A user's connection with one origin of the plan. */
typedef struct
{
  LfLeanExchange *exchange;
  LfLeanDial *dial;         /* while libcurl connects; over TLS as long as it lives; else NULL */
  int fd;                   /* -1: not connected yet */
  gboolean used;            /* has carried an answer: it may have died since */
  gboolean wants_to_write;  /* registered for EPOLLOUT too */
} LfLeanConnection;

typedef enum
{
  LF_LEAN_IDLE,
  LF_LEAN_CONNECTING,
  LF_LEAN_SENDING,          /* an early answer is read all the same */
  LF_LEAN_WAITING,          /* all is sent */
  LF_LEAN_ENDED,            /* settle() has not told yet */
  LF_LEAN_ON_CURL,          /* libcurl has the request */
  LF_LEAN_FOLLOWING,        /* libcurl has what a redirect led to */
} LfLeanState;

struct _LfLeanExchange
{
  LfTimer deadline;         /* of the request under way, or of an earlier one; stays first */
  LfLeanTransport *transport;
  gpointer user;
  LfExchange *curl;         /* of the transport below; made when first needed */
  gboolean turned;          /* an answer asked for more: all goes libcurl's way from then on */
  LfLeanState state;
  guint step;
  const LfPlanStep *plan_step;
  LfLeanConnection *connection; /* of the request under way */
  gsize sent;               /* bytes of it */
  gboolean broken;          /* no more of it can be sent: what is there of an answer is still read */
  gint64 started;           /* monotonic us */
  gint64 send_began;
  gint64 sent_at;
  gint64 first_byte;
  LfOutcome outcome;
  LfHttpResponse response;
  LfLeanExchange *next_ended;
  LfLeanConnection connections[]; /* by origin of the plan */
};

struct _LfLeanTransport
{
  const LfPlan *plan;
  int epoll;
  LfTransportDone done;
  const LfTransportClass *curl_class;
  LfTransport *curl;
  LfLeanDialler *dialler;
  LfTimerHeap deadlines;    /* of exchanges; looked at again when they pass, not with each request */
  LfLeanExchange *ended;    /* in order */
  LfLeanExchange **last_ended;
  guint n_exchanges;        /* users */
  guint n_on_curl;          /* of them, those with an exchange of libcurl's */
  char *buffer;             /* what is being read, of any connection */
  LfHttpHeadMemo memo;
};

/* lf-lean-exchange.c */
void _lf_lean_exchange_start     (LfLeanExchange *self);
/* The connection is there, or it is not: @error_code. */
void _lf_lean_exchange_connected (LfLeanExchange *self, guint error_code);
void _lf_lean_exchange_ready     (LfLeanConnection *connection, guint32 events);
/* Ends the request with an error, and its connection. */
void _lf_lean_exchange_fail      (LfLeanExchange *self, guint error_code);
/* Whether the answer is one that the step's options say to follow. */
gboolean _lf_lean_exchange_is_redirect (const LfLeanExchange *self);
/* settle() will tell the worker. */
void _lf_lean_exchange_end       (LfLeanExchange *self);

/* lf-lean-turn.c: from lean to libcurl. */
void _lf_lean_exchange_start_curl (LfLeanExchange *self);
/* The answer asks for more: this user's requests go libcurl's way from now on. */
void _lf_lean_exchange_turn       (LfLeanExchange *self);
/* libcurl has done a request. */
void _lf_lean_exchange_curl_done  (LfLeanExchange *self, const LfOutcome *outcome);

/* lf-lean-connection.c */
/* Over the socket @fd, which it takes, or which @self->dial keeps. */
gboolean _lf_lean_connection_open (LfLeanConnection *self, int fd);
/* Whether something can still be read of a connection that cannot be written to; not known of TLS. */
gboolean _lf_lean_connection_has_more (LfLeanConnection *self);
void    _lf_lean_connection_watch (LfLeanConnection *self, gboolean to_write);
void    _lf_lean_connection_close (LfLeanConnection *self);
/* Its socket, for somebody else to use; -1 where there is none that stands alone. */
int     _lf_lean_connection_release (LfLeanConnection *self);
/* Passes over up to @length bytes; @buffer of @size may be used for that. */
gssize  _lf_lean_connection_skip  (LfLeanConnection *self, void *buffer, gsize size, guint64 length, gboolean *last);

/* lf-lean-dialler.c: libcurl resolves, connects, tunnels and shakes hands. */
LfLeanDialler *_lf_lean_dialler_new          (LfLeanTransport *transport);
void           _lf_lean_dialler_free         (LfLeanDialler *self);
/* _lf_lean_exchange_connected() tells how it went, from settle(). */
void           _lf_lean_dialler_connect      (LfLeanDialler *self, LfLeanConnection *connection, const LfPlanStep *step);
gint64         _lf_lean_dialler_get_deadline (LfLeanDialler *self);
void           _lf_lean_dialler_expire       (LfLeanDialler *self, gint64 now);
void           _lf_lean_dialler_ready        (LfLeanDialler *self, guint64 tag, guint32 events);
gboolean       _lf_lean_dialler_settle       (LfLeanDialler *self);
/* Adds the phases that libcurl has seen so far. */
/* What a request that waits for this connection has run out of time with. */
guint          _lf_lean_dial_get_timeout_code (const LfLeanDial *dial);
void           _lf_lean_dial_note_times      (LfLeanDial *dial, LfOutcome *outcome);
/* Gives up what is under way, or what is kept for TLS. */
void           _lf_lean_dial_cancel          (LfLeanDial *dial);
gssize         _lf_lean_dial_send            (LfLeanDial *dial, const void *data, gsize length);
gssize         _lf_lean_dial_recv            (LfLeanDial *dial, void *buffer, gsize length);

/* As send() and recv(): -1 with errno. *last: there is no more to read for now. */
static inline gssize
_lf_lean_connection_send (LfLeanConnection *self, const void *data, gsize length, gboolean more)
{
  if (self->dial != NULL)
    return _lf_lean_dial_send (self->dial, data, length);
  return send (self->fd, data, length, MSG_NOSIGNAL | (more ? MSG_MORE : 0));
}

static inline gssize
_lf_lean_connection_recv (LfLeanConnection *self, void *buffer, gsize length, gboolean *last)
{
  gssize n;

  *last = FALSE;
  if (self->dial != NULL)
    return _lf_lean_dial_recv (self->dial, buffer, length);
  n = recv (self->fd, buffer, length, 0);
  *last = n >= 0 && (gsize) n < length;
  return n;
}
