#include "config.h"

#include "lf-curl-transport-private.h"
#include "lf-error-code.h"
#include "lf-lean-private.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/socket.h>

/* libcurl searches a multi's connections one by one: small groups keep that cheap. */
#define GROUP_SIZE   64
#define LEAST_BUFFER 1024L /* that libcurl takes */

typedef struct
{
  LfLeanDialler *dialler;
  guint index;
  CURLM *multi;
  guint n_dials;
  gint64 deadline; /* monotonic us; G_MAXINT64: none */
  gboolean dirty;  /* something may have ended */
} Group;

struct _LfLeanDial
{
  Group *group;
  CURL *easy;
  LfLeanConnection *connection;
  const LfPlanStep *step; /* that @easy is set up for */
  gboolean no_socket;     /* none could be opened */
  char words[CURL_ERROR_SIZE];
};

struct _LfLeanDialler
{
  LfLeanTransport *transport;
  CURLSH *share; /* host names, looked up once */
  GPtrArray *groups;
  GPtrArray *spare; /* of LfLeanDial, in no group */
};

static int
socket_cb (CURL *easy, curl_socket_t fd, int what, void *user_data, void *socket_data)
{
  Group *group = user_data;
  int epoll = group->dialler->transport->epoll;
  struct epoll_event event = {
    .events = (what == CURL_POLL_IN || what == CURL_POLL_INOUT ? EPOLLIN : 0) |
              (what == CURL_POLL_OUT || what == CURL_POLL_INOUT ? EPOLLOUT : 0),
  };

  event.data.u64 = _LF_LEAN_TAG | _LF_LEAN_DIAL_TAG | (guint64) group->index << 32 | (guint32) fd;
  if (what == CURL_POLL_REMOVE)
    epoll_ctl (epoll, EPOLL_CTL_DEL, fd, NULL);
  else if (epoll_ctl (epoll, EPOLL_CTL_MOD, fd, &event) != 0 && errno == ENOENT)
    epoll_ctl (epoll, EPOLL_CTL_ADD, fd, &event);
  return 0;
}

static int
timer_cb (CURLM *multi, long timeout_ms, void *user_data)
{
  Group *group = user_data;

  group->deadline =
      timeout_ms < 0 ? G_MAXINT64 : g_get_monotonic_time () + (gint64) timeout_ms * 1000;
  return 0;
}

LfLeanDialler *
_lf_lean_dialler_new (LfLeanTransport *transport)
{
  LfLeanDialler *self = g_new0 (LfLeanDialler, 1);

  self->transport = transport;
  self->share = curl_share_init ();
  curl_share_setopt (self->share, CURLSHOPT_SHARE, CURL_LOCK_DATA_DNS);
  self->groups = g_ptr_array_new ();
  self->spare = g_ptr_array_new ();
  return self;
}

static void
dial_free (LfLeanDial *dial)
{
  curl_easy_cleanup (dial->easy);
  g_free (dial);
}

void
_lf_lean_dialler_free (LfLeanDialler *self)
{
  for (guint i = 0; i < self->spare->len; i++)
    dial_free (self->spare->pdata[i]);
  g_ptr_array_unref (self->spare);
  for (guint i = 0; i < self->groups->len; i++)
    {
      Group *group = self->groups->pdata[i];

      curl_multi_cleanup (group->multi);
      g_free (group);
    }
  g_ptr_array_unref (self->groups);
  curl_share_cleanup (self->share);
  g_free (self);
}

static Group *
add_group (LfLeanDialler *self)
{
  Group *group = g_new0 (Group, 1);

  group->dialler = self;
  group->index = self->groups->len;
  group->deadline = G_MAXINT64;
  group->multi = curl_multi_init ();
  curl_multi_setopt (group->multi, CURLMOPT_SOCKETFUNCTION, socket_cb);
  curl_multi_setopt (group->multi, CURLMOPT_SOCKETDATA, group);
  curl_multi_setopt (group->multi, CURLMOPT_TIMERFUNCTION, timer_cb);
  curl_multi_setopt (group->multi, CURLMOPT_TIMERDATA, group);
  curl_multi_setopt (group->multi, CURLMOPT_MAXCONNECTS, (long) GROUP_SIZE);
  g_ptr_array_add (self->groups, group);
  return group;
}

static Group *
choose_group (LfLeanDialler *self)
{
  for (guint i = self->groups->len; i > 0; i--)
    {
      Group *group = self->groups->pdata[i - 1];

      if (group->n_dials < GROUP_SIZE)
        return group;
    }
  return add_group (self);
}

