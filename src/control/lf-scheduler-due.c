#include "config.h"

#include "lf-scheduler-private.h"

#include "lf-error.h"
#include "lf-id.h"
#include "lf-scheduled-start.h"

#include <glib/gi18n.h>

/* What becomes of a time that has come: it is claimed, then run, or told as missed. */

#define COUNT_LIMIT 1000 /* missed times that are counted one by one */

/* One time of a schedule, claimed or about to be. */
typedef struct
{
  LfScheduler *scheduler; /* NULL while nothing is under way: the scheduler holds it then */
  LfRunSchedule *schedule;
  char *token;
  gint64 next;    /* that it waits for afterwards */
  guint n_missed; /* 0: it is run */
  gint64 last_missed;
} Due;

static void
due_free (Due *due)
{
  g_clear_object (&due->scheduler);
  lf_run_schedule_free (due->schedule);
  g_free (due->token);
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
      name != NULL ? name : due->schedule->spec_id, due->n_missed, time);

  _lf_scheduler_tell (due->scheduler, due->schedule, words);
}

static void
miss (Due *due)
{
  due->n_missed = 1;
  due->last_missed = due->schedule->next_run_at;
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
  else
    {
      miss (due);
      tell_missed (due, lf_scheduled_start_get_name (result));
    }
}

static void
missed_spec_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Due) due = user_data;
  g_autoptr (LfSpec) spec = lf_store_load_spec_finish (LF_STORE (source), result, NULL);
  gboolean named = spec != NULL && spec->name != NULL && *spec->name != '\0';

  due->scheduler->n_starting--;
  tell_missed (due, named ? spec->name : NULL);
}

/* Takes @due, which is ours now, so that nobody else runs it. A claim may have waited for the
 * database, and the scheduler may have been stopped: what came late by that was missed. */
static void
carry_out (Due *due)
{
  LfScheduler *self = due->scheduler;
  gint64 time = due->schedule->next_run_at;

  if (due->n_missed == 0 && (_lf_scheduler_is_stopped (self) ||
                             _lf_scheduler_get_now (self) - time > LF_SCHEDULER_PATIENCE))
    miss (due);
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

/* Takes @due. The store fails: it may have made the claim, and is asked again. */
static void
put_off (Due *due)
{
  LfScheduler *self = due->scheduler;

  if (self->unsure == NULL)
    self->unsure = g_ptr_array_new_with_free_func ((GDestroyNotify) due_free);
  g_ptr_array_add (self->unsure, due);
  g_clear_object (&due->scheduler); /* of which the caller has another reference */
}

static void
claimed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Due) due = user_data;
  g_autoptr (LfScheduler) self = g_object_ref (due->scheduler);
  g_autoptr (GError) error = NULL;
  gboolean ours = lf_store_claim_schedule_finish (LF_STORE (source), result, &error);
  /* Else another process has it, and sees to it; or nobody knows. */
  gboolean known = ours || g_error_matches (error, LF_ERROR, LF_ERROR_CONFLICT);

  if (!known)
    _lf_scheduler_note_store (self, error);
  else if (!_lf_scheduler_is_stopped (self))
    queue_again (self, due->schedule, due->next);
  if (ours)
    carry_out (g_steal_pointer (&due));
  else if (!known)
    put_off (g_steal_pointer (&due));
  _lf_scheduler_go_on (self);
}

/* Takes @due. Whoever stops the scheduler meanwhile does not cancel this: a claim is known by its
 * answer alone. */
static void
claim (LfScheduler *self, Due *due)
{
  due->scheduler = g_object_ref (self);
  lf_store_claim_schedule_async (self->store, due->schedule->id, due->schedule->next_run_at,
                                 due->next, due->n_missed == 0, due->token, NULL, claimed_cb, due);
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
  due->token = lf_id_new ();
  due->schedule = lf_run_schedule_copy (schedule);
  count_missed (due, cron, now);
  if (due->n_missed == 0)
    due->next = lf_cron_next (cron, schedule->next_run_at);
  claim (self, due);
  return TRUE;
}

gboolean
_lf_scheduler_claim_again (LfScheduler *self)
{
  if (self->n_again == 0)
    return FALSE;
  self->n_again--;
  claim (self, g_ptr_array_steal_index (self->unsure, 0));
  return TRUE;
}

gboolean
_lf_scheduler_is_unsure (LfScheduler *self, const LfRunSchedule *schedule)
{
  for (guint i = 0; self->unsure != NULL && i < self->unsure->len; i++)
    {
      const LfRunSchedule *other = ((const Due *) self->unsure->pdata[i])->schedule;

      if (schedule->next_run_at == other->next_run_at && g_strcmp0 (schedule->id, other->id) == 0)
        return TRUE;
    }
  return FALSE;
}
