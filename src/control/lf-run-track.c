#include "config.h"

#include "lf-run-track-private.h"

#include "lf-error.h"
#include "lf-run-state.h"
#include "lf-sample.h"
#include "lf-time.h"

enum
{
  SIGNAL_ANSWERED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LfRunTrack, lf_run_track, G_TYPE_OBJECT)

static void
start_over (LfRunTrack *self)
{
  self->known = FALSE;
  self->n_samples = self->n_early = self->first = 0;
  self->last_line = 0;
}

/* Takes @error; answers whether the write worked, and counts where somebody still listens. */
gboolean
_lf_run_track_take_answer (LfRunTrack *self, GError *error)
{
  self->asked = 0;
  g_clear_error (&self->error);
  self->error = error;
  if (g_error_matches (error, LF_ERROR, LF_ERROR_NOT_FOUND))
    start_over (self);
  return error == NULL && self->run != NULL;
}

void
_lf_run_track_go_on (LfRunTrack *self)
{
  if (self->run == NULL)
    return;
  if (self->error == NULL)
    _lf_run_track_write_next (self); /* else the next step tries again, without a hurry */
  g_signal_emit (self, signals[SIGNAL_ANSWERED], 0);
}

static void
samples_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfRunTrack) self = user_data;
  GError *error = NULL;

  lf_store_append_samples_finish (LF_STORE (source), result, &error);
  if (_lf_run_track_take_answer (self, error))
    *self->written = (guint) self->reaches;
  _lf_run_track_go_on (self);
}

static void
run_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfRunTrack) self = user_data;
  GError *error = NULL;

  lf_store_save_run_finish (LF_STORE (source), result, &error);
  if (_lf_run_track_take_answer (self, error))
    self->known = TRUE;
  else
    self->run_due = TRUE;
  _lf_run_track_go_on (self);
}

static void
last_run_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfRunTrack) self = user_data;
  GError *error = NULL;

  lf_store_save_run_finish (LF_STORE (source), result, &error);
  self->ended = _lf_run_track_take_answer (self, error);
  _lf_run_track_go_on (self);
}

void
_lf_run_track_begin_write (LfRunTrack *self)
{
  self->asked = g_get_monotonic_time ();
}

static void
write_run (LfRunTrack *self)
{
  g_autoptr (LfRun) open = NULL;

  _lf_run_track_begin_write (self);
  self->run_due = FALSE;
  self->run_written = self->asked;
  if (self->ending)
    open = lf_run_state_reopen (self->run);
  else if (self->run->owner != NULL)
    self->run->owner->heartbeat = lf_time_now ();
  lf_store_save_run_async (self->store, open != NULL ? open : self->run, NULL, run_written_cb,
                           g_object_ref (self));
}

static void
write_last_run (LfRunTrack *self)
{
  _lf_run_track_begin_write (self);
  lf_store_save_run_async (self->store, self->run, NULL, last_run_written_cb, g_object_ref (self));
}

/* The next of those between *@written and @end. */
static void
write_samples (LfRunTrack *self, guint *written, guint end)
{
  g_autoptr (GPtrArray) batch = NULL;

  end = MIN (*written + LF_RUN_TRACK_BATCH, end);
  batch = lf_samples_get_range (self->samples, *written, end);
  _lf_run_track_begin_write (self);
  self->written = written;
  self->reaches = end;
  lf_store_append_samples_async (self->store, self->run->id, batch, NULL, samples_written_cb,
                                 g_object_ref (self));
}

/* The record comes first, so that samples never stand there without their run. */
void
_lf_run_track_write_next (LfRunTrack *self)
{
  if (self->run == NULL || self->asked != 0 || self->ended)
    return;
  if (!self->known || (self->run_due && !self->ending))
    write_run (self);
  else if (self->n_samples < lf_samples_get_n (self->samples))
    write_samples (self, &self->n_samples, lf_samples_get_n (self->samples));
  else if (_lf_run_track_has_new_lines (self))
    _lf_run_track_write_lines (self);
  else if (self->ending && self->n_early < self->first)
    write_samples (self, &self->n_early, self->first);
  else if (self->ending)
    write_last_run (self);
}

static void
lf_run_track_finalize (GObject *object)
{
  LfRunTrack *self = LF_RUN_TRACK (object);

  g_clear_object (&self->store);
  g_clear_object (&self->archive);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (lf_run_track_parent_class)->finalize (object);
}

static void
lf_run_track_class_init (LfRunTrackClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lf_run_track_finalize;
  signals[SIGNAL_ANSWERED] = g_signal_new ("answered", LF_TYPE_RUN_TRACK, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lf_run_track_init (LfRunTrack *self)
{
}

LfRunTrack *
lf_run_track_new (LfStore *store, LfRun *run, LfSamples *samples, GPtrArray *lines)
{
  LfRunTrack *self = g_object_new (LF_TYPE_RUN_TRACK, NULL);

  self->store = g_object_ref (store);
  self->run = run;
  self->samples = samples;
  self->lines = lines;
  return self;
}

void
lf_run_track_set_archive (LfRunTrack *self, LfStore *archive)
{
  g_set_object (&self->archive, archive);
}

void
lf_run_track_begin_at (LfRunTrack *self, guint first)
{
  self->first = self->n_samples = first;
}

void
lf_run_track_step (LfRunTrack *self)
{
  if (g_get_monotonic_time () - self->run_written >= LF_RUN_TRACK_HEARTBEAT * 1000)
    self->run_due = TRUE;
  _lf_run_track_write_next (self);
}

void
lf_run_track_end (LfRunTrack *self)
{
  self->ending = TRUE;
  _lf_run_track_write_next (self);
}

void
lf_run_track_stop (LfRunTrack *self)
{
  self->run = NULL;
  self->samples = NULL;
  self->lines = NULL;
}

gboolean
lf_run_track_has_ended (LfRunTrack *self)
{
  return self->ended;
}

const GError *
lf_run_track_get_error (LfRunTrack *self)
{
  return self->error;
}

gint64
lf_run_track_get_delay (LfRunTrack *self)
{
  return self->asked != 0 ? (g_get_monotonic_time () - self->asked) / 1000 : 0;
}

gboolean
lf_run_track_has_lost_lines (LfRunTrack *self)
{
  return self->lost_lines;
}

void
lf_run_track_count_waiting (LfRunTrack *self, guint *samples, guint *lines)
{
  *samples = lf_samples_get_n (self->samples) - self->n_samples + self->first - self->n_early;
  *lines = _lf_run_track_count_lines (self);
}
