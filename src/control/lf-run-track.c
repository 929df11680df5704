#include "config.h"

#include "lf-run-track.h"

#include "lf-error.h"
#include "lf-log-line.h"
#include "lf-run-state.h"
#include "lf-sample.h"
#include "lf-time.h"

struct _LfRunTrack
{
  GObject parent_instance;
  LfStore *store;
  LfStore *archive;   /* or NULL */
  LfRun *run;         /* borrowed; NULL once stopped */
  LfSamples *samples; /* borrowed */
  GPtrArray *lines;   /* borrowed */
  guint n_samples;    /* the store has those from @first up to here, */
  guint n_early;      /* and up to here those before @first */
  guint first;
  guint *written;     /* which of the two the write under way brings forward */
  gint64 last_line;   /* seq of the last line that it has */
  gint64 reaches;     /* @written or last_line once the write under way has worked */
  gint64 asked;       /* monotonic us since when a write is under way; 0: none is */
  gint64 run_written; /* monotonic us of the last copy of the record */
  GError *error;      /* of the last write */
  gboolean known;     /* the store has the record */
  gboolean run_due;
  gboolean lost_lines;
  gboolean ending;
  gboolean ended;
};

enum
{
  SIGNAL_ANSWERED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LfRunTrack, lf_run_track, G_TYPE_OBJECT)

static void write_next (LfRunTrack *self);

static void
start_over (LfRunTrack *self)
{
  self->known = FALSE;
  self->n_samples = self->n_early = self->first = 0;
  self->last_line = 0;
}

/* Takes @error; answers whether the write worked, and counts where somebody still listens. */
static gboolean
take_answer (LfRunTrack *self, GError *error)
{
  self->asked = 0;
  g_clear_error (&self->error);
  self->error = error;
  if (g_error_matches (error, LF_ERROR, LF_ERROR_NOT_FOUND))
    start_over (self);
  return error == NULL && self->run != NULL;
}

static void
go_on (LfRunTrack *self)
{
  if (self->run == NULL)
    return;
  if (self->error == NULL)
    write_next (self); /* else the next step tries again, without a hurry */
  g_signal_emit (self, signals[SIGNAL_ANSWERED], 0);
}

static void
samples_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfRunTrack) self = user_data;
  GError *error = NULL;

  lf_store_append_samples_finish (LF_STORE (source), result, &error);
  if (take_answer (self, error))
    *self->written = (guint) self->reaches;
  go_on (self);
}

static void
lines_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfRunTrack) self = user_data;
  GError *error = NULL;

  lf_store_append_logs_finish (LF_STORE (source), result, &error);
  if (take_answer (self, error))
    self->last_line = self->reaches;
  go_on (self);
}

static void
run_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfRunTrack) self = user_data;
  GError *error = NULL;

  lf_store_save_run_finish (LF_STORE (source), result, &error);
  if (take_answer (self, error))
    self->known = TRUE;
  else
    self->run_due = TRUE;
  go_on (self);
}

static void
last_run_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfRunTrack) self = user_data;
  GError *error = NULL;

  lf_store_save_run_finish (LF_STORE (source), result, &error);
  self->ended = take_answer (self, error);
  go_on (self);
}

static void
begin_write (LfRunTrack *self)
{
  self->asked = g_get_monotonic_time ();
}

static void
write_run (LfRunTrack *self)
{
  g_autoptr (LfRun) open = NULL;

  begin_write (self);
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
  begin_write (self);
  lf_store_save_run_async (self->store, self->run, NULL, last_run_written_cb, g_object_ref (self));
}

/* The next of those between *@written and @end. */
static void
write_samples (LfRunTrack *self, guint *written, guint end)
{
  g_autoptr (GPtrArray) batch = NULL;

  end = MIN (*written + LF_RUN_TRACK_BATCH, end);
  batch = lf_samples_get_range (self->samples, *written, end);
  begin_write (self);
  self->written = written;
  self->reaches = end;
  lf_store_append_samples_async (self->store, self->run->id, batch, NULL, samples_written_cb,
                                 g_object_ref (self));
}

static gint64
seq_of (GPtrArray *lines, guint i)
{
  return ((const LfLogLine *) lines->pdata[i])->seq;
}

static void
write_these_lines (LfRunTrack *self, GPtrArray *lines)
{
  begin_write (self);
  self->reaches = seq_of (lines, lines->len - 1);
  lf_store_append_logs_async (self->store, self->run->id, lines, NULL, lines_written_cb,
                              g_object_ref (self));
}

static void
write_known_lines (LfRunTrack *self)
{
  g_autoptr (GPtrArray) batch = g_ptr_array_new ();
  gint64 first = self->last_line + 1 - seq_of (self->lines, 0); /* seq has no holes */

  if (first < 0)
    self->lost_lines = TRUE;
  for (gint64 i = MAX (first, 0); i < self->lines->len && batch->len < LF_RUN_TRACK_BATCH; i++)
    g_ptr_array_add (batch, self->lines->pdata[i]);
  write_these_lines (self, batch);
}

/* Where the archive has nothing to fill the hole with either, the lines in it are lost. */
static void
lines_fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfRunTrack) self = user_data;
  g_autoptr (GPtrArray) lines = lf_store_list_logs_finish (LF_STORE (source), result, NULL);

  self->asked = 0;
  if (self->run == NULL)
    return;
  if (lines == NULL || lines->len == 0)
    {
      g_clear_object (&self->archive);
      write_next (self);
    }
  else
    write_these_lines (self, lines);
}

static void
write_lines (LfRunTrack *self)
{
  if (self->archive == NULL || seq_of (self->lines, 0) <= self->last_line + 1)
    {
      write_known_lines (self);
      return;
    }
  begin_write (self);
  lf_store_list_logs_async (self->archive, self->run->id, self->last_line, LF_RUN_TRACK_BATCH, NULL,
                            lines_fetched_cb, g_object_ref (self));
}

static gboolean
has_new_lines (LfRunTrack *self)
{
  return self->lines->len > 0 && seq_of (self->lines, self->lines->len - 1) > self->last_line;
}

/* The record comes first, so that samples never stand there without their run. */
static void
write_next (LfRunTrack *self)
{
  if (self->run == NULL || self->asked != 0 || self->ended)
    return;
  if (!self->known || (self->run_due && !self->ending))
    write_run (self);
  else if (self->n_samples < lf_samples_get_n (self->samples))
    write_samples (self, &self->n_samples, lf_samples_get_n (self->samples));
  else if (has_new_lines (self))
    write_lines (self);
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
  write_next (self);
}

void
lf_run_track_end (LfRunTrack *self)
{
  self->ending = TRUE;
  write_next (self);
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
  *lines = 0;
  if (has_new_lines (self))
    *lines = (guint) (seq_of (self->lines, self->lines->len - 1) - self->last_line);
}