/* As libcurl would, but that the reason is known where there is none. */
static curl_socket_t
open_socket_cb (void *user_data, curlsocktype purpose, struct curl_sockaddr *address)
{
  LfLeanDial *dial = user_data;
  int fd = socket (address->family, address->socktype | SOCK_CLOEXEC, address->protocol);

  /* Other reasons, as a machine without IPv6, say nothing about what is left. */
  dial->no_socket = fd < 0 && (errno == EMFILE || errno == ENFILE);
  return fd < 0 ? CURL_SOCKET_BAD : fd;
}

static void
configure (LfLeanDial *dial, const LfPlanStep *step)
{
  const LfHttpOptions *http = step->http;
  CURL *easy = dial->easy;

  curl_easy_setopt (easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (easy, CURLOPT_PRIVATE, dial);
  curl_easy_setopt (easy, CURLOPT_SHARE, dial->group->dialler->share);
  curl_easy_setopt (easy, CURLOPT_ERRORBUFFER, dial->words);
  curl_easy_setopt (easy, CURLOPT_OPENSOCKETFUNCTION, open_socket_cb);
  curl_easy_setopt (easy, CURLOPT_OPENSOCKETDATA, dial);
  curl_easy_setopt (easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt (easy, CURLOPT_URL, step->url);
  curl_easy_setopt (easy, CURLOPT_CONNECT_ONLY, 1L);
  curl_easy_setopt (easy, CURLOPT_FRESH_CONNECT, 1L);
  /* CONNECT_ONLY crashes where HTTP/2 has been negotiated (libcurl 7.88). */
  curl_easy_setopt (easy, CURLOPT_HTTP_VERSION, (long) CURL_HTTP_VERSION_1_1);
  curl_easy_setopt (easy, CURLOPT_CONNECTTIMEOUT_MS,
                    MAX ((long) (http->connect_timeout * 1000), 1L));
  curl_easy_setopt (easy, CURLOPT_PROXY, "");
  /* The most that curl_easy_recv() gives at once; without TLS it reads nothing for us. */
  curl_easy_setopt (easy, CURLOPT_BUFFERSIZE,
                    step->lean->tls ? (long) _LF_LEAN_BUFFER_SIZE : LEAST_BUFFER);
  if (step->resolve != NULL)
    curl_easy_setopt (easy, CURLOPT_RESOLVE, step->resolve);
  _lf_curl_configure_tls (easy, http->tls);
  dial->step = step;
}

static LfLeanDial *
take_dial (LfLeanDialler *self, const LfPlanStep *step)
{
  LfLeanDial *dial = self->spare->len > 0
                         ? g_ptr_array_remove_index_fast (self->spare, self->spare->len - 1)
                         : g_new0 (LfLeanDial, 1);

  dial->group = choose_group (self);
  dial->group->n_dials++;
  dial->words[0] = '\0';
  dial->no_socket = FALSE;
  if (dial->easy == NULL)
    dial->easy = curl_easy_init ();
  else if (dial->step != step)
    curl_easy_reset (dial->easy);
  if (dial->step != step)
    configure (dial, step);
  return dial;
}

/* Out of its group; what libcurl holds of a connection is closed. */
static void
put_back (LfLeanDial *dial)
{
  Group *group = dial->group;

  curl_multi_remove_handle (group->multi, dial->easy);
  group->n_dials--;
  dial->group = NULL;
  dial->connection = NULL;
  g_ptr_array_add (group->dialler->spare, dial);
}

void
_lf_lean_dialler_connect (LfLeanDialler *self, LfLeanConnection *connection, const LfPlanStep *step)
{
  LfLeanDial *dial = take_dial (self, step);

  dial->connection = connection;
  connection->dial = dial;
  curl_multi_add_handle (dial->group->multi, dial->easy);
}

void
_lf_lean_dial_cancel (LfLeanDial *dial)
{
  put_back (dial);
}

gint64
_lf_lean_dialler_get_deadline (LfLeanDialler *self)
{
  gint64 deadline = G_MAXINT64;

  for (guint i = 0; i < self->groups->len; i++)
    deadline = MIN (deadline, ((Group *) self->groups->pdata[i])->deadline);
  return deadline;
}

void
_lf_lean_dialler_expire (LfLeanDialler *self, gint64 now)
{
  for (guint i = 0; i < self->groups->len; i++)
    {
      Group *group = self->groups->pdata[i];
      int running;

      if (group->deadline > now)
        continue;
      group->deadline = G_MAXINT64;
      curl_multi_socket_action (group->multi, CURL_SOCKET_TIMEOUT, 0, &running);
      group->dirty = TRUE;
    }
}

void
_lf_lean_dialler_ready (LfLeanDialler *self, guint64 tag, guint32 events)
{
  Group *group = self->groups->pdata[(tag & ~(_LF_LEAN_TAG | _LF_LEAN_DIAL_TAG)) >> 32];
  int mask = (events & (EPOLLIN | EPOLLHUP) ? CURL_CSELECT_IN : 0) |
             (events & EPOLLOUT ? CURL_CSELECT_OUT : 0) |
             (events & EPOLLERR ? CURL_CSELECT_ERR : 0);
  int running;

  curl_multi_socket_action (group->multi, (int) (guint32) tag, mask, &running);
  group->dirty = TRUE;
}

static gint64
get_time (CURL *easy, CURLINFO info)
{
  curl_off_t us = 0;

  curl_easy_getinfo (easy, info, &us);
  return us;
}

void
_lf_lean_dial_note_times (LfLeanDial *dial, LfOutcome *outcome)
{
  gint64 looked_up = get_time (dial->easy, CURLINFO_NAMELOOKUP_TIME_T);
  gint64 connected = get_time (dial->easy, CURLINFO_CONNECT_TIME_T);
  gint64 shaken = get_time (dial->easy, CURLINFO_APPCONNECT_TIME_T);
  gint64 total = get_time (dial->easy, CURLINFO_TOTAL_TIME_T);

  if (looked_up == 0)
    return;
  outcome->connecting += MAX ((connected > 0 ? connected : total) - looked_up, 0);
  if (shaken > 0)
    outcome->tls_handshaking += MAX (shaken - connected, 0);
  else if (connected > 0 && dial->step->lean->tls)
    outcome->tls_handshaking += MAX (total - connected, 0);
}

/* Without TLS the socket is all that we need: libcurl may close its own descriptor of it. */
static guint
take_socket (LfLeanDial *dial)
{
  LfLeanConnection *connection = dial->connection;
  curl_socket_t fd = CURL_SOCKET_BAD;
  int own;

  curl_easy_getinfo (dial->easy, CURLINFO_ACTIVESOCKET, &fd);
  if (fd == CURL_SOCKET_BAD)
    return LF_ERROR_CODE_TCP_RESET;
  if (dial->step->lean->tls)
    return _lf_lean_connection_open (connection, fd) ? 0 : LF_ERROR_CODE_TCP_NO_PORTS;
  own = fcntl (fd, F_DUPFD_CLOEXEC, 0);
  connection->dial = NULL;
  put_back (dial);
  if (own < 0)
    return LF_ERROR_CODE_TCP_NO_PORTS;
  return _lf_lean_connection_open (connection, own) ? 0 : LF_ERROR_CODE_TCP_NO_PORTS;
}

static void
settle_dial (LfLeanDial *dial, CURLcode result)
{
  LfLeanConnection *connection = dial->connection;
  guint error_code = _lf_curl_error_code (dial->easy, result, dial->words);

  _lf_lean_dial_note_times (dial, &connection->exchange->outcome);
  if (error_code == 0)
    error_code = take_socket (dial);
  else if (dial->no_socket)
    error_code = LF_ERROR_CODE_TCP_NO_PORTS;
  _lf_lean_exchange_connected (connection->exchange, error_code);
}

gboolean
_lf_lean_dialler_settle (LfLeanDialler *self)
{
  gboolean more = FALSE;
  gint64 now;

  for (guint i = 0; i < self->groups->len; i++)
    {
      Group *group = self->groups->pdata[i];
      CURLMsg *message;
      int left;

      if (!group->dirty)
        continue;
      group->dirty = FALSE;
      while ((message = curl_multi_info_read (group->multi, &left)) != NULL)
        {
          LfLeanDial *dial = NULL;
          CURLcode result = message->data.result;

          curl_easy_getinfo (message->easy_handle, CURLINFO_PRIVATE, (char **) &dial);
          settle_dial (dial, result);
        }
    }
  now = g_get_monotonic_time ();
  for (guint i = 0; i < self->groups->len && !more; i++)
    more = ((Group *) self->groups->pdata[i])->deadline <= now;
  return more;
}

/* EPROTO: the other side gave the TLS connection up with an alert, which only libcurl's words tell,
 * as where a client certificate is missing (TLS 1.3). */
static gssize
as_socket_call (const LfLeanDial *dial, CURLcode result, gsize n)
{
  if (result == CURLE_OK)
    return (gssize) n;
  if (result == CURLE_AGAIN)
    errno = EAGAIN;
  else
    errno = strstr (dial->words, " alert ") != NULL ? EPROTO : ECONNRESET;
  return -1;
}

gssize
_lf_lean_dial_send (LfLeanDial *dial, const void *data, gsize length)
{
  size_t n = 0;
  CURLcode result = curl_easy_send (dial->easy, data, length, &n);

  return as_socket_call (dial, result, n);
}

gssize
_lf_lean_dial_recv (LfLeanDial *dial, void *buffer, gsize length)
{
  size_t n = 0;
  CURLcode result = curl_easy_recv (dial->easy, buffer, length, &n);

  return as_socket_call (dial, result, n);
}
