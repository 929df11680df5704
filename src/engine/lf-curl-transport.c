#include "config.h"

#include "lf-curl-transport-private.h"
#include "lf-multi-groups.h"

#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

/* Measured: at 500 users 8, and at 5,000 users 13 % less CPU a request than 256. */
#define BATCH 16

/* Calls for one connection before others, and a Stop, have their turn. */
#define MOST_DRAINS 64

struct _LfCurlGroup
{
  LfMultiGroup base;
  LfTransport *transport;
  gboolean buffers;   /* there were answers over HTTP/2 */
  guint64 n_received; /* body bytes */
};

/* What epoll knows of a socket. libcurl forgets and names it again with every transfer; a kept
 * connection stays registered, which spares two system calls a request. */
typedef struct
{
  guint32 registered; /* events in epoll; 0: not there */
  guint32 wanted;     /* events that libcurl waits for now */
  gboolean ours;      /* made by open_socket_cb, so that close_socket_cb tells its end */
} Socket;

typedef struct /* a connection that may have more to give */
{
  LfCurlGroup *group;
  int fd;
} Undrained;

struct _LfTransport
{
  const LfPlan *plan;
  int epoll;
  LfTransportDone done;
  LfMultiGroups groups; /* of LfCurlGroup */
  GArray *sockets;      /* of Socket, by descriptor */
  GArray *undrained;    /* of Undrained */
};

static Socket *
get_socket (LfTransport *self, int fd)
{
  if ((guint) fd >= self->sockets->len)
    g_array_set_size (self->sockets, (guint) fd + 256);
  return &g_array_index (self->sockets, Socket, fd);
}

static void
register_socket (LfCurlGroup *group, int fd, Socket *socket, guint32 events)
{
  struct epoll_event event = { .events = events };
  int operation = socket->registered != 0 ? EPOLL_CTL_MOD : EPOLL_CTL_ADD;

  event.data.u64 = (guint64) (group->base.index + 1) << 32 | (guint32) fd;
  epoll_ctl (group->transport->epoll, operation, fd, &event);
  socket->registered = events;
}

static void
forget_socket (LfTransport *self, int fd, Socket *socket)
{
  if (socket->registered != 0)
    epoll_ctl (self->epoll, EPOLL_CTL_DEL, fd, NULL);
  socket->registered = 0;
}

static int
socket_cb (CURL *easy, curl_socket_t fd, int what, void *user_data, void *socket_data)
{
  LfCurlGroup *group = user_data;
  Socket *socket = get_socket (group->transport, fd);

  socket->wanted = (what == CURL_POLL_IN || what == CURL_POLL_INOUT ? EPOLLIN : 0) |
                   (what == CURL_POLL_OUT || what == CURL_POLL_INOUT ? EPOLLOUT : 0);
  if (what == CURL_POLL_REMOVE)
    {
      if (!socket->ours)
        forget_socket (group->transport, fd, socket);
    }
  else if (socket->registered != socket->wanted)
    register_socket (group, fd, socket, socket->wanted);
  return 0;
}

