#include "config.h"

#include "lf-target-private.h"

#include <errno.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

/* Answers that wait to be read: past this no more requests are read from that client. */
#define MAX_OUTPUT (256 * 1024)

struct _LfTargetConnection
{
  LfTarget *target;
  int fd;
  LfHttpReader *reader;
  LfTargetRequest request;
  GString *output;
  gsize sent;           /* of the output */
  GByteArray *rest;     /* input behind a request whose answer waits; NULL: none */
  GSequenceIter *delay; /* in target->delayed; NULL: no answer waits */
  gint64 due;           /* monotonic us */
  guint32 events;       /* that epoll watches */
  gboolean closing;     /* once the output is sent */
};

LfTargetConnection *
_lf_target_connection_new (LfTarget *target, int fd)
{
  LfTargetConnection *self = g_new0 (LfTargetConnection, 1);
  struct epoll_event event = { .events = EPOLLIN, .data.ptr = self };

  self->target = target;
  self->fd = fd;
  self->events = EPOLLIN;
  self->reader = lf_http_reader_new ();
  self->output = g_string_sized_new (1024);
  lf_target_request_init (&self->request);
  epoll_ctl (target->epoll, EPOLL_CTL_ADD, fd, &event);
  return self;
}

void
_lf_target_connection_free (LfTargetConnection *self)
{
  if (self->delay != NULL)
    g_sequence_remove (self->delay);
  close (self->fd);
  lf_http_reader_free (self->reader);
  lf_target_request_clear (&self->request);
  g_string_free (self->output, TRUE);
  g_clear_pointer (&self->rest, g_byte_array_unref);
  g_free (self);
}

gint64
_lf_target_connection_due (LfTargetConnection *self)
{
  return self->due;
}

static int
compare_due (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const LfTargetConnection *one = a;
  const LfTargetConnection *other = b;

  return (one->due > other->due) - (one->due < other->due);
}

/* 0 up to 1, from xorshift: the same sequence at every start, so that runs can be compared. */
static double
draw (LfTarget *target)
{
  target->random ^= target->random << 13;
  target->random ^= target->random >> 7;
  target->random ^= target->random << 17;
  return (double) (target->random >> 11) * 0x1p-53;
}

static gint64
choose_delay (LfTargetConnection *self)
{
  const LfTargetOptions *options = &self->target->options;
  double ms = options->delay_ms + lf_target_answer_delay (&self->request);

  if (options->jitter_ms > 0)
    ms += (draw (self->target) * 2 - 1) * options->jitter_ms;
  return (gint64) (MAX (ms, 0) * 1000);
}

static void
append_answer (LfTargetConnection *self)
{
  LfTarget *target = self->target;
  gboolean fail = target->options.error_rate > 0 && draw (target) < target->options.error_rate;
  guint status;

  status = lf_target_answer_append (self->output, &self->request, fail);
  _lf_target_count (&target->requests, 1);
  _lf_target_count (&target->errors, fail || status == 400);
  self->closing = !self->request.keep_alive;
}

static void
finish_request (LfTargetConnection *self)
{
  gint64 delay = choose_delay (self);

  if (delay == 0)
    {
      append_answer (self);
      return;
    }
  self->due = g_get_monotonic_time () + delay;
  self->delay = g_sequence_insert_sorted (self->target->delayed, self, compare_due, NULL);
}

static gboolean
is_reading (const LfTargetConnection *self)
{
  return self->delay == NULL && !self->closing && self->output->len - self->sent < MAX_OUTPUT;
}

static void
keep_rest (LfTargetConnection *self, const char *data, gsize length)
{
  if (length == 0)
    return;
  if (self->rest == NULL)
    self->rest = g_byte_array_new ();
  g_byte_array_append (self->rest, (const guint8 *) data, (guint) length);
}

