#include "config.h"

#include "lf-trial.h"

#include "lf-curl-transport-private.h"
#include "lf-error.h"
#include "lf-log-line.h"

#include <glib/gi18n.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

/* How often it is looked whether somebody has cancelled, in ms. */
#define PATIENCE 50

typedef struct
{
  LfSpec *spec; /* with the one step switched on */
  GHashTable *attachments;
  GCancellable *cancellable;
  LfPlan *plan;
  int epoll;
  const LfTransportClass *class;
  LfTransport *transport;
  LfExchange *exchange;
  GString *request; /* heads */
  GString *answer;
  GByteArray *body;
  LfTrial *trial; /* what it is filled into */
  gboolean ready; /* all tokens are there, or will not be */
  gboolean tokens;
  gboolean ended;
} Sender;

static void
sender_free (Sender *self)
{
  if (self->exchange != NULL)
    self->class->leave (self->exchange);
  if (self->transport != NULL)
    self->class->close (self->transport);
  if (self->epoll >= 0)
    close (self->epoll);
  g_clear_pointer (&self->plan, lf_plan_unref);
  g_clear_pointer (&self->trial, lf_trial_free);
  g_clear_object (&self->cancellable);
  g_hash_table_unref (self->attachments);
  lf_spec_free (self->spec);
  g_string_free (self->request, TRUE);
  g_string_free (self->answer, TRUE);
  g_byte_array_unref (self->body);
  g_free (self);
}

static gboolean
begins_answer (const char *data, gsize size)
{
  return size >= 5 && memcmp (data, "HTTP/", 5) == 0;
}

/* Only what came last is kept: what a person asks about is where the redirects led to. */
static int
debug_cb (CURL *easy, curl_infotype type, char *data, size_t size, void *user_data)
{
  Sender *self = user_data;

  if (type == CURLINFO_HEADER_OUT)
    {
      g_string_truncate (self->request, 0);
      g_string_append_len (self->request, data, (gssize) size);
    }
  if (type == CURLINFO_HEADER_IN)
    {
      if (begins_answer (data, size))
        g_string_truncate (self->answer, 0);
      g_string_append_len (self->answer, data, (gssize) size);
    }
  return 0;
}

static size_t
write_cb (char *data, size_t size, size_t n, void *user_data)
{
  Sender *self = user_data;
  gsize length = size * n;
  gsize room = LF_TRIAL_MAX_BODY - self->body->len;

  _lf_curl_count_received (self->exchange, length);
  self->trial->body_size += length;
  g_byte_array_append (self->body, (const guint8 *) data, (guint) MIN (length, room));
  return length;
}

static const char *
version_words (CURL *easy)
{
  long version = 0;

  curl_easy_getinfo (easy, CURLINFO_HTTP_VERSION, &version);
  switch (version)
    {
    case CURL_HTTP_VERSION_1_0:
      return "HTTP/1.0";
    case CURL_HTTP_VERSION_1_1:
      return "HTTP/1.1";
    case CURL_HTTP_VERSION_2_0:
      return "HTTP/2";
    case CURL_HTTP_VERSION_3:
      return "HTTP/3";
    default:
      return NULL;
    }
}

static char *
address_words (CURL *easy)
{
  char *ip = NULL;
  long port = 0;

  curl_easy_getinfo (easy, CURLINFO_PRIMARY_IP, &ip);
  curl_easy_getinfo (easy, CURLINFO_PRIMARY_PORT, &port);
  if (ip == NULL || *ip == '\0')
    return NULL;
  return strchr (ip, ':') != NULL ? g_strdup_printf ("[%s]:%ld", ip, port)
                                  : g_strdup_printf ("%s:%ld", ip, port);
}

static void
take_times (LfTrial *trial, const LfOutcome *outcome)
{
  trial->total = outcome->total;
  trial->blocked = outcome->blocked;
  trial->connecting = outcome->connecting;
  trial->tls_handshaking = outcome->tls_handshaking;
  trial->sending = outcome->sending;
  trial->waiting = outcome->waiting;
  trial->receiving = outcome->receiving;
}

static void
done_cb (gpointer user, const LfOutcome *outcome)
{
  Sender *self = user;
  LfTrial *trial = self->trial;
  CURL *easy = self->exchange->easy;
  long redirects = 0;

  curl_easy_getinfo (easy, CURLINFO_REDIRECT_COUNT, &redirects);
  trial->redirects = (guint) redirects;
  trial->status = outcome->status;
  trial->error_code = outcome->error_code;
  trial->http_version = g_strdup (version_words (easy));
  trial->address = address_words (easy);
  take_times (trial, outcome);
  self->ended = TRUE;
}

static void
tokens_cb (gboolean ok, gpointer user_data)
{
  Sender *self = user_data;

  self->tokens = ok;
  self->ready = TRUE;
}

static void
set_token_error (Sender *self, GError **error)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (lf_record_free);

  lf_token_keeper_tell (self->plan->keeper, lines);
  g_set_error_literal (error, LF_ERROR, LF_ERROR_STATE,
                       lines->len > 0 ? ((const LfLogLine *) lines->pdata[lines->len - 1])->message
                                      : _ ("There is no token to be had"));
}

