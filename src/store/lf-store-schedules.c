#include "config.h"

#include "lf-store-private.h"

#include "lf-id.h"
#include "lf-time.h"
#include "lf-zone.h"

#include <glib/gi18n.h>

/* Schedules, and how a spec's own one is kept with the spec: the same for every implementation. */

/* What @work does with @id and @record, outside of a call. */
static gpointer
do_inside (LfStore *self, LfStoreWork work, const char *id, gpointer record, GError **error)
{
  LfStoreCall inside = { .id = (char *) id, .record = record };

  return work (self, &inside, error);
}

/* The stored schedule @id, NULL where there is none or it cannot be read. */
static LfRunSchedule *
find_schedule (LfStore *self, const char *id, GError **error)
{
  GError *cause = NULL;
  LfRunSchedule *schedule =
      do_inside (self, LF_STORE_GET_CLASS (self)->load_schedule, id, NULL, &cause);

  if (g_error_matches (cause, LF_ERROR, LF_ERROR_NOT_FOUND) ||
      g_error_matches (cause, LF_ERROR, LF_ERROR_CORRUPT))
    g_clear_error (&cause);
  if (cause != NULL)
    g_propagate_error (error, cause);
  return schedule;
}

static gboolean
names_zone (const LfSpec *spec)
{
  return spec->schedule->time_zone != NULL && *spec->schedule->time_zone != '\0';
}

/* What @spec is to be run by from now on: in the zone where it was first given a schedule, whoever
 * saves it, and where. */
static LfRunSchedule *
new_schedule (const LfSpec *spec, const LfRunSchedule *old)
{
  LfRunSchedule *schedule = lf_run_schedule_of_spec (spec);

  if (schedule != NULL && old != NULL && old->time_zone != NULL && !names_zone (spec))
    lf_set_string (&schedule->time_zone, old->time_zone);
  return schedule;
}

/* A schedule that stays the same keeps the time it waits for. */
static void
keep_schedule (LfStore *self, const LfSpec *spec, GError **error)
{
  LfStoreClass *klass = LF_STORE_GET_CLASS (self);
  GError *cause = NULL;
  g_autoptr (LfRunSchedule) old = find_schedule (self, spec->id, &cause);
  g_autoptr (LfRunSchedule) schedule = new_schedule (spec, old);

  if (cause != NULL)
    g_propagate_error (error, cause);
  else if (schedule == NULL && old != NULL)
    do_inside (self, klass->delete_schedule, spec->id, NULL, error);
  else if (schedule != NULL && (old == NULL || !lf_run_schedule_is_same (schedule, old)))
    {
      schedule->last_run_at = old != NULL ? old->last_run_at : 0;
      lf_run_schedule_plan (schedule, lf_time_now ());
      do_inside (self, klass->put_schedule, NULL, schedule, error);
    }
}

/* The spec is saved, so that what goes wrong with its schedule does not fail the call. */
static void
tell (LfStore *self, const char *id, const GError *error)
{
  g_message (_ ("%s: the schedule of the spec %s is not up to date: %s"), lf_store_get_name (self),
             id, error->message);
}

gpointer
_lf_store_save_spec (LfStore *self, LfStoreCall *call, GError **error)
{
  LfSpec *spec = LF_STORE_GET_CLASS (self)->save_spec (self, call, error);
  g_autoptr (GError) cause = NULL;

  if (spec == NULL)
    return NULL;
  keep_schedule (self, spec, &cause);
  if (cause != NULL)
    tell (self, spec->id, cause);
  return spec;
}

gpointer
_lf_store_delete_spec (LfStore *self, LfStoreCall *call, GError **error)
{
  LfStoreClass *klass = LF_STORE_GET_CLASS (self);
  g_autoptr (GError) cause = NULL;

  if (klass->delete_spec (self, call, error) == NULL)
    return NULL;
  if (klass->delete_schedule (self, call, &cause) == NULL &&
      !g_error_matches (cause, LF_ERROR, LF_ERROR_NOT_FOUND))
    tell (self, call->id, cause);
  return LF_STORE_DONE;
}