static void
take_body (LfTargetConnection *self)
{
  gsize length;
  const char *body = lf_http_reader_get_body (self->reader, &length);

  lf_target_request_hash (&self->request, body, length);
  _lf_target_count (&self->target->bytes_received, length);
}

static void
refuse (LfTargetConnection *self)
{
  lf_target_answer_refuse (self->output, lf_http_reader_get_error_status (self->reader));
  _lf_target_count (&self->target->errors, 1);
  self->closing = TRUE;
}

static void
take_input (LfTargetConnection *self, const char *data, gsize length)
{
  while (is_reading (self))
    {
      gsize taken;
      LfHttpRead read = lf_http_reader_feed (self->reader, data, length, &taken);

      data += taken;
      length -= taken;
      if (read == LF_HTTP_READ_MORE)
        return;
      if (read == LF_HTTP_READ_HEAD)
        {
          const LfHttpRequest *request = lf_http_reader_get_request (self->reader);

          lf_target_request_begin (&self->request, request);
          if (request->expects_continue && length == 0)
            g_string_append (self->output, "HTTP/1.1 100 Continue\r\n\r\n");
        }
      else if (read == LF_HTTP_READ_BODY)
        take_body (self);
      else if (read == LF_HTTP_READ_END)
        finish_request (self);
      else
        refuse (self);
    }
  if (!self->closing)
    keep_rest (self, data, length);
}

static void
take_rest (LfTargetConnection *self)
{
  g_autoptr (GByteArray) rest = g_steal_pointer (&self->rest);

  if (rest != NULL)
    take_input (self, (const char *) rest->data, rest->len);
}

static gboolean
read_input (LfTargetConnection *self)
{
  while (is_reading (self))
    {
      ssize_t n = recv (self->fd, self->target->input, _LF_TARGET_INPUT, 0);

      if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
        return FALSE;
      if (n > 0)
        take_input (self, self->target->input, (gsize) n);
      if (n < _LF_TARGET_INPUT) /* the socket is empty, or will say so */
        return TRUE;
    }
  return TRUE;
}

static gboolean
write_output (LfTargetConnection *self)
{
  while (self->sent < self->output->len)
    {
      ssize_t n = send (self->fd, self->output->str + self->sent, self->output->len - self->sent,
                        MSG_NOSIGNAL);

      if (n < 0)
        return errno == EAGAIN || errno == EINTR;
      self->sent += (gsize) n;
    }
  g_string_truncate (self->output, 0);
  self->sent = 0;
  return TRUE;
}

static void
watch (LfTargetConnection *self)
{
  guint32 events =
      (is_reading (self) ? EPOLLIN : 0) | (self->output->len > self->sent ? EPOLLOUT : 0);
  struct epoll_event event = { .events = events, .data.ptr = self };

  if (events == self->events)
    return;
  epoll_ctl (self->target->epoll, EPOLL_CTL_MOD, self->fd, &event);
  self->events = events;
}

/* Sends what is to send, goes on with what waited for that, and watches for what is next. */
static gboolean
go_on (LfTargetConnection *self)
{
  gboolean full; /* the client does not read: it is for epoll to say when it does */

  do
    {
      if (!write_output (self))
        return FALSE;
      full = self->output->len > 0;
      if (self->closing && !full)
        return FALSE;
      if (is_reading (self))
        take_rest (self);
    }
  while (!full && self->output->len > 0);
  watch (self);
  return TRUE;
}

gboolean
_lf_target_connection_ready (LfTargetConnection *self, guint32 events)
{
  if (events & EPOLLERR)
    return FALSE;
  if ((events & EPOLLHUP) && !(events & EPOLLIN))
    return FALSE;
  if ((events & EPOLLIN) && !read_input (self))
    return FALSE;
  return go_on (self);
}

gboolean
_lf_target_connection_answer (LfTargetConnection *self)
{
  g_sequence_remove (g_steal_pointer (&self->delay));
  append_answer (self);
  return go_on (self);
}
