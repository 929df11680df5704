#include "config.h"

#include "lf-active-run-private.h"

#include "lf-error.h"
#include "lf-id.h"
#include "lf-load.h"
#include "lf-process.h"
#include "lf-redact.h"
#include "lf-run-state.h"
#include "lf-run-summary.h"
#include "lf-run-writer.h"
#include "lf-time.h"

#include <glib/gi18n.h>

struct _LfActiveRun
{
  GObject parent_instance;
  LfRun *run;
  LfSpec *spec;
  LfLoad *load;
  LfRunWriter *writer; /* NULL where nothing is kept */
  LfSamples *samples;
  GPtrArray *logs;
  gint64 n_lines;
  double sampled; /* s, end of the last total sample */
  gboolean fail_on_saturation;
  gboolean stopped_remotely;
};

enum
{
  PROP_0,
  PROP_STATUS,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

enum
{
  SIGNAL_SAMPLE,
  SIGNAL_LOG,
  SIGNAL_ENDED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LfActiveRun, lf_active_run, G_TYPE_OBJECT)

static gboolean
change_status (LfActiveRun *self, LfRunEvent event)
{
  LfRunStatus next;

  if (!lf_run_state_next (self->run->status, event, &next))
    return FALSE;
  if (next != self->run->status)
    {
      self->run->status = next;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS]);
    }
  return TRUE;
}

static void
note_progress (LfActiveRun *self, const LfSample *total)
{
  LfRunProgress *progress = self->run->progress;
  double seconds = total->t - self->sampled;

  self->sampled = total->t;
  progress->elapsed = total->t;
  progress->users = total->users;
  progress->iterations += total->iterations;
  if (progress->duration > 0)
    progress->duration =
        lf_load_profile_get_duration (self->spec->load_profile) + lf_load_get_shift (self->load);
  progress->rate = seconds > 0 ? (double) total->completed / seconds : 0;
  if (total->warmup)
    return;
  progress->requests += total->completed;
  progress->failed += total->failed;
}

static void
take_sample (LfActiveRun *self, const LfSample *sample, GPtrArray *taken)
{
  LfSample *whole = lf_sample_copy (sample);

  lf_set_string (&whole->run_id, self->run->id);
  if (whole->step < 0)
    note_progress (self, whole);
  lf_samples_add (self->samples, whole);
  g_ptr_array_add (taken, whole);
}

/* A run counts from its first request, which may wait for a window or for tokens. */
static void
note_start (LfActiveRun *self)
{
  gint64 started_at = lf_load_get_started_at (self->load);

  if (started_at != 0)
    self->run->started_at = started_at;
}

static void
sample_cb (LfLoad *load, GPtrArray *samples, gpointer user_data)
{
  LfActiveRun *self = user_data;
  g_autoptr (GPtrArray) taken = g_ptr_array_new_with_free_func (lf_record_free);

  note_start (self);
  for (guint i = 0; i < samples->len; i++)
    take_sample (self, samples->pdata[i], taken);
  g_signal_emit (self, signals[SIGNAL_SAMPLE], 0, taken);
}

static void
take_line (LfActiveRun *self, LfLogLine *line)
{
  lf_set_string (&line->run_id, self->run->id);
  line->seq = ++self->n_lines;
  if (line->time == 0)
    line->time = lf_time_now ();
  g_ptr_array_add (self->logs, line);
}

/* After the emission, so that no handler is left with a line that is gone. */
static void
emit_lines (LfActiveRun *self, GPtrArray *lines)
{
  g_signal_emit (self, signals[SIGNAL_LOG], 0, lines);
  if (self->logs->len > LF_ACTIVE_RUN_LOG_LINES)
    g_ptr_array_remove_range (self->logs, 0, self->logs->len - LF_ACTIVE_RUN_LOG_LINES);
}

static void
log_cb (LfLoad *load, GPtrArray *lines, gpointer user_data)
{
  LfActiveRun *self = user_data;
  g_autoptr (GPtrArray) taken = g_ptr_array_new ();

  for (guint i = 0; i < lines->len; i++)
    {
      LfLogLine *line = lf_log_line_copy (lines->pdata[i]);

      take_line (self, line);
      g_ptr_array_add (taken, line);
    }
  emit_lines (self, taken);
}

static void
tell (LfActiveRun *self, LfLogLevel level, LfLogClass log_class, const char *message)
{
  g_autoptr (GPtrArray) taken = g_ptr_array_new ();
  LfLogLine *line = lf_log_line_new ();

  line->level = level;
  line->log_class = log_class;
  line->step = -1;
  line->count = 1;
  lf_set_string (&line->message, message);
  take_line (self, line);
  g_ptr_array_add (taken, line);
  emit_lines (self, taken);
}

