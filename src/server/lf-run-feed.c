#include "config.h"

#include "lf-run-feed.h"

struct _LfRunFeed
{
  GListModel *active;
  GPtrArray *runs; /* of LfActiveRun, those that are listened to */
  GMainContext *context;
  LfFeedFunc func;
  gpointer user_data;
};

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

static void
send_records (LfRunFeed *self, LfFeedKind kind, LfActiveRun *run, GPtrArray *records)
{
  Parcel *parcel = parcel_new (self, kind, run);

  parcel->event.records = g_ptr_array_new_with_free_func (lf_record_free);
  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (parcel->event.records, lf_record_copy (records->pdata[i]));
  if (kind == LF_FEED_SAMPLES)
    parcel->event.progress = lf_run_progress_copy (lf_active_run_get_run (run)->progress);
  send (self, parcel);
}

static void
status_cb (LfActiveRun *run, GParamSpec *pspec, gpointer user_data)
{
  send_run (user_data, LF_FEED_STATE, run);
}

static void
sample_cb (LfActiveRun *run, GPtrArray *samples, gpointer user_data)
{
  send_records (user_data, LF_FEED_SAMPLES, run, samples);
}

static void
log_cb (LfActiveRun *run, GPtrArray *lines, gpointer user_data)
{
  send_records (user_data, LF_FEED_LINES, run, lines);
}

static void
ended_cb (LfActiveRun *run, gpointer user_data)
{
  LfRunFeed *self = user_data;

  send_run (self, LF_FEED_END, run);
  g_signal_handlers_disconnect_by_data (run, self);
  g_ptr_array_remove (self->runs, run);
}

static void
watch (LfRunFeed *self, LfActiveRun *run)
{
  LfSamples *past = lf_active_run_get_samples (run);
  g_autoptr (GPtrArray) samples = lf_samples_get_range (past, 0, lf_samples_get_n (past));

  g_signal_connect (run, "notify::status", G_CALLBACK (status_cb), self);
  g_signal_connect (run, "sample", G_CALLBACK (sample_cb), self);
  g_signal_connect (run, "log", G_CALLBACK (log_cb), self);
  g_signal_connect (run, "ended", G_CALLBACK (ended_cb), self);
  g_ptr_array_add (self->runs, g_object_ref (run));
  send_run (self, LF_FEED_STATE, run);
  send_records (self, LF_FEED_SAMPLES, run, samples);
  send_records (self, LF_FEED_LINES, run, lf_active_run_get_logs (run));
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
  self->runs = g_ptr_array_new_with_free_func (g_object_unref);
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
  for (guint i = 0; i < self->runs->len; i++)
    g_signal_handlers_disconnect_by_data (self->runs->pdata[i], self);
  g_ptr_array_unref (self->runs);
  g_object_unref (self->active);
  g_main_context_unref (self->context);
  g_free (self);
}
