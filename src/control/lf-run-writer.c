#include "config.h"

#include "lf-run-writer.h"

#include "lf-error.h"
#include "lf-time.h"

#include <glib/gi18n.h>

typedef enum
{
  WRITE_RUN, /* first, so that samples never stand there without their run */
  WRITE_SAMPLES,
  WRITE_LINES,
} Write;

struct _LfRunWriter
{
  GObject parent_instance;
  LfStore *store;
  LfRun *run;         /* borrowed; NULL before the start and after the end */
  GPtrArray *samples; /* that wait */
  GPtrArray *lines;
  GPtrArray *batch; /* in flight, or NULL */
  guint timer;
  gboolean writing;
  gboolean run_due;
  gboolean failing;
  gboolean overflowed;
  gint64 run_written; /* monotonic us of the last copy of the record */
  gint64 give_up;     /* monotonic us, of a writer that finishes */
  GTask *finish;
};

enum
{
  SIGNAL_REPORT,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LfRunWriter, lf_run_writer, G_TYPE_OBJECT)

static void write_next (LfRunWriter *self);

static void
report (LfRunWriter *self, LfLogLevel level, const char *message)
{
  g_signal_emit (self, signals[SIGNAL_REPORT], 0, (int) level, message);
}

/* Forgets the oldest where more waits than memory should hold. */
static void
limit (LfRunWriter *self, GPtrArray *waiting)
{
  gboolean first = !self->overflowed;

  if (waiting->len <= LF_RUN_WRITER_PENDING_LIMIT)
    return;
  g_ptr_array_remove_range (waiting, 0, LF_RUN_WRITER_PENDING_LIMIT / 10); /* removing moves all */
  self->overflowed = TRUE; /* before the report, which itself is a line that is taken */
  if (first)
    report (self, LF_LOG_ERROR,
            "The store has failed for so long that the oldest samples and lines are given up");
}

static void
complete (LfRunWriter *self, const GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->finish);

  self->run = NULL;
  g_clear_handle_id (&self->timer, g_source_remove);
  if (error == NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, LF_ERROR, LF_ERROR_FAILED,
                             _ ("%u samples, %u log lines and the end of the run are not kept: %s"),
                             self->samples->len, self->lines->len, error->message);
}

/* Puts the batch before what came meanwhile. */
static void
put_back (GPtrArray **waiting, GPtrArray **batch)
{
  g_ptr_array_extend_and_steal (*batch, *waiting);
  *waiting = g_steal_pointer (batch);
}

static void
keep (LfRunWriter *self, Write what)
{
  if (what == WRITE_RUN)
    self->run_due = TRUE;
  else
    put_back (what == WRITE_SAMPLES ? &self->samples : &self->lines, &self->batch);
}

static void
fail (LfRunWriter *self, Write what, const GError *error)
{
  gboolean first = !self->failing;

  keep (self, what);
  self->failing = TRUE;
  if (first)
    {
      g_autofree char *message =
          g_strdup_printf ("%s. The run goes on; its data waits in memory", error->message);

      report (self, LF_LOG_WARN, message);
    }
  if (self->finish != NULL && g_get_monotonic_time () >= self->give_up)
    complete (self, error);
}

static void
written (LfRunWriter *self, Write what, const GError *error)
{
  self->writing = FALSE;
  if (self->run == NULL) /* given up while the store did not answer */
    return;
  if (error != NULL)
    {
      fail (self, what, error); /* the timer tries again, without a hurry */
      return;
    }
  g_clear_pointer (&self->batch, g_ptr_array_unref);
  if (self->failing)
    {
      self->failing = FALSE;
      report (self, LF_LOG_INFO, "The store works again; what waited is being written");
    }
  write_next (self);
}

static void
run_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfRunWriter) self = user_data;
  g_autoptr (GError) error = NULL;

  lf_store_save_run_finish (LF_STORE (source), result, &error);
  written (self, WRITE_RUN, error);
}

static void
samples_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfRunWriter) self = user_data;
  g_autoptr (GError) error = NULL;

  lf_store_append_samples_finish (LF_STORE (source), result, &error);
  written (self, WRITE_SAMPLES, error);
}

static void
lines_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfRunWriter) self = user_data;
  g_autoptr (GError) error = NULL;

  lf_store_append_logs_finish (LF_STORE (source), result, &error);
  written (self, WRITE_LINES, error);
}

static void
write_run (LfRunWriter *self)
{
  self->writing = TRUE;
  self->run_due = FALSE;
  self->run_written = g_get_monotonic_time ();
  if (self->run->owner != NULL)
    self->run->owner->heartbeat = lf_time_now ();
  lf_store_save_run_async (self->store, self->run, NULL, run_written_cb, g_object_ref (self));
}

