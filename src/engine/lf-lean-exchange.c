#include "config.h"

#include "lf-error-code.h"
#include "lf-lean-private.h"

#include <errno.h>
#include <sys/epoll.h>

/* Pieces read of one answer before others, and a Stop, have their turn. */
#define MOST_READS 16
/* From so many bytes of body on it is cheaper to have the kernel drop them than to copy them. */
#define LEAST_SKIPPED 2048

/* A deadline that is set already is earlier, and is looked at again when it passes: a request that
 * is answered in time touches no other user's memory. */
static void
set_deadline (LfLeanExchange *self)
{
  gint64 deadline = self->started + self->plan_step->timeout;

  if (!lf_timer_is_set (&self->deadline) || deadline < self->deadline.due)
    lf_timer_heap_set (&self->transport->deadlines, &self->deadline, deadline);
}

void
_lf_lean_exchange_end (LfLeanExchange *self)
{
  LfLeanTransport *transport = self->transport;

  self->state = LF_LEAN_ENDED;
  *transport->last_ended = self;
  transport->last_ended = &self->next_ended;
}

/* What was not reached has no length. */
static void
fill_times (LfLeanExchange *self, gint64 now)
{
  LfOutcome *outcome = &self->outcome;

  outcome->total = now - self->started;
  if (self->send_began == 0)
    {
      outcome->sending = outcome->waiting = outcome->receiving = 0;
      outcome->blocked = MAX (outcome->total - outcome->connecting - outcome->tls_handshaking, 0);
      return;
    }
  outcome->blocked =
      MAX (self->send_began - self->started - outcome->connecting - outcome->tls_handshaking, 0);
  if (self->first_byte == 0)
    self->first_byte = now;
  /* An answer may begin before the request has ended. */
  if (self->sent_at == 0 || self->sent_at > self->first_byte)
    self->sent_at = self->first_byte;
  outcome->sending = self->sent_at - self->send_began;
  outcome->waiting = self->first_byte - self->sent_at;
  outcome->receiving = now - self->first_byte;
}

static void
end_with_error (LfLeanExchange *self, guint error_code)
{
  self->outcome.error_code = error_code;
  fill_times (self, g_get_monotonic_time ());
  if (self->connection != NULL)
    _lf_lean_connection_close (self->connection);
  _lf_lean_exchange_end (self);
}

void
_lf_lean_exchange_fail (LfLeanExchange *self, guint error_code)
{
  self->outcome.status = 0;
  end_with_error (self, error_code);
}

static void
connect_user (LfLeanExchange *self)
{
  self->state = LF_LEAN_CONNECTING;
  _lf_lean_dialler_connect (self->transport->dialler, self->connection, self->plan_step);
}

/* A kept connection may have died since its last answer: then the request is sent once more, on a
 * new one, as libcurl does. */
static void
fail_or_resend (LfLeanExchange *self, guint error_code)
{
  if (!self->connection->used || self->first_byte > 0 || self->outcome.resent > 0)
    {
      _lf_lean_exchange_fail (self, error_code);
      return;
    }
  _lf_lean_connection_close (self->connection);
  self->outcome.resent++;
  connect_user (self);
}

static guint
socket_error_code (int reason)
{
  if (reason == EPROTO)
    return LF_ERROR_CODE_TLS;
  return reason == EPIPE ? LF_ERROR_CODE_TCP_BROKEN_PIPE : LF_ERROR_CODE_TCP_RESET;
}

/* The next piece of the request: the head, with a small body, is one, a larger body another. */
static gssize
send_piece (LfLeanExchange *self)
{
  const LfPlanLean *lean = self->plan_step->lean;

  if (self->sent < lean->head_size)
    return _lf_lean_connection_send (self->connection, lean->head + self->sent,
                                     lean->head_size - self->sent, lean->body_size > 0);
  return _lf_lean_connection_send (self->connection, lean->body + (self->sent - lean->head_size),
                                   lean->head_size + lean->body_size - self->sent, FALSE);
}

/* A target that has seen enough answers, and closes: that answer counts. */
static void
stop_sending (LfLeanExchange *self, int reason)
{
  if (!_lf_lean_connection_has_more (self->connection))
    {
      fail_or_resend (self, socket_error_code (reason));
      return;
    }
  self->broken = TRUE;
  self->state = LF_LEAN_WAITING;
  _lf_lean_connection_watch (self->connection, FALSE);
}

