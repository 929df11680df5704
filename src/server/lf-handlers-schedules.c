#include "config.h"

#include "lf-handlers.h"

#include "lf-answers.h"
#include "lf-error.h"
#include "lf-http-error.h"
#include "lf-schedules.h"
#include "lf-server-private.h"
#include "lf-time.h"

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfCall) call = user_data;
  GError *error = NULL;
  g_autoptr (GPtrArray) schedules =
      lf_store_list_schedules_finish (LF_STORE (source), result, &error);
  GPtrArray *items;

  if (schedules == NULL)
    {
      lf_call_fail (call, error);
      return;
    }
  items = g_ptr_array_new ();
  for (guint i = 0; i < schedules->len; i++)
    g_ptr_array_add (items, lf_record_to_json (schedules->pdata[i]));
  lf_call_answer_json (call, 200, lf_answer_page (items, NULL));
}

void
lf_handle_schedules_list (LfCall *call)
{
  lf_store_list_schedules_async (call->server->store, NULL, listed_cb, lf_call_ref (call));
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfCall) call = user_data;
  GError *error = NULL;
  g_autoptr (LfRunSchedule) schedule =
      lf_store_save_schedule_finish (LF_STORE (source), result, &error);
  g_autofree char *place = NULL;

  if (schedule == NULL)
    {
      lf_call_fail (call, error);
      return;
    }
  place = g_strconcat ("/api/schedules/", schedule->id, NULL);
  lf_call_set_header (call, "Location", place);
  _lf_server_tell_change (call->server);
  lf_call_answer_json (call, 201, lf_record_to_json (schedule));
}

/* What the body says, without what only the store and the scheduler may say. */
static LfRunSchedule *
read_schedule (LfCall *call, GError **error)
{
  g_autoptr (LfRunSchedule) schedule = NULL;
  g_autoptr (LfCron) cron = NULL;

  if (call->body == NULL)
    {
      g_set_error_literal (error, LF_HTTP_ERROR, 400, "a schedule is missing: the body is empty");
      return NULL;
    }
  schedule = lf_record_from_json (&lf_run_schedule_type, call->body, "", error);
  if (schedule == NULL)
    return NULL;
  if (schedule->spec_id == NULL || schedule->cron == NULL)
    {
      g_set_error (error, LF_ERROR, LF_ERROR_VALUE, "/%s: this is missing",
                   schedule->spec_id == NULL ? "specId" : "cron");
      return NULL;
    }
  lf_set_string (&schedule->id, NULL);
  schedule->last_run_at = schedule->next_run_at = 0;
  cron = lf_run_schedule_parse (schedule, error);
  if (cron == NULL)
    return NULL;
  lf_run_schedule_plan (schedule, lf_time_now ());
  return g_steal_pointer (&schedule);
}

static void
spec_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfCall) call = user_data;
  GError *error = NULL;
  g_autoptr (LfSpec) spec = lf_store_load_spec_finish (LF_STORE (source), result, &error);
  g_autoptr (LfRunSchedule) schedule = NULL;

  if (spec == NULL && g_error_matches (error, LF_ERROR, LF_ERROR_NOT_FOUND))
    {
      g_error_free (error);
      lf_call_refuse (call, 422, "/specId: there is no such spec");
      return;
    }
  if (spec != NULL && lf_targets_confine (call->server->targets, spec, &error))
    schedule = read_schedule (call, &error);
  if (schedule == NULL)
    lf_call_fail (call, error);
  else
    lf_store_save_schedule_async (LF_STORE (source), schedule, NULL, saved_cb,
                                  g_steal_pointer (&call));
}

void
lf_handle_schedule_add (LfCall *call)
{
  GError *error = NULL;
  g_autoptr (LfRunSchedule) schedule = read_schedule (call, &error);

  if (schedule == NULL)
    lf_call_fail (call, error);
  else
    lf_store_load_spec_async (call->server->store, schedule->spec_id, NULL, spec_loaded_cb,
                              lf_call_ref (call));
}

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfCall) call = user_data;
  GError *error = NULL;

  if (!lf_schedule_remove_finish (result, &error))
    {
      lf_call_fail (call, error);
      return;
    }
  _lf_server_tell_change (call->server);
  lf_call_answer_empty (call, 204);
}

void
lf_handle_schedule_delete (LfCall *call)
{
  lf_schedule_remove_async (call->server->store, call->ids[0], NULL, removed_cb,
                            lf_call_ref (call));
}