static void
write_samples (LfRunWriter *self)
{
  self->writing = TRUE;
  self->batch = g_steal_pointer (&self->samples);
  self->samples = g_ptr_array_new_with_free_func (lf_record_free);
  lf_store_append_samples_async (self->store, self->run->id, self->batch, NULL, samples_written_cb,
                                 g_object_ref (self));
}

static void
write_lines (LfRunWriter *self)
{
  self->writing = TRUE;
  self->batch = g_steal_pointer (&self->lines);
  self->lines = g_ptr_array_new_with_free_func (lf_record_free);
  lf_store_append_logs_async (self->store, self->run->id, self->batch, NULL, lines_written_cb,
                              g_object_ref (self));
}

/* While finishing, the record comes last: a run that has its summary has all its samples too. */
static void
write_next (LfRunWriter *self)
{
  if (self->writing || self->run == NULL)
    return;
  if (self->run_due && self->finish == NULL)
    write_run (self);
  else if (self->samples->len > 0)
    write_samples (self);
  else if (self->lines->len > 0)
    write_lines (self);
  else if (self->run_due)
    write_run (self);
  else if (self->finish != NULL)
    complete (self, NULL);
}

static void
complete_unanswered (LfRunWriter *self)
{
  g_autoptr (GError) error = g_error_new (LF_ERROR, LF_ERROR_UNREACHABLE, _ ("%s does not answer"),
                                          lf_store_get_name (self->store));

  self->timer = 0; /* its callback, which is running, removes it */
  complete (self, error);
}

static gboolean
timer_cb (gpointer user_data)
{
  g_autoptr (LfRunWriter) self = g_object_ref (user_data);
  gint64 now = g_get_monotonic_time ();

  if (self->finish != NULL && self->writing && now >= self->give_up)
    {
      complete_unanswered (self);
      return G_SOURCE_REMOVE;
    }
  if (now - self->run_written >= LF_RUN_WRITER_HEARTBEAT * 1000)
    self->run_due = TRUE;
  write_next (self);
  return self->timer != 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
lf_run_writer_dispose (GObject *object)
{
  LfRunWriter *self = LF_RUN_WRITER (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (lf_run_writer_parent_class)->dispose (object);
}

static void
lf_run_writer_finalize (GObject *object)
{
  LfRunWriter *self = LF_RUN_WRITER (object);

  g_clear_pointer (&self->samples, g_ptr_array_unref);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_clear_pointer (&self->batch, g_ptr_array_unref);
  G_OBJECT_CLASS (lf_run_writer_parent_class)->finalize (object);
}

static void
lf_run_writer_class_init (LfRunWriterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lf_run_writer_dispose;
  object_class->finalize = lf_run_writer_finalize;
  signals[SIGNAL_REPORT] = g_signal_new ("report", LF_TYPE_RUN_WRITER, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_STRING);
}

static void
lf_run_writer_init (LfRunWriter *self)
{
  self->samples = g_ptr_array_new_with_free_func (lf_record_free);
  self->lines = g_ptr_array_new_with_free_func (lf_record_free);
}

LfRunWriter *
lf_run_writer_new (LfStore *store)
{
  LfRunWriter *self = g_object_new (LF_TYPE_RUN_WRITER, NULL);

  self->store = g_object_ref (store);
  return self;
}

void
lf_run_writer_start (LfRunWriter *self, LfRun *run)
{
  self->run = run;
  self->run_due = TRUE;
  self->timer = g_timeout_add (LF_RUN_WRITER_INTERVAL, timer_cb, self);
  write_next (self);
}

void
lf_run_writer_take_sample (LfRunWriter *self, LfSample *sample)
{
  g_ptr_array_add (self->samples, sample);
  limit (self, self->samples);
}

void
lf_run_writer_take_line (LfRunWriter *self, LfLogLine *line)
{
  g_ptr_array_add (self->lines, line);
  limit (self, self->lines);
}

void
lf_run_writer_finish_async (LfRunWriter *self, GAsyncReadyCallback callback, gpointer user_data)
{
  self->finish = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (self->finish, lf_run_writer_finish_async);
  self->give_up = g_get_monotonic_time () + LF_RUN_WRITER_PATIENCE * 1000;
  self->run_due = TRUE;
  write_next (self);
}

void
lf_run_writer_abandon (LfRunWriter *self)
{
  self->run = NULL;
  g_clear_handle_id (&self->timer, g_source_remove);
}

gboolean
lf_run_writer_finish_finish (LfRunWriter *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