static gboolean
check_schedule (LfStore *self, const LfRunSchedule *schedule, GError **error)
{
  g_autoptr (LfCron) cron = lf_run_schedule_parse (schedule, error);
  g_autoptr (LfSpec) spec = NULL;

  if (cron == NULL)
    return FALSE;
  spec = do_inside (self, LF_STORE_GET_CLASS (self)->load_spec,
                    schedule->spec_id != NULL ? schedule->spec_id : "", NULL, error);
  return spec != NULL;
}

static gpointer
save_schedule (LfStore *self, LfStoreCall *call, GError **error)
{
  LfRunSchedule *schedule = call->record;

  if (!check_schedule (self, schedule, error))
    return NULL;
  if (schedule->id == NULL || *schedule->id == '\0')
    {
      g_free (schedule->id);
      schedule->id = lf_id_new ();
    }
  /* Processes in other zones are to agree on its times. */
  if (schedule->time_zone == NULL || *schedule->time_zone == '\0')
    {
      g_free (schedule->time_zone);
      schedule->time_zone = lf_zone_local_name ();
    }
  if (schedule->next_run_at == 0)
    lf_run_schedule_plan (schedule, lf_time_now ());
  if (LF_STORE_GET_CLASS (self)->put_schedule (self, call, error) == NULL)
    return NULL;
  return g_steal_pointer (&call->record);
}

void
lf_store_save_schedule_async (LfStore *self,
                              const LfRunSchedule *schedule,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  LfStoreCall *call = _lf_store_call_new (LF_STORE_CHANGES, save_schedule, N_ ("save the schedule"),
                                          lf_record_free);

  call->record = lf_run_schedule_copy (schedule);
  _lf_store_call_push (call, self, lf_store_save_schedule_async, cancellable, callback, user_data);
}

LfRunSchedule *
lf_store_save_schedule_finish (LfStore *self, GAsyncResult *result, GError **error)
{
  return _lf_store_call_finish (self, result, lf_store_save_schedule_async, error);
}

void
lf_store_list_schedules_async (LfStore *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  LfStoreCall *call =
      _lf_store_call_new (LF_STORE_READS, LF_STORE_GET_CLASS (self)->list_schedules,
                          N_ ("list the schedules"), (GDestroyNotify) g_ptr_array_unref);

  _lf_store_call_push (call, self, lf_store_list_schedules_async, cancellable, callback, user_data);
}

GPtrArray *
lf_store_list_schedules_finish (LfStore *self, GAsyncResult *result, GError **error)
{
  return _lf_store_call_finish (self, result, lf_store_list_schedules_async, error);
}

void
lf_store_delete_schedule_async (LfStore *self,
                                const char *id,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  LfStoreCall *call =
      _lf_store_call_new (LF_STORE_CHANGES, LF_STORE_GET_CLASS (self)->delete_schedule,
                          N_ ("delete the schedule"), NULL);

  call->id = g_strdup (id != NULL ? id : "");
  _lf_store_call_push (call, self, lf_store_delete_schedule_async, cancellable, callback,
                       user_data);
}

gboolean
lf_store_delete_schedule_finish (LfStore *self, GAsyncResult *result, GError **error)
{
  return _lf_store_call_finish (self, result, lf_store_delete_schedule_async, error) != NULL;
}

void
lf_store_claim_schedule_async (LfStore *self,
                               const char *id,
                               gint64 due,
                               gint64 next,
                               gboolean runs,
                               const char *token,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  LfStoreCall *call =
      _lf_store_call_new (LF_STORE_CHANGES, LF_STORE_GET_CLASS (self)->claim_schedule,
                          N_ ("claim a time of the schedule"), NULL);

  call->id = g_strdup (id);
  call->due = due;
  call->next = next;
  call->runs = runs;
  call->token = g_strdup (token);
  _lf_store_call_push (call, self, lf_store_claim_schedule_async, cancellable, callback, user_data);
}

gboolean
lf_store_claim_schedule_finish (LfStore *self, GAsyncResult *result, GError **error)
{
  return _lf_store_call_finish (self, result, lf_store_claim_schedule_async, error) != NULL;
}

gpointer
_lf_store_claimed (GError **error)
{
  g_set_error (
      error, LF_ERROR, LF_ERROR_CONFLICT,
      _ ("another LoadForge has claimed it, or the schedule was changed; nothing is to do"));
  return NULL;
}
