#include "config.h"

#include "lf-token-keeper.h"

#include "lf-load-log.h"

#include <stdatomic.h>

struct _LfTokenKeeper
{
  CURLM *multi;
  GPtrArray *tokens;
  GThread *thread;
  GMainContext *context;
  LfTokenKeeperReady ready;
  gpointer user_data;
  gboolean ok;
  _Atomic gboolean stopped;
  GMutex lock;
  GPtrArray *lines; /* under the lock */
};

LfTokenKeeper *
lf_token_keeper_new (void)
{
  LfTokenKeeper *self = g_new0 (LfTokenKeeper, 1);

  self->multi = curl_multi_init ();
  self->tokens = g_ptr_array_new_with_free_func ((GDestroyNotify) lf_token_free);
  self->lines = g_ptr_array_new_with_free_func (lf_record_free);
  g_mutex_init (&self->lock);
  return self;
}

void
lf_token_keeper_free (LfTokenKeeper *self)
{
  lf_token_keeper_join (self);
  g_ptr_array_unref (self->tokens);
  g_ptr_array_unref (self->lines);
  curl_multi_cleanup (self->multi);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_mutex_clear (&self->lock);
  g_free (self);
}

LfToken *
lf_token_keeper_add (LfTokenKeeper *self,
                     const LfAuth *auth,
                     const LfHttpOptions *http,
                     struct curl_slist *resolve)
{
  for (guint i = 0; i < self->tokens->len; i++)
    if (lf_token_is_for (self->tokens->pdata[i], auth))
      return self->tokens->pdata[i];
  g_ptr_array_add (self->tokens, lf_token_new (self->multi, auth, http, resolve));
  return self->tokens->pdata[self->tokens->len - 1];
}

static gboolean
is_stopped (LfTokenKeeper *self)
{
  return atomic_load (&self->stopped);
}

/* CURLE_ABORTED_BY_CALLBACK where it was broken off. */
static CURLcode
perform (LfTokenKeeper *self, CURL *easy)
{
  CURLcode result = CURLE_ABORTED_BY_CALLBACK;
  int running = 1, left;
  CURLMsg *message;

  curl_multi_add_handle (self->multi, easy);
  while (curl_multi_perform (self->multi, &running) == CURLM_OK && running > 0 &&
         !is_stopped (self))
    curl_multi_poll (self->multi, NULL, 0, 1000, NULL);
  while ((message = curl_multi_info_read (self->multi, &left)) != NULL)
    result = message->data.result;
  curl_multi_remove_handle (self->multi, easy);
  return result;
}

static void
tell (LfTokenKeeper *self, gboolean ok, const char *words)
{
  g_mutex_lock (&self->lock);
  lf_load_log_add (self->lines, ok ? LF_LOG_INFO : LF_LOG_ERROR, LF_LOG_CLASS_HTTP, -1, "%s",
                   words);
  g_mutex_unlock (&self->lock);
}

static gboolean
fetch (LfTokenKeeper *self, LfToken *token)
{
  for (;;)
    {
      CURLcode result = perform (self, lf_token_begin (token));
      g_autofree char *words = NULL;
      gboolean ok = lf_token_end (token, result, &words);

      if (is_stopped (self))
        return FALSE;
      if (!ok && lf_token_may_retry (token))
        continue;
      tell (self, ok, words);
      return ok;
    }
}

static gboolean
ready_cb (gpointer user_data)
{
  LfTokenKeeper *self = user_data;

  self->ready (self->ok, self->user_data);
  return G_SOURCE_REMOVE;
}

static void
fetch_all (LfTokenKeeper *self)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  self->ok = TRUE;
  for (guint i = 0; i < self->tokens->len && self->ok; i++)
    self->ok = fetch (self, self->tokens->pdata[i]);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, ready_cb, self, NULL);
  g_source_attach (source, self->context);
}

/* Until the next one is due, a target refuses one, or the run ends. */
static void
wait_for_due (LfTokenKeeper *self)
{
  gint64 due = G_MAXINT64, left;

  for (guint i = 0; i < self->tokens->len; i++)
    due = MIN (due, lf_token_get_due (self->tokens->pdata[i]));
  left = due == G_MAXINT64 ? G_MAXINT : (due - g_get_monotonic_time () + 999) / 1000;
  if (left > 0)
    curl_multi_poll (self->multi, NULL, 0, (int) MIN (left, G_MAXINT), NULL);
}

static gpointer
keep (gpointer user_data)
{
  LfTokenKeeper *self = user_data;

  fetch_all (self);
  while (self->ok && !is_stopped (self))
    {
      wait_for_due (self);
      for (guint i = 0; i < self->tokens->len && !is_stopped (self); i++)
        if (lf_token_get_due (self->tokens->pdata[i]) <= g_get_monotonic_time ())
          fetch (self, self->tokens->pdata[i]);
    }
  return NULL;
}

void
lf_token_keeper_start (LfTokenKeeper *self,
                       GMainContext *context,
                       LfTokenKeeperReady ready,
                       gpointer user_data)
{
  self->context = g_main_context_ref (context);
  self->ready = ready;
  self->user_data = user_data;
  self->thread = g_thread_new ("lf-tokens", keep, self);
}

void
lf_token_keeper_stop (LfTokenKeeper *self)
{
  atomic_store (&self->stopped, TRUE);
  curl_multi_wakeup (self->multi);
}

void
lf_token_keeper_join (LfTokenKeeper *self)
{
  lf_token_keeper_stop (self);
  if (self->thread != NULL)
    g_thread_join (g_steal_pointer (&self->thread));
}

void
lf_token_keeper_tell (LfTokenKeeper *self, GPtrArray *lines)
{
  g_mutex_lock (&self->lock);
  g_ptr_array_extend_and_steal (lines, self->lines);
  self->lines = g_ptr_array_new_with_free_func (lf_record_free);
  g_mutex_unlock (&self->lock);
}
