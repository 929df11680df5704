#include "config.h"

#include "lf-load-private.h"

#include "lf-error.h"
#include "lf-load-log.h"
#include "lf-time.h"

#include <curl/curl.h>
#include <glib/gi18n.h>

/* So that all workers are there when the first second begins. */
#define LEAST_HEAD_START (10 * 1000)

enum
{
  SIGNAL_SAMPLE,
  SIGNAL_LOG,
  SIGNAL_FINISHED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LfLoad, lf_load, G_TYPE_OBJECT)

/* What travels to the main loop when a worker's thread has nothing left to do. */
typedef struct
{
  LfLoad *load;
} WorkerEnd;

GPtrArray *
_lf_load_new_lines (void)
{
  return g_ptr_array_new_with_free_func (lf_record_free);
}

void
_lf_load_emit_lines (LfLoad *self, GPtrArray *lines)
{
  if (lines->len > 0)
    g_signal_emit (self, signals[SIGNAL_LOG], 0, lines);
}

void
_lf_load_emit_samples (LfLoad *self, GPtrArray *samples)
{
  g_signal_emit (self, signals[SIGNAL_SAMPLE], 0, samples);
}

gint64
_lf_load_get_time (LfLoad *self)
{
  return MAX (g_get_monotonic_time () - self->start, 0);
}

/* All threads have returned: nothing races with what is read here. */
static void
finish (LfLoad *self)
{
  g_autoptr (GPtrArray) lines = _lf_load_new_lines ();

  _lf_load_stop_ticking (self);
  if (self->plan->keeper != NULL)
    lf_token_keeper_join (self->plan->keeper);
  _lf_load_tell_tokens (self, lines);
  g_thread_pool_free (g_steal_pointer (&self->pool), FALSE, TRUE);
  self->end = MAX (g_get_monotonic_time (), self->start + 1);
  self->ended_at = lf_time_now ();
  _lf_load_close_last (self, lines);
  _lf_load_summarise (self);
  _lf_load_log_end (self, lines);
  _lf_load_emit_lines (self, lines);
  g_signal_emit (self, signals[SIGNAL_FINISHED], 0);
}

static gboolean
worker_ended_cb (gpointer user_data)
{
  WorkerEnd *end = user_data;
  LfLoad *self = end->load;

  if (++self->n_ended == self->workers->len)
    finish (self);
  return G_SOURCE_REMOVE;
}

static void
worker_end_free (gpointer user_data)
{
  WorkerEnd *end = user_data;

  g_object_unref (end->load);
  g_free (end);
}

static void
work_cb (gpointer data, gpointer user_data)
{
  LfLoad *self = user_data;
  WorkerEnd *end = g_new0 (WorkerEnd, 1);
  g_autoptr (GMainContext) context = g_main_context_ref (self->context);
  g_autoptr (GSource) source = g_idle_source_new ();

  lf_worker_run (data);
  /* The reference that lf_load_start() took for this worker goes along. */
  end->load = self;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, worker_ended_cb, end, worker_end_free);
  g_source_attach (source, context);
}

static void
lf_load_finalize (GObject *object)
{
  LfLoad *self = LF_LOAD (object);

  _lf_load_stop_ticking (self);
  g_clear_pointer (&self->workers, g_ptr_array_unref);
  g_clear_pointer (&self->timeline, lf_timeline_free);
  g_clear_pointer (&self->summary, lf_summary_free);
  g_clear_pointer (&self->context, g_main_context_unref);
  lf_load_health_clear (&self->health);
  lf_steering_clear (&self->steering);
  g_clear_pointer (&self->search, lf_capacity_search_free);
  lf_plan_unref (self->plan);
  G_OBJECT_CLASS (lf_load_parent_class)->finalize (object);
}

