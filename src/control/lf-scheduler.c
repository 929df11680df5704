#include "config.h"

#include "lf-scheduler-private.h"

#include "lf-schedules.h"
#include "lf-time.h"

/* Another process may have changed a schedule, or the clock was set. */
#define LOOK_EVERY 30000 /* ms */

enum
{
  SIGNAL_STARTED,
  SIGNAL_MISSED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LfScheduler, lf_scheduler, G_TYPE_OBJECT)

static gint64
system_clock (gpointer user_data)
{
  return lf_time_now ();
}

void
_lf_scheduler_note_store (LfScheduler *self, const GError *error)
{
  if (error != NULL && !_lf_scheduler_is_stopped (self) &&
      g_strcmp0 (self->trouble, error->message) != 0)
    g_message ("%s", error->message);
  lf_set_string (&self->trouble, error != NULL ? error->message : NULL);
}

void
_lf_scheduler_tell (LfScheduler *self, const LfRunSchedule *schedule, const char *words)
{
  g_message ("%s", words);
  g_signal_emit (self, signals[SIGNAL_MISSED], 0, schedule, words);
}

void
_lf_scheduler_emit_started (LfScheduler *self, const LfRunSchedule *schedule, LfActiveRun *run)
{
  g_signal_emit (self, signals[SIGNAL_STARTED], 0, schedule, run);
}

static gboolean
timer_cb (gpointer user_data)
{
  LfScheduler *self = user_data;

  self->timer = 0;
  lf_scheduler_look (self);
  return G_SOURCE_REMOVE;
}

static void
end_look (LfScheduler *self)
{
  gint64 wait = LOOK_EVERY;

  g_clear_pointer (&self->queue, g_ptr_array_unref);
  self->looking = FALSE;
  if (_lf_scheduler_is_stopped (self))
    return;
  if (self->again) /* the flag goes with the look that it asks for */
    wait = 0;
  else if (self->soonest > 0)
    wait = CLAMP (self->soonest - _lf_scheduler_get_now (self), 0, LOOK_EVERY);
  self->timer = g_timeout_add ((guint) wait, timer_cb, self);
}

void
_lf_scheduler_go_on (LfScheduler *self)
{
  if (!_lf_scheduler_is_stopped (self) && _lf_scheduler_claim_again (self))
    return;
  while (!_lf_scheduler_is_stopped (self) && self->queue->len > 0)
    {
      g_autoptr (LfRunSchedule) schedule =
          g_ptr_array_steal_index (self->queue, self->queue->len - 1);
      gint64 due = schedule->next_run_at, now = _lf_scheduler_get_now (self);

      if (!schedule->enabled || due == 0 || _lf_scheduler_is_unsure (self, schedule))
        continue;
      if (due <= now && _lf_scheduler_claim (self, schedule, now))
        return;
      if (due > now && (self->soonest == 0 || due < self->soonest))
        self->soonest = due;
    }
  end_look (self);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfScheduler) self = user_data;
  g_autoptr (GError) error = NULL;

  self->queue = lf_store_list_schedules_finish (LF_STORE (source), result, &error);
  _lf_scheduler_note_store (self, error);
  if (self->queue == NULL)
    self->queue = g_ptr_array_new_with_free_func (lf_record_free);
  self->n_again = self->unsure != NULL ? self->unsure->len : 0;
  _lf_scheduler_go_on (self);
}

static void
repaired_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfScheduler) self = user_data;
  g_autoptr (GError) error = NULL;

  lf_schedules_repair_finish (result, &error);
  _lf_scheduler_note_store (self, error);
  self->looking = FALSE;
  lf_scheduler_look (self);
}

static void
lf_scheduler_dispose (GObject *object)
{
  LfScheduler *self = LF_SCHEDULER (object);

  lf_scheduler_stop (self);
  g_clear_object (&self->runs);
  g_clear_object (&self->store);
  g_clear_pointer (&self->unsure, g_ptr_array_unref);
  g_clear_pointer (&self->trouble, g_free);
  G_OBJECT_CLASS (lf_scheduler_parent_class)->dispose (object);
}

static void
lf_scheduler_class_init (LfSchedulerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lf_scheduler_dispose;
  signals[SIGNAL_STARTED] =
      g_signal_new ("started", LF_TYPE_SCHEDULER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_POINTER, LF_TYPE_ACTIVE_RUN);
  signals[SIGNAL_MISSED] = g_signal_new ("missed", LF_TYPE_SCHEDULER, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_STRING);
}

static void
lf_scheduler_init (LfScheduler *self)
{
  self->clock = system_clock;
}

LfScheduler *
lf_scheduler_new (LfStore *store, LfRunManager *runs)
{
  LfScheduler *self = g_object_new (LF_TYPE_SCHEDULER, NULL);

  self->store = g_object_ref (store);
  self->runs = g_object_ref (runs);
  return self;
}

void
lf_scheduler_start (LfScheduler *self)
{
  if (!_lf_scheduler_is_stopped (self))
    return;
  self->cancellable = g_cancellable_new ();
  if (self->looking)
    {
      self->again = TRUE;
      return;
    }
  self->looking = TRUE;
  lf_schedules_repair_async (self->store, self->cancellable, repaired_cb, g_object_ref (self));
}

void
lf_scheduler_stop (LfScheduler *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->timer, g_source_remove);
}

void
lf_scheduler_limit (LfScheduler *self, guint workers, guint max_sockets)
{
  self->options.workers = workers;
  self->options.max_sockets = max_sockets;
}

void
lf_scheduler_look (LfScheduler *self)
{
  if (_lf_scheduler_is_stopped (self))
    return;
  if (self->looking)
    {
      self->again = TRUE;
      return;
    }
  g_clear_handle_id (&self->timer, g_source_remove);
  self->looking = TRUE;
  self->again = FALSE;
  self->soonest = 0;
  lf_store_list_schedules_async (self->store, self->cancellable, listed_cb, g_object_ref (self));
}

void
_lf_scheduler_set_clock (LfScheduler *self, LfSchedulerClock clock, gpointer user_data)
{
  self->clock = clock;
  self->clock_data = user_data;
}

gboolean
_lf_scheduler_is_idle (LfScheduler *self)
{
  return !self->looking && !self->again && self->n_starting == 0;
}