static void
send_request (LfLeanExchange *self)
{
  const LfPlanLean *lean = self->plan_step->lean;
  gsize size = lean->head_size + lean->body_size;

  while (self->sent < size)
    {
      gssize n = send_piece (self);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0 && errno == EAGAIN)
        {
          _lf_lean_connection_watch (self->connection, TRUE);
          return;
        }
      if (n < 0)
        {
          stop_sending (self, errno);
          return;
        }
      self->sent += (gsize) n;
      self->outcome.bytes_sent += (guint64) n;
    }
  self->sent_at = g_get_monotonic_time ();
  self->state = LF_LEAN_WAITING;
  if (self->connection->wants_to_write)
    _lf_lean_connection_watch (self->connection, FALSE);
}

static void
begin_sending (LfLeanExchange *self, gint64 now)
{
  self->state = LF_LEAN_SENDING;
  self->sent = 0;
  self->broken = FALSE;
  self->send_began = now;
  self->sent_at = 0;
  self->first_byte = 0;
  lf_http_response_begin (&self->response, self->plan_step->lean->head_request,
                          self->plan_step->lean->keep);
  send_request (self);
}

/* What an end does not set: fill_times() has the rest. */
static inline void
clear_outcome (LfOutcome *outcome)
{
  outcome->status = 0;
  outcome->error_code = 0;
  outcome->resent = 0;
  outcome->connections = 0;
  outcome->lean = TRUE;
  outcome->bytes_sent = 0;
  outcome->bytes_received = 0;
  outcome->connecting = 0;
  outcome->tls_handshaking = 0;
}

void
_lf_lean_exchange_start (LfLeanExchange *self)
{
  self->send_began = 0;
  self->first_byte = 0;
  clear_outcome (&self->outcome);
  self->connection = &self->connections[self->plan_step->lean->origin];
  set_deadline (self);
  if (self->connection->fd >= 0)
    begin_sending (self, self->started);
  else
    connect_user (self);
}

void
_lf_lean_exchange_connected (LfLeanExchange *self, guint error_code)
{
  if (error_code != 0)
    {
      _lf_lean_exchange_fail (self, error_code);
      return;
    }
  self->outcome.connections++;
  begin_sending (self, g_get_monotonic_time ());
}

gboolean
_lf_lean_exchange_is_redirect (const LfLeanExchange *self)
{
  if ((self->response.facts & LF_HTTP_HAS_LOCATION) == 0 ||
      !self->plan_step->http->follow_redirects)
    return FALSE;
  /* libcurl's rule, so that a user who turned to it meets no other. */
  return self->response.status >= 300 && self->response.status < 400;
}

static gboolean
asks_for_more (const LfLeanExchange *self)
{
  const LfHttpOptions *http = self->plan_step->http;
  LfHttpFacts facts = self->response.facts;

  return ((facts & LF_HTTP_HAS_COOKIE) != 0 && http->cookies) ||
         ((facts & LF_HTTP_HAS_CODING) != 0 && http->decompress) ||
         _lf_lean_exchange_is_redirect (self);
}

static void
complete (LfLeanExchange *self, gboolean clean, gint64 now)
{
  LfOutcome *outcome = &self->outcome;

  outcome->status = self->response.status;
  if (outcome->status >= 400)
    outcome->error_code = outcome->status < 600 ? 1000 + outcome->status : LF_ERROR_CODE_PROTOCOL;
  fill_times (self, now);
  self->connection->used = TRUE;
  if (!clean || !self->response.keep_alive || self->state != LF_LEAN_WAITING || self->broken)
    _lf_lean_connection_close (self->connection);
  else if (G_UNLIKELY (self->connection->wants_to_write))
    _lf_lean_connection_watch (self->connection, FALSE);
  if (G_UNLIKELY (self->response.facts != 0) && asks_for_more (self))
    _lf_lean_exchange_turn (self);
  else
    _lf_lean_exchange_end (self);
}

/* The target has closed the connection. libcurl, too, tells the status of an answer whose body was
 * cut short. */
static void
meet_end (LfLeanExchange *self)
{
  guint status = lf_http_response_is_past_head (&self->response) ? self->response.status : 0;

  if (self->first_byte == 0)
    fail_or_resend (self, LF_ERROR_CODE_TCP_RESET);
  else if (lf_http_response_feed_end (&self->response) == LF_HTTP_READ_END)
    complete (self, FALSE, g_get_monotonic_time ());
  else
    {
      self->outcome.status = status;
      end_with_error (self, LF_ERROR_CODE_TCP_RESET);
    }
}

/* What one read brought. */
typedef struct
{
  gssize n;     /* as of recv() */
  gsize excess; /* bytes behind the answer's end */
  LfHttpRead read;
  gboolean last; /* the socket holds no more */
} Piece;

