#include "config.h"

#include "lf-curl-transport-private.h"
#include "lf-error-code.h"
#include "lf-lean-private.h"
#include "lf-multi-groups.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#define LEAST_BUFFER 1024L /* that libcurl takes */

struct _LfLeanDial
{
  LfMultiGroup *group;
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
  LfMultiGroups groups;
  GPtrArray *spare; /* of LfLeanDial, in no group */
};

static int
socket_cb (CURL *easy, curl_socket_t fd, int what, void *user_data, void *socket_data)
{
  LfMultiGroup *group = user_data;
  int epoll = ((LfLeanDialler *) group->owner)->transport->epoll;
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

LfLeanDialler *
_lf_lean_dialler_new (LfLeanTransport *transport)
{
  LfLeanDialler *self = g_new0 (LfLeanDialler, 1);

  self->transport = transport;
  self->share = curl_share_init ();
  curl_share_setopt (self->share, CURLSHOPT_SHARE, CURL_LOCK_DATA_DNS);
  lf_multi_groups_init (&self->groups, sizeof (LfMultiGroup), socket_cb, self);
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
  lf_multi_groups_clear (&self->groups);
  curl_share_cleanup (self->share);
  g_free (self);
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
  curl_easy_setopt (easy, CURLOPT_QUICK_EXIT, 1L); /* no waiting for a name that nobody resolves */
  curl_easy_setopt (easy, CURLOPT_PRIVATE, dial);
  curl_easy_setopt (easy, CURLOPT_SHARE, ((LfLeanDialler *) dial->group->owner)->share);
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

  dial->group = lf_multi_groups_choose (&self->groups);
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
  LfMultiGroup *group = dial->group;

  curl_multi_remove_handle (group->multi, dial->easy);
  group->n_members--;
  dial->group = NULL;
  dial->connection = NULL;
  g_ptr_array_add (((LfLeanDialler *) group->owner)->spare, dial);
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
  return lf_multi_groups_get_deadline (&self->groups);
}

void
_lf_lean_dialler_expire (LfLeanDialler *self, gint64 now)
{
  lf_multi_groups_expire (&self->groups, now);
}

void
_lf_lean_dialler_ready (LfLeanDialler *self, guint64 tag, guint32 events)
{
  guint index = (guint) ((tag & ~(_LF_LEAN_TAG | _LF_LEAN_DIAL_TAG)) >> 32);

  lf_multi_group_act (lf_multi_groups_get (&self->groups, index), (int) (guint32) tag, events);
}

static gint64
get_time (CURL *easy, CURLINFO info)
{
  curl_off_t us = 0;

  curl_easy_getinfo (easy, info, &us);
  return us;
}

guint
_lf_lean_dial_get_timeout_code (const LfLeanDial *dial)
{
  return _lf_curl_error_code (dial->easy, CURLE_OPERATION_TIMEDOUT, dial->words);
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

static void
settle_group (LfMultiGroup *group)
{
  CURLcode result;
  CURL *easy;

  while ((easy = lf_multi_group_take_ended (group, &result)) != NULL)
    {
      LfLeanDial *dial = NULL;

      curl_easy_getinfo (easy, CURLINFO_PRIVATE, (char **) &dial);
      settle_dial (dial, result);
    }
}

gboolean
_lf_lean_dialler_settle (LfLeanDialler *self)
{
  for (guint i = 0; i < self->groups.all->len; i++)
    {
      LfMultiGroup *group = lf_multi_groups_get (&self->groups, i);

      if (!group->dirty)
        continue;
      group->dirty = FALSE;
      settle_group (group);
    }
  return lf_multi_groups_is_due (&self->groups);
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
