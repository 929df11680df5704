#include "config.h"

#include "lf-curl-transport.h"
#include "lf-error-code.h"
#include "lf-lean-private.h"

static void
under_done_cb (gpointer data, const LfOutcome *outcome)
{
  _lf_lean_exchange_curl_done (data, outcome);
}

static LfTransport *
lean_open (const LfPlan *plan, int epoll, LfTransportDone done)
{
  LfLeanTransport *self = g_new0 (LfLeanTransport, 1);

  self->plan = plan;
  self->epoll = epoll;
  self->done = done;
  self->curl_class = lf_curl_transport_get_class ();
  self->curl = self->curl_class->open (plan, epoll, under_done_cb);
  self->dialler = _lf_lean_dialler_new (self);
  lf_timer_heap_init (&self->deadlines);
  self->last_ended = &self->ended;
  self->buffer = g_malloc (_LF_LEAN_BUFFER_SIZE);
  return (LfTransport *) self;
}

static void
lean_close (LfTransport *transport)
{
  LfLeanTransport *self = (LfLeanTransport *) transport;

  _lf_lean_dialler_free (self->dialler);
  self->curl_class->close (self->curl);
  lf_timer_heap_clear (&self->deadlines);
  g_free (self->buffer);
  g_free (self);
}

static LfExchange *
lean_join (LfTransport *transport, gpointer user)
{
  LfLeanTransport *self = (LfLeanTransport *) transport;
  guint n = self->plan->n_origins;
  LfLeanExchange *exchange = g_malloc0 (sizeof (LfLeanExchange) + n * sizeof (LfLeanConnection));

  exchange->transport = self;
  exchange->user = user;
  self->n_exchanges++;
  exchange->response.memo = &self->memo;
  for (guint i = 0; i < n; i++)
    exchange->connections[i] = (LfLeanConnection){ .exchange = exchange, .fd = -1 };
  return (LfExchange *) exchange;
}

static void
lean_leave (LfExchange *opaque)
{
  LfLeanExchange *self = (LfLeanExchange *) opaque;

  for (guint i = 0; i < self->transport->plan->n_origins; i++)
    _lf_lean_connection_close (&self->connections[i]);
  lf_timer_heap_remove (&self->transport->deadlines, &self->deadline);
  self->transport->n_exchanges--;
  self->transport->n_on_curl -= self->curl != NULL ? 1 : 0;
  if (self->curl != NULL)
    self->transport->curl_class->leave (self->curl);
  lf_http_response_clear (&self->response);
  g_free (self);
}

static void
lean_start (LfExchange *opaque, guint step, gint64 now)
{
  LfLeanExchange *self = (LfLeanExchange *) opaque;

  self->step = step;
  self->started = now;
  self->plan_step = &self->transport->plan->steps[step];
  if (self->turned || self->plan_step->lean == NULL)
    _lf_lean_exchange_start_curl (self);
  else
    _lf_lean_exchange_start (self);
}

static gint64
lean_get_deadline (LfTransport *transport)
{
  LfLeanTransport *self = (LfLeanTransport *) transport;
  gint64 deadline = MIN (_lf_lean_dialler_get_deadline (self->dialler),
                         self->curl_class->get_deadline (self->curl));

  return MIN (deadline, lf_timer_heap_next (&self->deadlines));
}

static void
time_out (LfLeanExchange *exchange)
{
  gboolean connecting = exchange->state == LF_LEAN_CONNECTING;
  LfLeanDial *dial = connecting ? exchange->connection->dial : NULL;
  guint error_code = connecting ? LF_ERROR_CODE_TCP_DIAL_TIMEOUT : LF_ERROR_CODE_TIMEOUT;

  if (dial != NULL)
    {
      _lf_lean_dial_note_times (dial, &exchange->outcome);
      error_code = _lf_lean_dial_get_timeout_code (dial);
    }
  _lf_lean_exchange_fail (exchange, error_code);
}

