#include "config.h"

#include "lf-run-writer.h"

#include "lf-error.h"
#include "lf-run-track.h"

#include <glib/gi18n.h>

struct _LfRunWriter
{
  GObject parent_instance;
  LfStore *store;
  LfSpill *spill; /* or NULL */
  LfRun *run;     /* borrowed; NULL before the start and after the end */
  LfSamples *samples;
  GPtrArray *lines;
  LfRunTrack *track; /* into the store */
  LfRunTrack *aside; /* into the spill; NULL while it is not needed */
  guint timer;
  gboolean failing;
  gboolean opening;       /* the spill */
  gboolean forgetting;    /* there is a call under way that takes the run out of it */
  gboolean spill_failing; /* which was told */
  gboolean told_lost;
  gboolean leaving; /* the store was given up: the run ends in the spill */
  gboolean settling;
  gboolean spilled;
  gint64 give_up; /* monotonic us, of a writer that finishes */
  GTask *finish;
};

enum
{
  SIGNAL_REPORT,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LfRunWriter, lf_run_writer, G_TYPE_OBJECT)

static void
report (LfRunWriter *self, LfLogLevel level, const char *message)
{
  g_signal_emit (self, signals[SIGNAL_REPORT], 0, (int) level, message);
}

static void
report_trouble (LfRunWriter *self, const GError *error, gboolean in_spill)
{
  g_autofree char *message =
      g_strdup_printf (in_spill ? "%s. The run goes on; until the store is back its data is "
                                  "kept on this computer"
                                : "%s. The run goes on; its data waits in memory",
                       error->message);

  report (self, LF_LOG_WARN, message);
}

static void
stop_track (LfRunWriter *self, LfRunTrack *track)
{
  if (track == NULL)
    return;
  g_signal_handlers_disconnect_by_data (track, self);
  lf_run_track_stop (track);
}

static void
stop (LfRunWriter *self)
{
  self->run = NULL;
  g_clear_handle_id (&self->timer, g_source_remove);
  stop_track (self, self->track);
  stop_track (self, self->aside);
}

static void
succeed (LfRunWriter *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->finish);

  stop (self);
  g_task_return_boolean (task, TRUE);
}

static void
give_up (LfRunWriter *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->finish);
  const GError *error = lf_run_track_get_error (self->track);
  g_autofree char *silent =
      g_strdup_printf (_ ("%s does not answer"), lf_store_get_name (self->store));
  guint samples, lines;

  lf_run_track_count_waiting (self->track, &samples, &lines);
  stop (self);
  g_task_return_new_error (task, LF_ERROR, LF_ERROR_FAILED,
                           _ ("%u samples, %u log lines and the end of the run are not kept: %s"),
                           samples, lines, error != NULL ? error->message : silent);
}

static void
forgotten_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfRunWriter) self = user_data;
  g_autoptr (GError) error = NULL;

  self->forgetting = FALSE;
  /* A second copy that stays is found to be whole already when it is uploaded. */
  if (!lf_spill_forget_finish (LF_SPILL (source), result, &error))
    g_message ("%s", error->message);
  if (self->settling && self->finish != NULL)
    succeed (self);
}

/* The store has all that lies in the spill. */
static void
drop_aside (LfRunWriter *self)
{
  stop_track (self, self->aside);
  g_clear_object (&self->aside);
  lf_run_track_set_archive (self->track, NULL);
  self->forgetting = TRUE;
  lf_spill_forget_async (self->spill, self->run->id, forgotten_cb, g_object_ref (self));
}

/* The run is in its store: what lies in the spill is not needed any more. */
static void
settle (LfRunWriter *self)
{
  if (self->settling)
    return;
  self->settling = TRUE;
  if (self->aside != NULL)
    drop_aside (self);
  if (!self->forgetting)
    succeed (self);
}

/* A writer that finishes does not give up what goes on, however much of it there is. */
static void
wait_on (LfRunWriter *self)
{
  self->give_up = g_get_monotonic_time () + LF_RUN_WRITER_PATIENCE * 1000;
}

static void
end_aside (LfRunWriter *self)
{
  if (self->leaving && self->aside != NULL)
    lf_run_track_end (self->aside);
}

static void
aside_answered_cb (LfRunWriter *self)
{
  const GError *error = lf_run_track_get_error (self->aside);

  if (error != NULL && self->failing && !self->spill_failing)
    report_trouble (self, error, FALSE);
  self->spill_failing = error != NULL && self->failing;
  if (error == NULL && self->leaving) /* until then the spill does not stand for the store */
    wait_on (self);
  if (!lf_run_track_has_ended (self->aside) || self->settling)
    return;
  self->spilled = TRUE;
  lf_spill_refresh (self->spill);
  succeed (self);
}

/* What the store has is in no danger. */
static LfRunTrack *
new_aside (LfRunWriter *self, LfStore *store)
{
  LfRunTrack *aside = lf_run_track_new (store, self->run, self->samples, self->lines);
  guint samples, lines;

  lf_run_track_count_waiting (self->track, &samples, &lines);
  lf_run_track_begin_at (aside, lf_samples_get_n (self->samples) - samples);
  return aside;
}

static void
spill_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfRunWriter) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LfStore) store = lf_spill_open_finish (LF_SPILL (source), result, &error);

  self->opening = FALSE;
  if (self->run == NULL)
    return;
  if (store == NULL)
    {
      if (!self->spill_failing)
        report_trouble (self, error, FALSE);
      self->spill_failing = TRUE;
      return;
    }
  self->aside = new_aside (self, store);
  g_signal_connect_swapped (self->aside, "answered", G_CALLBACK (aside_answered_cb), self);
  lf_run_track_set_archive (self->track, store);
  lf_run_track_step (self->aside);
  end_aside (self);
}

