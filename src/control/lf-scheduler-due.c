#include "config.h"

#include "lf-scheduler-private.h"

#include "lf-error.h"
#include "lf-scheduled-start.h"

#include <glib/gi18n.h>

/* What becomes of a time that has come: it is claimed, then run, or told as missed. */

#define COUNT_LIMIT 1000 /* missed times that are counted one by one */

/* One time of a schedule, claimed or about to be. */
typedef struct
{
  LfScheduler *scheduler;
  LfRunSchedule *schedule;
  gint64 next;    /* that it waits for afterwards */
  guint n_missed; /* 0: it is run */
  gint64 last_missed;
} Due;

static void
due_free (Due *due)
{
  g_object_unref (due->scheduler);
  lf_run_schedule_free (due->schedule);
  g_free (due);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Due, due_free)

static char *
name_time (gint64 ms)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (ms / 1000);

  return g_date_time_format (time, "%x %H:%M");
}

static void
tell_failed (const Due *due, const char *name, const char *why)
{
  g_autofree char *time = name_time (due->schedule->next_run_at);
  /* Translators: a spec, a date with a time, and why. */
  g_autofree char *words =
      g_strdup_printf (_ ("“%s” was not run at its time, %s: %s"),
                       name != NULL ? name : due->schedule->spec_id, time, why);

  _lf_scheduler_tell (due->scheduler, due->schedule, words);
}

static void
tell_missed (const Due *due, const char *name)
{
  g_autofree char *time = name_time (due->last_missed);
  g_autofree char *words = g_strdup_printf (
      ngettext ("“%s” missed %u time of its schedule, as LoadForge was not running: %s",
                "“%s” missed %u times of its schedule, as LoadForge was not running; the last: %s",
                due->n_missed),
      name, due->n_missed, time);

  _lf_scheduler_tell (due->scheduler, due->schedule, words);
}

static void
started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Due) due = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LfActiveRun) run = lf_scheduled_start_finish (LF_RUN_MANAGER (source), result, &error);

  due->scheduler->n_starting--;
  if (run != NULL)
    _lf_scheduler_emit_started (due->scheduler, due->schedule, run);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    tell_failed (due, lf_scheduled_start_get_name (result), error->message);
}

static void
missed_spec_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Due) due = user_data;
  g_autoptr (LfSpec) spec = lf_store_load_spec_finish (LF_STORE (source), result, NULL);
  gboolean named = spec != NULL && spec->name != NULL && *spec->name != '\0';

  due->scheduler->n_starting--;
  tell_missed (due, named ? spec->name : due->schedule->spec_id);
}

/* Takes @due, which is ours now. A claim may have waited for the database: what came late by that
 * was missed. */
static void
carry_out (Due *due)
{
  LfScheduler *self = due->scheduler;
  gint64 time = due->schedule->next_run_at;

  if (due->n_missed == 0 && _lf_scheduler_get_now (self) - time > LF_SCHEDULER_PATIENCE)
    {
      due->n_missed = 1;
      due->last_missed = time;
    }
  self->n_starting++;
  if (due->n_missed > 0)
    lf_store_load_spec_async (self->store, due->schedule->spec_id, self->cancellable,
                              missed_spec_cb, due);
  else
    lf_scheduled_start_async (self->runs, self->store, due->schedule, &self->options,
                              self->cancellable, started_cb, due);
}

/* Puts @schedule at the head of the queue once more, waiting for @next. */
static void
queue_again (LfScheduler *self, const LfRunSchedule *schedule, gint64 next)
{
  LfRunSchedule *later = lf_run_schedule_copy (schedule);

  later->next_run_at = next;
  g_ptr_array_add (self->queue, later);
}

static void
claimed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Due) due = user_data;
  g_autoptr (LfScheduler) self = g_object_ref (due->scheduler);
  g_autoptr (GError) error = NULL;
  gboolean ours = lf_store_claim_schedule_finish (LF_STORE (source), result, &error);

  if (!_lf_scheduler_is_stopped (self))
    {
      /* Another process has it, and sees to it; or the store fails, and is asked again. */
      if (ours || g_error_matches (error, LF_ERROR, LF_ERROR_CONFLICT))
        queue_again (self, due->schedule, due->next);
      else
        _lf_scheduler_note_store (self, error);
      if (ours)
        carry_out (g_steal_pointer (&due));
    }
  _lf_scheduler_go_on (self);
}

/* What of @due is too late, and what comes after that. */
static void
count_missed (Due *due, const LfCron *cron, gint64 now)
{
  gint64 time = due->schedule->next_run_at;
  gint64 still_in_time = now - LF_SCHEDULER_PATIENCE;

  for (; time < still_in_time && due->n_missed < COUNT_LIMIT; time = lf_cron_next (cron, time))
    {
      due->n_missed++;
      due->last_missed = time;
    }
  due->next = time < still_in_time ? lf_cron_next (cron, still_in_time) : time;
}

gboolean
_lf_scheduler_claim (LfScheduler *self, const LfRunSchedule *schedule, gint64 now)
{
  g_autoptr (LfCron) cron = lf_run_schedule_parse (schedule, NULL);
  Due *due;

  if (cron == NULL)
    return FALSE;
  due = g_new0 (Due, 1);
  due->scheduler = g_object_ref (self);
  due->schedule = lf_run_schedule_copy (schedule);
  count_missed (due, cron, now);
  if (due->n_missed == 0)
    due->next = lf_cron_next (cron, schedule->next_run_at);
  lf_store_claim_schedule_async (self->store, schedule->id, schedule->next_run_at, due->next,
                                 due->n_missed == 0, self->cancellable, claimed_cb, due);
  return TRUE;
}