static void
report_cb (LfRunWriter *writer, int level, const char *message, gpointer user_data)
{
  tell (user_data, level, LF_LOG_CLASS_STORE, message);
}

static void
finish_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfActiveRun) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!lf_run_writer_finish_finish (LF_RUN_WRITER (source), result, &error))
    report_cb (self->writer, LF_LOG_ERROR, error->message, self);
  g_signal_emit (self, signals[SIGNAL_ENDED], 0);
}

static gboolean
ended_idle_cb (gpointer user_data)
{
  g_signal_emit (user_data, signals[SIGNAL_ENDED], 0);
  return G_SOURCE_REMOVE;
}

static void
finished_cb (LfLoad *load, gpointer user_data)
{
  LfActiveRun *self = user_data;
  LfRun *run = self->run;

  note_start (self);
  run->summary = lf_load_get_summary (load);
  lf_run_summary_complete (run->summary, run, self->fail_on_saturation);
  if (self->stopped_remotely && run->summary->verdict == LF_VERDICT_ABORTED)
    run->summary->exit_code = LF_EXIT_REMOTE;
  g_clear_pointer (&run->spec, json_node_unref);
  run->verdict = run->summary->verdict;
  run->ended_at = run->summary->ended_at != 0 ? run->summary->ended_at : lf_time_now ();
  run->summary->ended_at = run->ended_at;
  run->progress->users = 0;
  run->progress->rate = 0;
  if (run->summary->requests != NULL)
    {
      run->progress->requests = run->summary->requests->total;
      run->progress->failed = run->summary->requests->failed;
    }
  change_status (self, LF_RUN_EVENT_FINISH);
  if (self->writer != NULL)
    lf_run_writer_finish_async (self->writer, finish_written_cb, g_object_ref (self));
  else
    g_idle_add_full (G_PRIORITY_DEFAULT, ended_idle_cb, g_object_ref (self), g_object_unref);
}

static void
lf_active_run_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LfActiveRun *self = LF_ACTIVE_RUN (object);

  switch (id)
    {
    case PROP_STATUS:
      g_value_set_int (value, (int) self->run->status);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lf_active_run_dispose (GObject *object)
{
  LfActiveRun *self = LF_ACTIVE_RUN (object);

  /* Nobody is left to stop a run that is dropped while it goes on: it ends with its last face. */
  if (self->load != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->load, self);
      lf_load_abort (self->load);
    }
  if (self->writer != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->writer, self);
      lf_run_writer_abandon (self->writer);
    }
  g_clear_object (&self->load);
  g_clear_object (&self->writer);
  G_OBJECT_CLASS (lf_active_run_parent_class)->dispose (object);
}

static void
lf_active_run_finalize (GObject *object)
{
  LfActiveRun *self = LF_ACTIVE_RUN (object);

  g_clear_pointer (&self->run, lf_run_free);
  g_clear_pointer (&self->spec, lf_spec_free);
  g_clear_pointer (&self->samples, lf_samples_unref);
  g_clear_pointer (&self->logs, g_ptr_array_unref);
  G_OBJECT_CLASS (lf_active_run_parent_class)->finalize (object);
}