static void
step_aside (LfRunWriter *self)
{
  if (self->aside != NULL)
    lf_run_track_step (self->aside);
  else if (self->spill != NULL && !self->opening && !self->forgetting)
    {
      self->opening = TRUE;
      lf_spill_open_async (self->spill, spill_opened_cb, g_object_ref (self));
    }
}

static void
begin_trouble (LfRunWriter *self, const GError *error)
{
  if (self->failing)
    return;
  self->failing = TRUE;
  report_trouble (self, error, self->spill != NULL && !self->spill_failing);
  step_aside (self);
}

static void
end_trouble (LfRunWriter *self)
{
  if (!self->failing)
    return;
  self->failing = FALSE;
  report (self, LF_LOG_INFO, "The store works again; what waited is being written");
}

/* Once the store has caught up the run is in it alone again. */
static void
check_caught_up (LfRunWriter *self)
{
  guint samples, lines;

  if (self->aside == NULL || self->leaving || self->settling)
    return;
  lf_run_track_count_waiting (self->track, &samples, &lines);
  if (samples == 0 && lines == 0)
    drop_aside (self);
}

static void
tell_lost (LfRunWriter *self)
{
  if (self->told_lost || !lf_run_track_has_lost_lines (self->track))
    return;
  self->told_lost = TRUE;
  report (self, LF_LOG_ERROR,
          "The store has failed for so long that the oldest log lines are given up");
}

static void
answered_cb (LfRunWriter *self)
{
  const GError *error = lf_run_track_get_error (self->track);

  if (error != NULL)
    begin_trouble (self, error);
  else
    {
      end_trouble (self);
      wait_on (self);
      check_caught_up (self);
    }
  tell_lost (self);
  if (lf_run_track_has_ended (self->track))
    settle (self);
}

static void
check_late (LfRunWriter *self)
{
  g_autoptr (GError) error = NULL;

  if (self->failing || lf_run_track_get_delay (self->track) < LF_RUN_WRITER_LATE)
    return;
  error = g_error_new (LF_ERROR, LF_ERROR_UNREACHABLE,
                       "%s does not answer; check that it runs and can be reached",
                       lf_store_get_name (self->store));
  begin_trouble (self, error);
}

/* The last word goes into the log before the log is closed. */
static void
leave (LfRunWriter *self)
{
  g_autofree char *message =
      g_strdup_printf ("%s is still away. The run is kept on this computer, and can be uploaded "
                       "once the store is back",
                       lf_store_get_name (self->store));

  wait_on (self);
  report (self, LF_LOG_WARN, message);
  self->leaving = TRUE;
  step_aside (self);
  end_aside (self);
}

static void
check_patience (LfRunWriter *self)
{
  if (self->settling || g_get_monotonic_time () < self->give_up)
    return;
  if (self->spill != NULL && !self->leaving)
    leave (self);
  else
    give_up (self);
}

static gboolean
timer_cb (gpointer user_data)
{
  g_autoptr (LfRunWriter) self = g_object_ref (user_data);

  lf_run_track_step (self->track);
  check_late (self);
  if ((self->failing || self->aside != NULL) && !self->settling)
    step_aside (self);
  if (self->finish != NULL)
    check_patience (self);
  return G_SOURCE_CONTINUE; /* removed by stop() */
}

static void
lf_run_writer_dispose (GObject *object)
{
  LfRunWriter *self = LF_RUN_WRITER (object);

  stop (self);
  g_clear_object (&self->track);
  g_clear_object (&self->aside);
  g_clear_object (&self->store);
  g_clear_object (&self->spill);
  G_OBJECT_CLASS (lf_run_writer_parent_class)->dispose (object);
}

static void
lf_run_writer_class_init (LfRunWriterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lf_run_writer_dispose;
  signals[SIGNAL_REPORT] = g_signal_new ("report", LF_TYPE_RUN_WRITER, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_STRING);
}

static void
lf_run_writer_init (LfRunWriter *self)
{
}

LfRunWriter *
lf_run_writer_new (LfStore *store, LfSpill *spill)
{
  LfRunWriter *self = g_object_new (LF_TYPE_RUN_WRITER, NULL);

  self->store = g_object_ref (store);
  g_set_object (&self->spill, spill);
  return self;
}

void
lf_run_writer_start (LfRunWriter *self, LfRun *run, LfSamples *samples, GPtrArray *lines)
{
  self->run = run;
  self->samples = samples;
  self->lines = lines;
  self->track = lf_run_track_new (self->store, run, samples, lines);
  g_signal_connect_swapped (self->track, "answered", G_CALLBACK (answered_cb), self);
  self->timer = g_timeout_add (LF_RUN_WRITER_INTERVAL, timer_cb, self);
  lf_run_track_step (self->track);
}

void
lf_run_writer_finish_async (LfRunWriter *self, GAsyncReadyCallback callback, gpointer user_data)
{
  self->finish = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (self->finish, lf_run_writer_finish_async);
  wait_on (self);
  lf_run_track_end (self->track);
}

gboolean
lf_run_writer_finish_finish (LfRunWriter *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
lf_run_writer_has_spilled (LfRunWriter *self)
{
  return self->spilled;
}

void
lf_run_writer_abandon (LfRunWriter *self)
{
  stop (self);
}