static gboolean
fetch_tokens (Sender *self, GError **error)
{
  g_autoptr (GMainContext) context = NULL;
  gboolean cancelled = FALSE;

  if (self->plan->keeper == NULL)
    return TRUE;
  context = g_main_context_new ();
  lf_token_keeper_start (self->plan->keeper, context, tokens_cb, self);
  while (!self->ready)
    {
      if (!cancelled && g_cancellable_is_cancelled (self->cancellable))
        {
          cancelled = TRUE;
          lf_token_keeper_stop (self->plan->keeper);
        }
      if (!g_main_context_iteration (context, FALSE))
        g_usleep (PATIENCE * 1000);
    }
  if (self->tokens || g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return self->tokens;
  set_token_error (self, error);
  return FALSE;
}

static void
open_exchange (Sender *self)
{
  CURL *easy;

  self->class = lf_curl_transport_get_class ();
  self->epoll = epoll_create1 (EPOLL_CLOEXEC);
  self->transport = self->class->open (self->plan, self->epoll, done_cb);
  self->exchange = self->class->join (self->transport, self);
  _lf_curl_prepare (self->exchange, 0);
  easy = self->exchange->easy;
  curl_easy_setopt (easy, CURLOPT_WRITEFUNCTION, write_cb);
  curl_easy_setopt (easy, CURLOPT_WRITEDATA, self);
  curl_easy_setopt (easy, CURLOPT_DEBUGFUNCTION, debug_cb);
  curl_easy_setopt (easy, CURLOPT_DEBUGDATA, self);
  curl_easy_setopt (easy, CURLOPT_VERBOSE, 1L);
}

/* What a worker does in its loop, for one user and one request. */
static gboolean
exchange_once (Sender *self, GError **error)
{
  struct epoll_event events[16];

  self->class->start (self->exchange, 0, g_get_monotonic_time ());
  while (!self->ended)
    {
      gint64 now = g_get_monotonic_time ();
      gint64 left = (self->class->get_deadline (self->transport) - now) / 1000 + 1;
      int n =
          epoll_wait (self->epoll, events, G_N_ELEMENTS (events), (int) CLAMP (left, 0, PATIENCE));

      for (int i = 0; i < n; i++)
        self->class->ready (self->transport, events[i].data.u64, events[i].events);
      self->class->expire (self->transport, g_get_monotonic_time ());
      self->class->settle (self->transport);
      if (!self->ended && g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
compile (Sender *self, GError **error)
{
  const LfPlanOptions options = { .workers = 1, .n_agents = 1 };

  self->plan = lf_plan_new (self->spec, self->attachments, &options, error);
  return self->plan != NULL;
}

static LfTrial *
steal_trial (Sender *self)
{
  LfTrial *trial = g_steal_pointer (&self->trial);

  trial->request = g_strndup (self->request->str, self->request->len);
  trial->answer = g_strndup (self->answer->str, self->answer->len);
  trial->body = g_bytes_new (self->body->data, self->body->len);
  return trial;
}

static void
send_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Sender *self = task_data;
  GError *error = NULL;

  if (compile (self, &error) && fetch_tokens (self, &error))
    {
      open_exchange (self);
      if (exchange_once (self, &error))
        {
          g_task_return_pointer (task, steal_trial (self), (GDestroyNotify) lf_trial_free);
          return;
        }
    }
  g_task_return_error (task, error);
}

/* The one step, with a load that any machine can bear; whatever else the spec asks for is not asked
 * now. */
static LfSpec *
single_out (const LfSpec *spec, guint step)
{
  LfSpec *copy = lf_spec_copy (spec);
  LfLoadProfile *profile = lf_load_profile_new ();

  for (guint i = 0; i < lf_spec_get_n_steps (copy); i++)
    lf_spec_get_step (copy, i)->enabled = i == step;
  profile->executor = LF_EXECUTOR_CONSTANT_VUS;
  profile->vus = 1;
  profile->duration = 1;
  g_clear_pointer (&copy->load_profile, lf_load_profile_free);
  copy->load_profile = profile;
  copy->warmup = 0;
  return copy;
}

void
lf_trial_send_async (const LfSpec *spec,
                     guint step,
                     GHashTable *attachments,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Sender *sender = g_new0 (Sender, 1);

  g_task_set_source_tag (task, lf_trial_send_async);
  sender->spec = single_out (spec, step);
  sender->attachments = g_hash_table_ref (attachments);
  g_set_object (&sender->cancellable, cancellable);
  sender->epoll = -1;
  sender->request = g_string_new (NULL);
  sender->answer = g_string_new (NULL);
  sender->body = g_byte_array_new ();
  sender->trial = g_new0 (LfTrial, 1);
  g_task_set_task_data (task, sender, (GDestroyNotify) sender_free);
  g_task_run_in_thread (task, send_thread);
}

LfTrial *
lf_trial_send_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
lf_trial_free (LfTrial *self)
{
  g_free (self->http_version);
  g_free (self->address);
  g_free (self->request);
  g_free (self->answer);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}