static void
lf_load_class_init (LfLoadClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lf_load_finalize;
  signals[SIGNAL_SAMPLE] = g_signal_new ("sample", LF_TYPE_LOAD, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
  signals[SIGNAL_LOG] = g_signal_new ("log", LF_TYPE_LOAD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
  signals[SIGNAL_FINISHED] = g_signal_new ("finished", LF_TYPE_LOAD, G_SIGNAL_RUN_LAST, 0, NULL,
                                           NULL, NULL, G_TYPE_NONE, 0);
}

static void
lf_load_init (LfLoad *self)
{
}

LfLoad *
lf_load_new (LfPlan *plan)
{
  LfLoad *self = g_object_new (LF_TYPE_LOAD, NULL);

  self->plan = lf_plan_ref (plan);
  self->timeline = lf_timeline_new (plan->n_steps, plan->arrivals);
  self->workers = g_ptr_array_new_with_free_func ((GDestroyNotify) lf_worker_free);
  lf_steering_init (&self->steering, plan, self->workers);
  if (plan->spec->load_profile->executor == LF_EXECUTOR_CAPACITY_SEARCH)
    self->search = lf_capacity_search_new (plan->spec->load_profile);
  return self;
}

static void
prepare_curl (void)
{
  static gsize ready = 0;

  if (g_once_init_enter (&ready))
    {
      curl_global_init (CURL_GLOBAL_DEFAULT);
      g_once_init_leave (&ready, 1);
    }
}

static void
set_start (LfLoad *self, gint64 start)
{
  self->start = start;
  self->started_at = lf_time_now () + (start - g_get_monotonic_time ()) / 1000;
  lf_load_health_init (&self->health, self->plan->n_workers, start);
}

static void
begin (LfLoad *self)
{
  g_autoptr (GPtrArray) lines = _lf_load_new_lines ();

  set_start (self, MAX (self->begin, g_get_monotonic_time () + LEAST_HEAD_START));
  _lf_load_tell_tokens (self, lines);
  lf_load_log_start (lines, self->plan);
  for (guint i = 0; i < self->plan->n_workers; i++)
    g_ptr_array_add (self->workers,
                     lf_worker_new (self->plan, i, self->start, self->steering.first));
  for (guint i = 0; i < self->workers->len; i++)
    {
      g_object_ref (self); /* until worker_ended_cb() */
      g_thread_pool_push (self->pool, self->workers->pdata[i], NULL);
    }
  _lf_load_start_ticking (self);
  _lf_load_log_stage (self, self->start, lines);
  _lf_load_emit_lines (self, lines);
}

static void
tokens_ready_cb (gboolean ok, gpointer user_data)
{
  g_autoptr (LfLoad) self = user_data;

  if (ok && self->stop == LF_STOP_NONE)
    {
      begin (self);
      return;
    }
  set_start (self, g_get_monotonic_time ());
  finish (self);
}

/* The run begins when they are there, and never where one cannot be had: nothing would be tested.
 */
static void
fetch_tokens (LfLoad *self)
{
  g_autoptr (GPtrArray) lines = _lf_load_new_lines ();

  lf_load_log_add (lines, LF_LOG_INFO, LF_LOG_CLASS_LIFECYCLE, -1,
                   "Fetching what oauth2ClientCredentials needs before the first request");
  _lf_load_emit_lines (self, lines);
  lf_token_keeper_start (self->plan->keeper, self->context, tokens_ready_cb, g_object_ref (self));
}

gboolean
lf_load_start (LfLoad *self, GError **error)
{
  if (self->context != NULL)
    {
      g_set_error (error, LF_ERROR, LF_ERROR_STATE, _ ("this run was started before"));
      return FALSE;
    }
  prepare_curl ();
  self->pool = g_thread_pool_new (work_cb, self, (gint) self->plan->n_workers, TRUE, error);
  if (self->pool == NULL)
    return FALSE;
  self->context = g_main_context_ref_thread_default ();
  self->begin = g_get_monotonic_time () + self->plan->head_start;
  self->start = G_MAXINT64;
  self->stage = G_MAXUINT;
  if (self->plan->keeper != NULL)
    fetch_tokens (self);
  else
    begin (self);
  return TRUE;
}

gboolean
lf_load_is_running (LfLoad *self)
{
  return self->context != NULL && self->end == 0;
}

double
lf_load_get_elapsed (LfLoad *self)
{
  gint64 now = self->end > 0 ? self->end : g_get_monotonic_time ();

  if (self->context == NULL || self->start == G_MAXINT64)
    return 0;
  return MAX ((double) (now - self->start) / G_USEC_PER_SEC, 0);
}

gint64
lf_load_get_started_at (LfLoad *self)
{
  return self->started_at;
}

LfSummary *
lf_load_get_summary (LfLoad *self)
{
  return self->summary != NULL ? lf_summary_copy (self->summary) : NULL;
}
