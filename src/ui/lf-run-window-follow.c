#include "config.h"

#include "lf-run-window-private.h"
#include "lf-widget-private.h"

#define PACE_S 2

/* FALSE where nobody waits for the answer. What cannot be read now is read the next time. */
static gboolean
goes_on (LfRunWindow *self, const GError *error)
{
  if (_lf_widget_is_closed (self) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return FALSE;
  if (error != NULL)
    _lf_run_window_follow (self);
  return error == NULL;
}

void
_lf_run_window_take_logs (LfRunWindow *self, GPtrArray *lines)
{
  if (lines->len > 0)
    self->last_seq = ((const LfLogLine *) lines->pdata[lines->len - 1])->seq;
  lf_run_view_append_logs (self->view, lines);
}

static void
logs_cb (GObject *store, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfRunWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines = lf_store_list_logs_finish (LF_STORE (store), result, &error);

  if (!goes_on (self, error))
    return;
  _lf_run_window_take_logs (self, lines);
  _lf_run_window_update (self);
  _lf_run_window_follow (self);
}

static void
samples_cb (GObject *store, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfRunWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) samples = lf_store_query_samples_finish (LF_STORE (store), result, &error);

  if (!goes_on (self, error))
    return;
  for (guint i = 0; i < samples->len; i++)
    lf_samples_add (self->samples, samples->pdata[i]);
  lf_run_view_set_samples (self->view, self->samples);
  lf_store_list_logs_async (LF_STORE (store), self->run->id, self->last_seq, 0, self->loading,
                            logs_cb, g_object_ref (self));
}

static double
last_t (LfSamples *samples)
{
  g_autoptr (LfSample) sample = lf_sample_new ();
  guint n = lf_samples_get_n (samples);

  if (n == 0)
    return -1;
  lf_samples_read (samples, n - 1, sample);
  return sample->t;
}

/* The record comes first: once it has an end, all else is there. */
static void
run_cb (GObject *store, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfRunWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LfRun) run = lf_store_load_run_finish (LF_STORE (store), result, &error);
  LfSampleQuery query = { .step = LF_SAMPLES_OF_ALL };

  if (!goes_on (self, error))
    return;
  lf_run_free (self->run);
  self->run = g_steal_pointer (&run);
  query.after = last_t (self->samples);
  lf_store_query_samples_async (LF_STORE (store), self->run->id, &query, self->loading, samples_cb,
                                g_object_ref (self));
}

static gboolean
look_cb (gpointer user_data)
{
  LfRunWindow *self = user_data;

  self->look_id = 0;
  lf_store_load_run_async (lf_workspace_get_store (self->workspace), self->run->id, self->loading,
                           run_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

void
_lf_run_window_follow (LfRunWindow *self)
{
  if (self->look_id == 0 && lf_run_is_active (self->run))
    self->look_id = g_timeout_add_seconds (PACE_S, look_cb, self);
}
