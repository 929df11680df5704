#include "config.h"

#include "lf-schedules.h"

#include "lf-error.h"

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (lf_store_delete_schedule_finish (LF_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (LfSpec) spec = lf_store_save_spec_finish (LF_STORE (source), result, &error);

  if (spec != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const char *id = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;
  g_autoptr (LfSpec) spec = lf_store_load_spec_finish (LF_STORE (source), result, &error);

  if (spec == NULL && !g_error_matches (error, LF_ERROR, LF_ERROR_NOT_FOUND))
    {
      g_task_return_error (task, error);
      return;
    }
  g_clear_error (&error);
  if (spec == NULL || spec->schedule == NULL)
    {
      lf_store_delete_schedule_async (LF_STORE (source), id, cancellable, deleted_cb,
                                      g_steal_pointer (&task));
      return;
    }
  g_clear_pointer (&spec->schedule, lf_spec_schedule_free);
  lf_record_set_present (spec, G_STRUCT_OFFSET (LfSpec, schedule), FALSE);
  lf_store_save_spec_async (LF_STORE (source), spec, cancellable, saved_cb,
                            g_steal_pointer (&task));
}

void
lf_schedule_remove_async (LfStore *store,
                          const char *id,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, lf_schedule_remove_async);
  g_task_set_task_data (task, g_strdup (id), g_free);
  lf_store_load_spec_async (store, id, cancellable, loaded_cb, task);
}

gboolean
lf_schedule_remove_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

typedef struct
{
  GPtrArray *schedules; /* LfRunSchedule */
  guint n_waiting;
  gssize n_made;
} Repair;

static void
repair_free (Repair *repair)
{
  g_ptr_array_unref (repair->schedules);
  g_free (repair);
}

/* One that cannot be made (its expression is wrong) keeps no other from it; its spec says so. */
static void
made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Repair *repair = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (LfRunSchedule) made =
      lf_store_save_schedule_finish (LF_STORE (source), result, &error);

  if (made != NULL)
    repair->n_made++;
  else
    g_debug ("%s", error->message);
  if (--repair->n_waiting == 0)
    g_task_return_int (task, repair->n_made);
}

static const LfRunSchedule *
find_schedule (GPtrArray *schedules, const char *id)
{
  for (guint i = 0; i < schedules->len; i++)
    if (g_strcmp0 (((LfRunSchedule *) schedules->pdata[i])->id, id) == 0)
      return schedules->pdata[i];
  return NULL;
}

/* A spec that names no time zone is as good with that of the machine that saved it. */
static void
take_zone (LfRunSchedule *own, const LfSpec *spec, const LfRunSchedule *there)
{
  const char *zone = spec->schedule->time_zone;

  if (zone == NULL || *zone == '\0')
    lf_set_string (&own->time_zone, there->time_zone);
}

/* What @spec is to have in the store and has not; NULL: all is well. What was switched off is found
 * when it is due. */
static LfRunSchedule *
find_missing (const Repair *repair, const LfSpec *spec)
{
  g_autoptr (LfRunSchedule) own = lf_run_schedule_of_spec (spec);
  const LfRunSchedule *there = own != NULL ? find_schedule (repair->schedules, own->id) : NULL;

  if (own == NULL || !own->enabled)
    return NULL;
  if (there != NULL)
    {
      take_zone (own, spec, there);
      own->last_run_at = there->last_run_at;
      if (lf_run_schedule_is_same (own, there))
        return NULL;
    }
  return g_steal_pointer (&own);
}

static void
specs_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Repair *repair = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) specs = lf_store_list_specs_finish (LF_STORE (source), result, &error);

  if (specs == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  for (guint i = 0; i < specs->len; i++)
    {
      g_autoptr (LfRunSchedule) missing = find_missing (repair, specs->pdata[i]);

      if (missing == NULL)
        continue;
      repair->n_waiting++;
      lf_store_save_schedule_async (LF_STORE (source), missing, g_task_get_cancellable (task),
                                    made_cb, g_object_ref (task));
    }
  if (repair->n_waiting == 0)
    g_task_return_int (task, 0);
}

/* The specs come last: whoever saves one meanwhile is not written over with what it was. */
static void
schedules_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;
  GPtrArray *schedules = lf_store_list_schedules_finish (LF_STORE (source), result, &error);
  Repair *repair;

  if (schedules == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  repair = g_new0 (Repair, 1);
  repair->schedules = schedules;
  g_task_set_task_data (task, repair, (GDestroyNotify) repair_free);
  lf_store_list_specs_async (LF_STORE (source), cancellable, specs_listed_cb,
                             g_steal_pointer (&task));
}

void
lf_schedules_repair_async (LfStore *store,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, lf_schedules_repair_async);
  lf_store_list_schedules_async (store, cancellable, schedules_listed_cb, task);
}

gssize
lf_schedules_repair_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_int (G_TASK (result), error);
}
