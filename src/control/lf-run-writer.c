#include "config.h"

#include "lf-run-writer-private.h"

#include "lf-error.h"

#include <glib/gi18n.h>

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

void
_lf_run_writer_report_trouble (LfRunWriter *self, const GError *error, gboolean in_spill)
{
  g_autofree char *message =
      g_strdup_printf (in_spill ? "%s. The run goes on; until the store is back its data is "
                                  "kept on this computer"
                                : "%s. The run goes on; its data waits in memory",
                       error->message);

  report (self, LF_LOG_WARN, message);
}

void
_lf_run_writer_stop_track (LfRunWriter *self, LfRunTrack *track)
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
  _lf_run_writer_stop_track (self, self->track);
  _lf_run_writer_stop_track (self, self->aside);
}

void
_lf_run_writer_succeed (LfRunWriter *self)
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

/* The run is in its store: what lies in the spill is not needed any more. */
static void
settle (LfRunWriter *self)
{
  if (self->settling)
    return;
  self->settling = TRUE;
  if (self->aside != NULL)
    _lf_run_writer_drop_aside (self);
  if (!self->forgetting)
    _lf_run_writer_succeed (self);
}

/* A writer that finishes does not give up what goes on, however much of it there is. */
void
_lf_run_writer_wait_on (LfRunWriter *self)
{
  self->give_up = g_get_monotonic_time () + LF_RUN_WRITER_PATIENCE * 1000;
}

static void
begin_trouble (LfRunWriter *self, const GError *error)
{
  if (self->failing)
    return;
  self->failing = TRUE;
  _lf_run_writer_report_trouble (self, error, self->spill != NULL && !self->spill_failing);
  _lf_run_writer_step_aside (self);
}

static void
end_trouble (LfRunWriter *self)
{
  if (!self->failing)
    return;
  self->failing = FALSE;
  report (self, LF_LOG_INFO, "The store works again; what waited is being written");
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
      _lf_run_writer_wait_on (self);
      _lf_run_writer_check_caught_up (self);
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

  _lf_run_writer_wait_on (self);
  report (self, LF_LOG_WARN, message);
  self->leaving = TRUE;
  _lf_run_writer_step_aside (self);
  _lf_run_writer_end_aside (self);
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
    _lf_run_writer_step_aside (self);
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
  _lf_run_writer_wait_on (self);
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
