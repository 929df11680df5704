#include "config.h"

#include "lf-run-feed.h"

/* Samples of the past that are copied before this thread goes on with what else it has to do. */
#define BITE 100

struct _LfRunFeed
{
  GListModel *active;
  GPtrArray *watches; /* of Watch */
  GMainContext *context;
  LfFeedFunc func;
  gpointer user_data;
};

/* One run that is listened to. What it had when that began is told bit by bit, and what comes
 * meanwhile after that, as each is behind the other in the run's list of samples. */
typedef struct
{
  LfRunFeed *feed;
  LfActiveRun *run;
  guint past;      /* samples that were there when it began */
  guint sent;      /* samples */
  GSource *behind; /* NULL: all are */
  gboolean ended;
} Watch;

typedef struct
{
  LfFeedEvent event;
  LfFeedFunc func;
  gpointer user_data;
} Parcel;

static void
parcel_free (gpointer data)
{
  Parcel *parcel = data;

  g_free (parcel->event.run_id);
  g_clear_pointer (&parcel->event.run, lf_run_free);
  g_clear_pointer (&parcel->event.progress, lf_run_progress_free);
  g_clear_pointer (&parcel->event.records, g_ptr_array_unref);
  g_free (parcel);
}

static gboolean
deliver_cb (gpointer data)
{
  Parcel *parcel = data;

  parcel->func (&parcel->event, parcel->user_data);
  return G_SOURCE_REMOVE;
}

static Parcel *
parcel_new (LfRunFeed *self, LfFeedKind kind, LfActiveRun *run)
{
  Parcel *parcel = g_new0 (Parcel, 1);

  parcel->event.kind = kind;
  parcel->event.run_id = g_strdup (lf_active_run_get_run (run)->id);
  parcel->func = self->func;
  parcel->user_data = self->user_data;
  return parcel;
}

/* At one priority, so that they come in their order. */
static void
send (LfRunFeed *self, Parcel *parcel)
{
  g_main_context_invoke_full (self->context, G_PRIORITY_DEFAULT, deliver_cb, parcel, parcel_free);
}

static void
send_run (LfRunFeed *self, LfFeedKind kind, LfActiveRun *run)
{
  Parcel *parcel = parcel_new (self, kind, run);

  parcel->event.run = lf_run_copy (lf_active_run_get_run (run));
  send (self, parcel);
}

/* Takes @records. */
static void
send_records (Watch *self, LfFeedKind kind, GPtrArray *records)
{
  Parcel *parcel = parcel_new (self->feed, kind, self->run);

  parcel->event.records = records;
  parcel->event.past = kind == LF_FEED_SAMPLES && self->sent <= self->past;
  if (kind == LF_FEED_SAMPLES)
    parcel->event.progress = lf_run_progress_copy (lf_active_run_get_run (self->run)->progress);
  send (self->feed, parcel);
}

static void
status_cb (LfActiveRun *run, GParamSpec *pspec, gpointer user_data)
{
  Watch *self = user_data;

  send_run (self->feed, LF_FEED_STATE, run);
}

static void
sample_cb (LfActiveRun *run, GPtrArray *samples, gpointer user_data)
{
  Watch *self = user_data;

  if (self->behind != NULL)
    return;
  self->sent += samples->len;
  send_records (self, LF_FEED_SAMPLES, lf_record_copy_all (samples));
}

static void
log_cb (LfActiveRun *run, GPtrArray *lines, gpointer user_data)
{
  send_records (user_data, LF_FEED_LINES, lf_record_copy_all (lines));
}

static void
end (Watch *self)
{
  send_run (self->feed, LF_FEED_END, self->run);
  g_ptr_array_remove (self->feed->watches, self);
}

static void
ended_cb (LfActiveRun *run, gpointer user_data)
{
  Watch *self = user_data;

  self->ended = TRUE;
  if (self->behind == NULL)
    end (self);
}

static void
clear_behind (Watch *self)
{
  if (self->behind == NULL)
    return;
  g_source_destroy (self->behind);
  g_clear_pointer (&self->behind, g_source_unref);
}

static void
watch_free (gpointer data)
{
  Watch *self = data;

  clear_behind (self);
  g_signal_handlers_disconnect_by_data (self->run, self);
  g_object_unref (self->run);
  g_free (self);
}

static guint
count_samples (const Watch *self)
{
  return lf_samples_get_n (lf_active_run_get_samples (self->run));
}

/* The next of those that are behind, in whole seconds. */
static GPtrArray *
take_bite (Watch *self)
{
  LfSamples *samples = lf_active_run_get_samples (self->run);
  guint n = self->sent < self->past ? self->past : count_samples (self);
  guint first = self->sent;
  guint until = MIN (first + BITE, n);

  while (until < n && lf_samples_get_step (samples, until) >= 0)
    until++;
  self->sent = until;
  return lf_samples_get_range (samples, first, until);
}

static gboolean
catch_up_cb (gpointer user_data)
{
  Watch *self = user_data;

  send_records (self, LF_FEED_SAMPLES, take_bite (self));
  if (self->sent < count_samples (self))
    return G_SOURCE_CONTINUE;
  g_clear_pointer (&self->behind, g_source_unref);
  if (self->ended)
    end (self);
  return G_SOURCE_REMOVE;
}

static void
watch (LfRunFeed *feed, LfActiveRun *run)
{
  Watch *self = g_new0 (Watch, 1);

  self->feed = feed;
  self->run = g_object_ref (run);
  g_signal_connect (run, "notify::status", G_CALLBACK (status_cb), self);
  g_signal_connect (run, "sample", G_CALLBACK (sample_cb), self);
  g_signal_connect (run, "log", G_CALLBACK (log_cb), self);
  g_signal_connect (run, "ended", G_CALLBACK (ended_cb), self);
  g_ptr_array_add (feed->watches, self);
  send_run (feed, LF_FEED_STATE, run);
  send_records (self, LF_FEED_LINES, lf_record_copy_all (lf_active_run_get_logs (run)));
  self->past = count_samples (self);
  if (self->past == 0)
    return;
  self->behind = g_idle_source_new ();
  g_source_set_callback (self->behind, catch_up_cb, self, NULL);
  g_source_attach (self->behind, g_main_context_get_thread_default ());
}

static void
items_changed_cb (GListModel *active,
                  guint position,
                  guint removed,
                  guint added,
                  gpointer user_data)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (LfActiveRun) run = g_list_model_get_item (active, i);

      watch (user_data, run);
    }
}

LfRunFeed *
lf_run_feed_new (LfRunManager *runs, GMainContext *context, LfFeedFunc func, gpointer user_data)
{
  LfRunFeed *self = g_new0 (LfRunFeed, 1);

  self->active = g_object_ref (lf_run_manager_get_active (runs));
  self->watches = g_ptr_array_new_with_free_func (watch_free);
  self->context = g_main_context_ref (context);
  self->func = func;
  self->user_data = user_data;
  g_signal_connect (self->active, "items-changed", G_CALLBACK (items_changed_cb), self);
  items_changed_cb (self->active, 0, 0, g_list_model_get_n_items (self->active), self);
  return self;
}

void
lf_run_feed_free (LfRunFeed *self)
{
  g_signal_handlers_disconnect_by_data (self->active, self);
  g_ptr_array_unref (self->watches);
  g_object_unref (self->active);
  g_main_context_unref (self->context);
  g_free (self);
}