/* The request that the deadline was set for may long be answered, and another under way. */
static void
check_deadline (LfLeanExchange *exchange, gint64 now)
{
  gint64 deadline;

  if (exchange->state != LF_LEAN_CONNECTING && exchange->state != LF_LEAN_SENDING &&
      exchange->state != LF_LEAN_WAITING)
    return;
  deadline = exchange->started + exchange->plan_step->timeout;
  if (deadline <= now)
    time_out (exchange);
  else
    lf_timer_heap_set (&exchange->transport->deadlines, &exchange->deadline, deadline);
}

static void
lean_expire (LfTransport *transport, gint64 now)
{
  LfLeanTransport *self = (LfLeanTransport *) transport;
  LfTimer *passed;

  _lf_lean_dialler_expire (self->dialler, now);
  self->curl_class->expire (self->curl, now);
  while ((passed = lf_timer_heap_take (&self->deadlines, now)) != NULL)
    check_deadline ((LfLeanExchange *) passed, now);
}

/* With thousands of users, most of what an answer needs has left the processor's cache since. */
static void
lean_prefetch (LfTransport *transport, guint64 tag, gboolean again)
{
  const LfLeanConnection *connection = GSIZE_TO_POINTER (tag & ~_LF_LEAN_TAG);

  if ((tag & _LF_LEAN_TAG) == 0 || (tag & _LF_LEAN_DIAL_TAG) != 0)
    return;
  if (!again)
    {
      __builtin_prefetch (connection);
      return;
    }
  for (gsize i = 0; i < sizeof (LfLeanExchange); i += 64)
    __builtin_prefetch ((const char *) connection->exchange + i, 1);
}

static void
lean_ready (LfTransport *transport, guint64 tag, guint32 events)
{
  LfLeanTransport *self = (LfLeanTransport *) transport;

  if ((tag & _LF_LEAN_TAG) == 0)
    self->curl_class->ready (self->curl, tag, events);
  else if ((tag & _LF_LEAN_DIAL_TAG) != 0)
    _lf_lean_dialler_ready (self->dialler, tag, events);
  else
    _lf_lean_exchange_ready (GSIZE_TO_POINTER (tag & ~_LF_LEAN_TAG), events);
}

/* Those that end while this goes on, as where sending fails at once, wait for the next call. */
static void
settle_ended (LfLeanTransport *self)
{
  LfLeanExchange *exchange = self->ended;

  self->ended = NULL;
  self->last_ended = &self->ended;
  while (exchange != NULL)
    {
      LfLeanExchange *next = exchange->next_ended;

      exchange->next_ended = NULL;
      exchange->state = LF_LEAN_IDLE;
      self->done (exchange->user, &exchange->outcome);
      exchange = next;
    }
}

static gboolean
lean_settle (LfTransport *transport)
{
  LfLeanTransport *self = (LfLeanTransport *) transport;
  gboolean more = _lf_lean_dialler_settle (self->dialler);

  settle_ended (self);
  return self->curl_class->settle (self->curl) || more || self->ended != NULL;
}

/* As suits most of the users. */
static guint
lean_get_batch (LfTransport *transport)
{
  LfLeanTransport *self = (LfLeanTransport *) transport;

  return self->n_on_curl * 2 > self->n_exchanges ? self->curl_class->get_batch (self->curl)
                                                 : LF_TRANSPORT_MAX_BATCH;
}

const LfTransportClass *
lf_lean_transport_get_class (void)
{
  static const LfTransportClass class = {
    .name = "lean",
    .open = lean_open,
    .close = lean_close,
    .join = lean_join,
    .leave = lean_leave,
    .start = lean_start,
    .get_deadline = lean_get_deadline,
    .expire = lean_expire,
    .ready = lean_ready,
    .prefetch = lean_prefetch,
    .settle = lean_settle,
    .get_batch = lean_get_batch,
  };

  return &class;
}