static curl_socket_t
open_socket_cb (void *user_data, curlsocktype purpose, struct curl_sockaddr *address)
{
  LfExchange *exchange = user_data;
  int fd;

  if (!_lf_curl_h2c_may_connect (exchange))
    return CURL_SOCKET_BAD;
  fd = _lf_curl_adopt (exchange, address);
  if (fd < 0)
    fd = socket (address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
  if (fd < 0)
    return CURL_SOCKET_BAD;
  *get_socket (exchange->group->transport, fd) = (Socket){ .ours = TRUE };
  return fd;
}

static int
socket_option_cb (void *user_data, curl_socket_t fd, curlsocktype purpose)
{
  LfExchange *exchange = user_data;

  if (exchange->adopted_now != fd)
    return CURL_SOCKOPT_OK;
  exchange->adopted_now = -1;
  exchange->n_adopted++;
  return CURL_SOCKOPT_ALREADY_CONNECTED;
}

static int
close_socket_cb (void *user_data, curl_socket_t fd)
{
  LfTransport *self = user_data;

  *get_socket (self, fd) = (Socket){ 0 };
  return close (fd);
}

static LfTransport *
curl_open (const LfPlan *plan, int epoll, LfTransportDone done)
{
  LfTransport *self = g_new0 (LfTransport, 1);

  self->plan = plan;
  self->epoll = epoll;
  self->done = done;
  lf_multi_groups_init (&self->groups, sizeof (LfCurlGroup), socket_cb, self);
  self->sockets = g_array_new (FALSE, TRUE, sizeof (Socket));
  self->undrained = g_array_new (FALSE, FALSE, sizeof (Undrained));
  return self;
}

static void
curl_close (LfTransport *self)
{
  lf_multi_groups_clear (&self->groups);
  g_array_unref (self->sockets);
  g_array_unref (self->undrained);
  g_free (self);
}

static LfExchange *
curl_join (LfTransport *self, gpointer user)
{
  LfExchange *exchange = g_new0 (LfExchange, 1);

  exchange->group = (LfCurlGroup *) lf_multi_groups_choose (&self->groups);
  exchange->group->transport = self;
  exchange->user = user;
  exchange->configured = -1;
  exchange->adopted_now = -1;
  return exchange;
}

static void
detach (LfExchange *exchange)
{
  if (exchange->added)
    curl_multi_remove_handle (exchange->group->base.multi, exchange->easy);
  exchange->added = FALSE;
}

static void
curl_leave (LfExchange *exchange)
{
  detach (exchange);
  for (guint i = 0; i < G_N_ELEMENTS (exchange->easies); i++)
    curl_easy_cleanup (exchange->easies[i]);
  for (guint i = 0; i < G_N_ELEMENTS (exchange->shares); i++)
    curl_share_cleanup (exchange->shares[i]);
  curl_slist_free_all (exchange->own_headers);
  _lf_curl_forget_adopted (exchange);
  lf_http_response_clear (&exchange->head);
  exchange->group->base.n_members--;
  g_free (exchange);
}

static void
configure (LfExchange *exchange, const LfPlanStep *step)
{
  CURL **easy = &exchange->easies[step->http->cookies ? 1 : 0];

  g_clear_pointer (&exchange->own_headers, curl_slist_free_all);
  if (*easy == NULL)
    *easy = curl_easy_init ();
  else
    curl_easy_reset (*easy);
  exchange->easy = *easy;
  exchange->step = step;
  curl_easy_setopt (*easy, CURLOPT_OPENSOCKETFUNCTION, open_socket_cb);
  curl_easy_setopt (*easy, CURLOPT_OPENSOCKETDATA, exchange);
  curl_easy_setopt (*easy, CURLOPT_SOCKOPTFUNCTION, socket_option_cb);
  curl_easy_setopt (*easy, CURLOPT_SOCKOPTDATA, exchange);
  curl_easy_setopt (*easy, CURLOPT_CLOSESOCKETFUNCTION, close_socket_cb);
  curl_easy_setopt (*easy, CURLOPT_CLOSESOCKETDATA, exchange->group->transport);
  _lf_curl_configure (exchange, step);
}

const LfPlanStep *
_lf_curl_prepare (LfExchange *exchange, guint step)
{
  const LfPlanStep *plan_step = &exchange->group->transport->plan->steps[step];

  if (exchange->configured != plan_step->step)
    configure (exchange, plan_step);
  if (exchange->token != NULL && exchange->token_number != lf_token_get_number (exchange->token))
    _lf_curl_renew_token (exchange);
  return plan_step;
}

void
_lf_curl_begin (LfExchange *exchange, gint64 now)
{
  exchange->n_sent = 0;
  exchange->n_challenged = 0;
  exchange->n_adopted = 0;
  exchange->head_ended = FALSE;
  exchange->checks_head = FALSE;
  exchange->refused = FALSE;
  exchange->trailer_size = 0;
  lf_http_response_begin (&exchange->head, FALSE, 0);
  exchange->words[0] = '\0';
  exchange->body_sent = 0;
  exchange->last_read = 0;
  exchange->answered = 0;
  exchange->started = now;
  _lf_curl_h2c_begin (exchange);
  curl_multi_add_handle (exchange->group->base.multi, exchange->easy);
  exchange->added = TRUE;
}

static void
curl_start (LfExchange *exchange, guint step, gint64 now)
{
  _lf_curl_prepare (exchange, step);
  _lf_curl_begin (exchange, now);
}

static gint64
curl_get_deadline (LfTransport *self)
{
  return lf_multi_groups_get_deadline (&self->groups);
}

static void
curl_expire (LfTransport *self, gint64 now)
{
  lf_multi_groups_expire (&self->groups, now);
}

void
_lf_curl_count_received (LfExchange *exchange, gsize n)
{
  exchange->group->n_received += n;
}

void
_lf_curl_note_version (LfExchange *exchange, char major)
{
  exchange->group->buffers |= major == '2';
}

/* Of HTTP/2, libcurl (seen: 7.88) reads more from the socket than it hands over, and forgets to ask
 * for another call: the rest would wait for a timeout. TRUE where there may be more yet. */
static gboolean
drain (LfCurlGroup *group, int fd)
{
  int running;

  group->base.dirty = TRUE;
  for (guint i = 0; i < MOST_DRAINS; i++)
    {
      guint64 before = group->n_received;

      curl_multi_socket_action (group->base.multi, fd, CURL_CSELECT_IN, &running);
      if (group->n_received == before)
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_undrained (const LfTransport *self, int fd)
{
  for (guint i = 0; i < self->undrained->len; i++)
    if (g_array_index (self->undrained, Undrained, i).fd == fd)
      return TRUE;
  return FALSE;
}

static void
drain_on (LfTransport *self)
{
  for (guint i = self->undrained->len; i > 0; i--)
    {
      const Undrained *one = &g_array_index (self->undrained, Undrained, i - 1);

      if (!drain (one->group, one->fd))
        g_array_remove_index_fast (self->undrained, i - 1);
    }
}

static void
curl_ready (LfTransport *self, guint64 tag, guint32 events)
{
  LfMultiGroup *base = lf_multi_groups_get (&self->groups, (guint) (tag >> 32) - 1);
  LfCurlGroup *group = (LfCurlGroup *) base;
  int fd = (int) (guint32) tag;
  Socket *socket = get_socket (self, fd);

  if (socket->wanted == 0)
    {
      /* An idle connection, which the target closed: libcurl finds out when it wants it. */
      forget_socket (self, fd, socket);
      return;
    }
  lf_multi_group_act (base, fd, events);
  if (group->buffers && (events & (EPOLLIN | EPOLLHUP)) != 0 && !is_undrained (self, fd) &&
      drain (group, fd))
    g_array_append_vals (self->undrained, &(Undrained){ group, fd }, 1);
}

static void
settle_group (LfTransport *self, LfMultiGroup *group)
{
  CURLcode result;
  CURL *easy;

  while ((easy = lf_multi_group_take_ended (group, &result)) != NULL)
    {
      LfExchange *exchange = NULL;
      LfOutcome outcome;

      curl_easy_getinfo (easy, CURLINFO_PRIVATE, (char **) &exchange);
      if (!_lf_curl_h2c_end (exchange, result))
        {
          detach (exchange);
          _lf_curl_begin (exchange, g_get_monotonic_time ());
          continue;
        }
      _lf_curl_outcome (exchange, result, &outcome);
      detach (exchange);
      self->done (exchange->user, &outcome);
    }
}

static gboolean
curl_settle (LfTransport *self)
{
  drain_on (self);
  for (guint i = 0; i < self->groups.all->len; i++)
    {
      LfMultiGroup *group = lf_multi_groups_get (&self->groups, i);

      if (!group->dirty)
        continue;
      group->dirty = FALSE;
      settle_group (self, group);
    }
  return self->undrained->len > 0 || lf_multi_groups_is_due (&self->groups);
}

static guint
curl_get_batch (LfTransport *self)
{
  return BATCH;
}

const LfTransportClass *
lf_curl_transport_get_class (void)
{
  static const LfTransportClass class = {
    .name = "curl",
    .open = curl_open,
    .close = curl_close,
    .join = curl_join,
    .leave = curl_leave,
    .start = curl_start,
    .get_deadline = curl_get_deadline,
    .expire = curl_expire,
    .ready = curl_ready,
    .settle = curl_settle,
    .get_batch = curl_get_batch,
  };

  return &class;
}
