#include "config.h"

#include "lf-curl-transport-private.h"

#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

/* libcurl searches a multi's connections one by one: small groups keep that cheap. */
#define GROUP_SIZE 64

struct _LfCurlGroup
{
  LfTransport *transport;
  guint index;
  CURLM *multi;
  guint n_exchanges;
  gint64 deadline;    /* monotonic us; G_MAXINT64: none */
  gboolean dirty;     /* something may have ended */
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

struct _LfTransport
{
  const LfPlan *plan;
  int epoll;
  LfTransportDone done;
  GPtrArray *groups;
  GArray *sockets; /* of Socket, by descriptor */
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

  event.data.u64 = (guint64) (group->index + 1) << 32 | (guint32) fd;
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

static int
timer_cb (CURLM *multi, long timeout_ms, void *user_data)
{
  LfCurlGroup *group = user_data;

  group->deadline =
      timeout_ms < 0 ? G_MAXINT64 : g_get_monotonic_time () + (gint64) timeout_ms * 1000;
  return 0;
}

static LfTransport *
curl_open (const LfPlan *plan, int epoll, LfTransportDone done)
{
  LfTransport *self = g_new0 (LfTransport, 1);

  self->plan = plan;
  self->epoll = epoll;
  self->done = done;
  self->groups = g_ptr_array_new ();
  self->sockets = g_array_new (FALSE, TRUE, sizeof (Socket));
  return self;
}

static void
curl_close (LfTransport *self)
{
  for (guint i = 0; i < self->groups->len; i++)
    {
      LfCurlGroup *group = self->groups->pdata[i];

      curl_multi_cleanup (group->multi);
      g_free (group);
    }
  g_ptr_array_unref (self->groups);
  g_array_unref (self->sockets);
  g_free (self);
}

static LfCurlGroup *
add_group (LfTransport *self)
{
  LfCurlGroup *group = g_new0 (LfCurlGroup, 1);

  group->transport = self;
  group->index = self->groups->len;
  group->deadline = G_MAXINT64;
  group->multi = curl_multi_init ();
  curl_multi_setopt (group->multi, CURLMOPT_SOCKETFUNCTION, socket_cb);
  curl_multi_setopt (group->multi, CURLMOPT_SOCKETDATA, group);
  curl_multi_setopt (group->multi, CURLMOPT_TIMERFUNCTION, timer_cb);
  curl_multi_setopt (group->multi, CURLMOPT_TIMERDATA, group);
  g_ptr_array_add (self->groups, group);
  return group;
}

static LfCurlGroup *
choose_group (LfTransport *self)
{
  for (guint i = self->groups->len; i > 0; i--)
    {
      LfCurlGroup *group = self->groups->pdata[i - 1];

      if (group->n_exchanges < GROUP_SIZE)
        return group;
    }
  return add_group (self);
}

static LfExchange *
curl_join (LfTransport *self, gpointer user)
{
  LfExchange *exchange = g_new0 (LfExchange, 1);

  exchange->group = choose_group (self);
  exchange->group->n_exchanges++;
  exchange->user = user;
  exchange->configured = -1;
  exchange->adopted_now = -1;
  return exchange;
}

static void
detach (LfExchange *exchange)
{
  if (exchange->added)
    curl_multi_remove_handle (exchange->group->multi, exchange->easy);
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
  exchange->group->n_exchanges--;
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
  curl_multi_add_handle (exchange->group->multi, exchange->easy);
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
  gint64 deadline = G_MAXINT64;

  for (guint i = 0; i < self->groups->len; i++)
    deadline = MIN (deadline, ((LfCurlGroup *) self->groups->pdata[i])->deadline);
  return deadline;
}

static void
curl_expire (LfTransport *self, gint64 now)
{
  for (guint i = 0; i < self->groups->len; i++)
    {
      LfCurlGroup *group = self->groups->pdata[i];
      int running;

      if (group->deadline > now)
        continue;
      group->deadline = G_MAXINT64;
      curl_multi_socket_action (group->multi, CURL_SOCKET_TIMEOUT, 0, &running);
      group->dirty = TRUE;
    }
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
 * for another call: the rest would wait for a timeout. */
static void
drain (LfCurlGroup *group, int fd)
{
  guint64 before;
  int running;

  do
    {
      before = group->n_received;
      curl_multi_socket_action (group->multi, fd, CURL_CSELECT_IN, &running);
    }
  while (group->n_received != before);
}

static void
curl_ready (LfTransport *self, guint64 tag, guint32 events)
{
  LfCurlGroup *group = self->groups->pdata[(tag >> 32) - 1];
  int fd = (int) (guint32) tag;
  Socket *socket = get_socket (self, fd);
  int mask = (events & (EPOLLIN | EPOLLHUP) ? CURL_CSELECT_IN : 0) |
             (events & EPOLLOUT ? CURL_CSELECT_OUT : 0) |
             (events & EPOLLERR ? CURL_CSELECT_ERR : 0);
  int running;

  if (socket->wanted == 0)
    {
      /* An idle connection, which the target closed: libcurl finds out when it wants it. */
      forget_socket (self, fd, socket);
      return;
    }
  curl_multi_socket_action (group->multi, fd, mask, &running);
  if (group->buffers && (mask & CURL_CSELECT_IN) != 0)
    drain (group, fd);
  group->dirty = TRUE;
}

static void
settle_group (LfTransport *self, LfCurlGroup *group)
{
  CURLMsg *message;
  int left;

  while ((message = curl_multi_info_read (group->multi, &left)) != NULL)
    {
      CURLcode result = message->data.result;
      LfExchange *exchange = NULL;
      LfOutcome outcome;

      curl_easy_getinfo (message->easy_handle, CURLINFO_PRIVATE, (char **) &exchange);
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
  gboolean more = FALSE;
  gint64 now;

  for (guint i = 0; i < self->groups->len; i++)
    {
      LfCurlGroup *group = self->groups->pdata[i];

      if (!group->dirty)
        continue;
      group->dirty = FALSE;
      settle_group (self, group);
    }
  now = g_get_monotonic_time ();
  for (guint i = 0; i < self->groups->len && !more; i++)
    more = ((LfCurlGroup *) self->groups->pdata[i])->deadline <= now;
  return more;
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
  };

  return &class;
}