static void
lf_active_run_class_init (LfActiveRunClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = lf_active_run_get_property;
  object_class->dispose = lf_active_run_dispose;
  object_class->finalize = lf_active_run_finalize;
  properties[PROP_STATUS] =
      g_param_spec_int ("status", NULL, NULL, LF_RUN_PENDING, LF_RUN_INTERRUPTED, LF_RUN_PENDING,
                        G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_SAMPLE] = g_signal_new ("sample", LF_TYPE_ACTIVE_RUN, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
  signals[SIGNAL_LOG] = g_signal_new ("log", LF_TYPE_ACTIVE_RUN, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                      NULL, G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
  signals[SIGNAL_ENDED] = g_signal_new ("ended", LF_TYPE_ACTIVE_RUN, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 0);
}

static void
lf_active_run_init (LfActiveRun *self)
{
  self->samples = lf_samples_new ();
  self->logs = g_ptr_array_new_with_free_func (lf_record_free);
}

static LfRun *
new_record (const LfSpec *spec)
{
  LfRun *run = lf_run_new ();

  lf_set_string (&run->schema, LF_RUN_SCHEMA);
  run->id = lf_id_new ();
  lf_set_string (&run->spec_id, spec->id);
  lf_set_string (&run->spec_name, spec->name);
  run->spec_revision = spec->revision;
  run->spec = lf_redact_spec (spec);
  run->owner = lf_process_new_owner ();
  lf_set_string (&run->host, run->owner->host);
  lf_set_string (&run->tool_version, LF_VERSION);
  run->progress = lf_run_progress_new ();
  run->progress->duration =
      spec->load_profile != NULL ? lf_load_profile_get_duration (spec->load_profile) : 0;
  run->progress->planned_iterations =
      spec->load_profile != NULL ? lf_load_profile_get_iterations (spec->load_profile) : 0;
  return run;
}

LfActiveRun *
_lf_active_run_new (const LfSpec *spec,
                    LfPlan *plan,
                    LfStore *store,
                    LfSpill *spill,
                    gboolean fail_on_saturation)
{
  LfActiveRun *self = g_object_new (LF_TYPE_ACTIVE_RUN, NULL);

  self->spec = lf_spec_copy (spec);
  self->run = new_record (spec);
  self->fail_on_saturation = fail_on_saturation;
  self->load = lf_load_new (plan);
  g_signal_connect (self->load, "sample", G_CALLBACK (sample_cb), self);
  g_signal_connect (self->load, "log", G_CALLBACK (log_cb), self);
  g_signal_connect (self->load, "finished", G_CALLBACK (finished_cb), self);
  if (store != NULL)
    {
      self->writer = lf_run_writer_new (store, spill);
      g_signal_connect (self->writer, "report", G_CALLBACK (report_cb), self);
    }
  return self;
}

gboolean
_lf_active_run_start (LfActiveRun *self, GError **error)
{
  self->run->started_at = lf_time_now ();
  if (!lf_load_start (self->load, error))
    return FALSE;
  note_start (self);
  change_status (self, LF_RUN_EVENT_START);
  if (self->writer != NULL)
    lf_run_writer_start (self->writer, self->run, self->samples, self->logs);
  return TRUE;
}

const LfRun *
lf_active_run_get_run (LfActiveRun *self)
{
  return self->run;
}

const LfSpec *
lf_active_run_get_spec (LfActiveRun *self)
{
  return self->spec;
}

LfRunStatus
lf_active_run_get_status (LfActiveRun *self)
{
  return self->run->status;
}

gboolean
lf_active_run_has_spilled (LfActiveRun *self)
{
  return self->writer != NULL && lf_run_writer_has_spilled (self->writer);
}

LfSamples *
lf_active_run_get_samples (LfActiveRun *self)
{
  return self->samples;
}

GPtrArray *
lf_active_run_get_logs (LfActiveRun *self)
{
  return self->logs;
}

void
lf_active_run_stop (LfActiveRun *self)
{
  if (change_status (self, LF_RUN_EVENT_STOP))
    lf_load_stop (self->load);
}

void
lf_active_run_stop_remotely (LfActiveRun *self)
{
  self->stopped_remotely = TRUE;
  lf_active_run_stop (self);
}

void
lf_active_run_note_remote (LfActiveRun *self, const char *message)
{
  tell (self, LF_LOG_INFO, LF_LOG_CLASS_REMOTE, message);
}

/* Whether the table of states has @event here; told in words where it has not. */
static gboolean
check_event (LfActiveRun *self, LfRunEvent event, GError **error)
{
  LfRunStatus next;

  if (lf_run_state_next (self->run->status, event, &next))
    return TRUE;
  g_set_error (error, LF_ERROR, LF_ERROR_STATE,
               event == LF_RUN_EVENT_PAUSE ? _ ("the run is %s: it cannot be paused")
                                           : _ ("the run is %s: it cannot be resumed"),
               _ (lf_run_status_words[self->run->status]));
  return FALSE;
}

gboolean
lf_active_run_pause (LfActiveRun *self, GError **error)
{
  return check_event (self, LF_RUN_EVENT_PAUSE, error) && lf_load_pause (self->load, error) &&
         change_status (self, LF_RUN_EVENT_PAUSE);
}

gboolean
lf_active_run_resume (LfActiveRun *self, GError **error)
{
  return check_event (self, LF_RUN_EVENT_RESUME, error) && lf_load_resume (self->load, error) &&
         change_status (self, LF_RUN_EVENT_RESUME);
}

gboolean
lf_active_run_set_users (LfActiveRun *self, guint users, GError **error)
{
  return lf_load_set_users (self->load, users, error);
}

gboolean
lf_active_run_set_rate (LfActiveRun *self, double rate, GError **error)
{
  return lf_load_set_rate (self->load, rate, error);
}

double
lf_active_run_get_level (LfActiveRun *self)
{
  return lf_load_get_level (self->load);
}