/* Where the answer ends with what is passed over, a byte more is asked for: one that belongs to no
 * answer means that the connection cannot be kept. */
static Piece
skip_piece (LfLeanExchange *self, guint64 skippable)
{
  LfHttpResponse *response = &self->response;
  guint64 wanted = skippable + (lf_http_response_is_last_skippable (response) ? 1 : 0);
  Piece piece = { .read = LF_HTTP_READ_MORE };

  piece.n = _lf_lean_connection_skip (self->connection, self->transport->buffer,
                                      _LF_LEAN_BUFFER_SIZE, wanted, &piece.last);
  if (piece.n <= 0)
    return piece;
  piece.excess = (guint64) piece.n > skippable ? 1 : 0;
  piece.read = lf_http_response_skip (response, (gsize) piece.n - piece.excess);
  return piece;
}

static Piece
read_piece (LfLeanExchange *self)
{
  LfHttpResponse *response = &self->response;
  char *buffer = self->transport->buffer;
  /* Nothing before the head has come. */
  guint64 skippable = self->first_byte > 0 ? lf_http_response_get_skippable (response) : 0;
  gsize taken = 0;
  Piece piece = { .read = LF_HTTP_READ_MORE };

  if (skippable >= LEAST_SKIPPED)
    return skip_piece (self, skippable);
  piece.n = _lf_lean_connection_recv (self->connection, buffer, _LF_LEAN_BUFFER_SIZE, &piece.last);
  if (piece.n > 0)
    {
      piece.read = lf_http_response_feed (response, buffer, (gsize) piece.n, &taken);
      piece.excess = (gsize) piece.n - taken;
    }
  return piece;
}

/* Takes account of a piece; TRUE where the answer goes on. */
static gboolean
take_piece (LfLeanExchange *self, const Piece *piece)
{
  gint64 now = g_get_monotonic_time ();

  self->outcome.bytes_received += (guint64) piece->n - piece->excess;
  if (self->first_byte == 0)
    self->first_byte = now;
  if (piece->read == LF_HTTP_READ_END)
    complete (self, piece->excess == 0, now);
  else if (piece->read == LF_HTTP_READ_ERROR)
    _lf_lean_exchange_fail (self, LF_ERROR_CODE_PROTOCOL);
  return piece->read == LF_HTTP_READ_MORE;
}

/* There is no more for now. */
static void
await_more (LfLeanExchange *self)
{
  if (G_UNLIKELY (self->connection->wants_to_write) && self->state == LF_LEAN_WAITING)
    _lf_lean_connection_watch (self->connection, FALSE);
}

static void
read_answer (LfLeanExchange *self)
{
  for (guint i = 0; i < MOST_READS; i++)
    {
      Piece piece = read_piece (self);

      if (piece.n < 0 && (errno == EAGAIN || errno == EINTR))
        {
          await_more (self);
          return;
        }
      if (piece.n < 0)
        {
          fail_or_resend (self, socket_error_code (errno));
          return;
        }
      if (piece.n == 0)
        {
          meet_end (self);
          return;
        }
      if (!take_piece (self, &piece) || piece.last)
        return;
    }
  /* What libcurl has read of a socket with TLS, epoll does not tell again; that it can be written
   * to, it does. */
  if (self->connection->dial != NULL)
    _lf_lean_connection_watch (self->connection, TRUE);
}

/* Nothing may come now but the connection's end; over TLS also a ticket, which libcurl takes in. */
static void
meet_idle_event (LfLeanConnection *connection)
{
  gboolean last;

  if (connection->dial != NULL &&
      _lf_lean_connection_recv (connection, connection->exchange->transport->buffer,
                                _LF_LEAN_BUFFER_SIZE, &last) < 0 &&
      errno == EAGAIN)
    return;
  _lf_lean_connection_close (connection);
}

void
_lf_lean_exchange_ready (LfLeanConnection *connection, guint32 events)
{
  LfLeanExchange *self = connection->exchange;
  gboolean busy = self->connection == connection &&
                  (self->state == LF_LEAN_SENDING || self->state == LF_LEAN_WAITING);

  if (!busy)
    {
      meet_idle_event (connection);
      return;
    }
  /* Reading comes first: an answer may have come, and its connection closed, before all was sent.
   */
  if ((events & ~(guint32) EPOLLOUT) != 0 || connection->dial != NULL)
    read_answer (self);
  if ((events & EPOLLOUT) != 0 && self->state == LF_LEAN_SENDING &&
      self->connection == connection && connection->fd >= 0)
    send_request (self);
}
