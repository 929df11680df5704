#include "config.h"

#include "lf-handlers.h"

#include "lf-answers.h"
#include "lf-error.h"
#include "lf-http-error.h"
#include "lf-route.h"
#include "lf-server-private.h"

#define KEY_LENGTH 200

static void
answer_started (LfCall *call, const LfRun *run)
{
  g_autofree char *place = g_strconcat ("/api/runs/", run->id, NULL);

  lf_call_set_header (call, "Location", place);
  lf_call_answer_json (call, 202, lf_answer_run (run));
}

/* Remembers what came of a request with a key; @run_id: NULL where nothing did. */
static void
settle (LfCall *call, const char *run_id)
{
  if (call->once != NULL)
    lf_once_settle (call->server->once, call->access.token_id, call->once, run_id);
  g_clear_pointer (&call->once, g_free);
}

static void
fail_start (LfCall *call, GError *error)
{
  settle (call, NULL);
  lf_call_fail (call, error);
}

static void
started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfCall) call = user_data;
  GError *error = NULL;
  g_autoptr (LfRun) run = lf_run_desk_finish (result, &error);

  if (run == NULL)
    {
      fail_start (call, error);
      return;
    }
  settle (call, run->id);
  answer_started (call, run);
}

static void
start_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfCall) call = user_data;
  GError *error = NULL;
  g_autoptr (LfSpec) spec = lf_store_load_spec_finish (LF_STORE (source), result, &error);
  g_autoptr (GPtrArray) problems = NULL;

  if (spec == NULL || !lf_targets_confine (call->server->targets, spec, &error))
    {
      fail_start (call, error);
      return;
    }
  problems = lf_spec_validate (spec);
  if (problems->len == 0)
    {
      g_autofree char *who = lf_call_describe_client (call);

      lf_run_desk_start_async (call->server->desk, spec, who, started_cb, lf_call_ref (call));
      return;
    }
  settle (call, NULL);
  lf_call_refuse_at (call, 422, problems);
}

static void
again_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfCall) call = user_data;
  GError *error = NULL;
  g_autoptr (LfRun) run = lf_store_load_run_finish (LF_STORE (source), result, &error);

  if (run != NULL)
    answer_started (call, run);
  else
    lf_call_fail (call, error);
}

/* The answer that the first request with this key got. */
static void
answer_again (LfCall *call, const char *run_id)
{
  LfRoom *room = lf_rooms_find_live (call->server->rooms, run_id);

  if (room != NULL)
    answer_started (call, room->run);
  else
    lf_store_load_run_async (call->server->store, run_id, NULL, again_cb, lf_call_ref (call));
}

/* Whether the request is to be carried out; else it has its answer. */
static gboolean
begin_once (LfCall *call)
{
  const char *key = lf_call_get_header (call, "Idempotency-Key");
  const char *run_id = NULL;

  if (key == NULL)
    return TRUE;
  if (*key == '\0' || strlen (key) > KEY_LENGTH)
    {
      lf_call_refuse (call, 400, "an Idempotency-Key has 1 to 200 characters");
      return FALSE;
    }
  switch (lf_once_begin (call->server->once, call->access.token_id, key, call->ids[0], &run_id))
    {
    case LF_ONCE_PENDING:
      lf_call_refuse (call, 409, "the first request with this Idempotency-Key is under way");
      return FALSE;
    case LF_ONCE_DONE:
      answer_again (call, run_id);
      return FALSE;
    case LF_ONCE_OTHER:
      lf_call_refuse (call, 422, "this Idempotency-Key was used for another spec");
      return FALSE;
    case LF_ONCE_NEW:
    default:
      call->once = g_strdup (key);
      return TRUE;
    }
}

void
lf_handle_run_start (LfCall *call)
{
  if (g_atomic_int_get (&call->server->closing))
    lf_call_refuse (call, 503, "the server is about to end");
  else if (begin_once (call))
    lf_store_load_spec_async (call->server->store, call->ids[0], NULL, start_cb,
                              lf_call_ref (call));
}

/* As it stands now, where it goes on here. */
static const LfRun *
newest (LfCall *call, const LfRun *run)
{
  LfRoom *room = lf_rooms_find_live (call->server->rooms, run->id);

  return room != NULL ? room->run : run;
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfCall) call = user_data;
  GError *error = NULL;
  g_autoptr (GPtrArray) runs = lf_store_list_runs_finish (LF_STORE (source), result, &error);
  guint limit = (guint) lf_call_get_number (call, "limit", 50);
  GPtrArray *items;

  if (runs == NULL)
    {
      lf_call_fail (call, error);
      return;
    }
  items = g_ptr_array_new ();
  for (guint i = 0; i < MIN (runs->len, limit); i++)
    g_ptr_array_add (items, lf_answer_run_brief (newest (call, runs->pdata[i])));
  lf_call_answer_json (
      call, 200,
      lf_answer_page (items, runs->len > limit ? ((LfRun *) runs->pdata[limit - 1])->id : NULL));
}

/* One more than asked for tells whether there are more. */
void
lf_handle_runs_list (LfCall *call)
{
  LfRunQuery query = { .spec_id = lf_call_get_query (call, "specId"),
                       .active = g_strcmp0 (lf_call_get_query (call, "active"), "true") == 0,
                       .limit = (guint) lf_call_get_number (call, "limit", 50) + 1,
                       .before_id = lf_call_get_query (call, "cursor"),
                       .brief = TRUE };

  lf_store_list_runs_async (call->server->store, &query, NULL, listed_cb, lf_call_ref (call));
}

static void
shown_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfCall) call = user_data;
  GError *error = NULL;
  g_autoptr (LfRun) run = lf_store_load_run_finish (LF_STORE (source), result, &error);

  if (run != NULL)
    lf_call_answer_json (call, 200, lf_answer_run (run));
  else
    lf_call_fail (call, error);
}

void
lf_handle_run_show (LfCall *call)
{
  LfRoom *room = lf_rooms_find_live (call->server->rooms, call->ids[0]);

  if (room != NULL)
    lf_call_answer_json (call, 200, lf_answer_run (room->run));
  else
    lf_store_load_run_async (call->server->store, call->ids[0], NULL, shown_cb, lf_call_ref (call));
}

static gboolean
read_status (JsonNode *node, LfRunChange *change, GError **error)
{
  const char *word = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;

  change->pause = g_strcmp0 (word, "paused") == 0;
  change->resume = g_strcmp0 (word, "running") == 0;
  change->stop = g_strcmp0 (word, "stopping") == 0;
  if (change->pause || change->resume || change->stop)
    return TRUE;
  g_set_error_literal (error, LF_ERROR, LF_ERROR_VALUE,
                       "/status: one of paused, running, stopping");
  return FALSE;
}

static gboolean
read_level (const char *name, JsonNode *node, LfRunChange *change, GError **error)
{
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;
  gboolean is_users = strcmp (name, "users") == 0;
  double number = type == G_TYPE_INT64 || type == G_TYPE_DOUBLE ? json_node_get_double (node) : -1;

  if (number < 0 || number > 1e9 || (is_users && (type != G_TYPE_INT64 || number > 1e6)))
    {
      g_set_error (error, LF_ERROR, LF_ERROR_VALUE, "/%s: %s", name,
                   is_users ? "a whole number from 0 to 1000000" : "a number from 0 to 1e9");
      return FALSE;
    }
  if (is_users)
    change->users = (gint64) number;
  else
    change->rate = number;
  return TRUE;
}

static gboolean
read_change (JsonNode *body, LfRunChange *change, GError **error)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (body == NULL || !JSON_NODE_HOLDS_OBJECT (body) ||
      json_object_get_size (json_node_get_object (body)) == 0)
    {
      g_set_error_literal (error, LF_HTTP_ERROR, 400,
                           "the body has to say what changes: status, users or rate");
      return FALSE;
    }
  json_object_iter_init (&iter, json_node_get_object (body));
  while (json_object_iter_next (&iter, &name, &node))
    {
      if (strcmp (name, "status") == 0 && !read_status (node, change, error))
        return FALSE;
      if ((strcmp (name, "users") == 0 || strcmp (name, "rate") == 0) &&
          !read_level (name, node, change, error))
        return FALSE;
      if (strcmp (name, "status") != 0 && strcmp (name, "users") != 0 && strcmp (name, "rate") != 0)
        {
          g_set_error (error, LF_ERROR, LF_ERROR_VALUE,
                       "/%s: only status, users and rate can be changed", name);
          return FALSE;
        }
    }
  return TRUE;
}

static void
ended_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfCall) call = user_data;
  GError *error = NULL;
  g_autoptr (LfRun) run = lf_store_load_run_finish (LF_STORE (source), result, &error);

  if (run == NULL)
    lf_call_fail (call, error);
  else if (lf_run_is_active (run))
    lf_call_refuse (call, 409, "the run goes on in another program: steer it there");
  else
    lf_call_refuse (call, 409, "the run has ended; ?purge=true removes it");
}

/* Why a run that does not go on here cannot be steered. */
static void
explain (LfCall *call)
{
  lf_store_load_run_async (call->server->store, call->ids[0], NULL, ended_loaded_cb,
                           lf_call_ref (call));
}

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfCall) call = user_data;
  GError *error = NULL;
  g_autoptr (LfRun) run = lf_run_desk_finish (result, &error);

  if (run != NULL && strcmp (call->route->method, "DELETE") == 0)
    lf_call_answer_empty (call, 204);
  else if (run != NULL)
    lf_call_answer_json (call, 200, lf_answer_run (run));
  else if (g_error_matches (error, LF_ERROR, LF_ERROR_NOT_FOUND))
    {
      g_error_free (error);
      explain (call);
    }
  else
    lf_call_fail (call, error);
}

void
lf_handle_run_change (LfCall *call)
{
  LfRunChange change = { .users = -1, .rate = -1 };
  g_autofree char *who = lf_call_describe_client (call);
  GError *error = NULL;

  if (read_change (call->body, &change, &error))
    lf_run_desk_change_async (call->server->desk, call->ids[0], &change, who, changed_cb,
                              lf_call_ref (call));
  else
    lf_call_fail (call, error);
}

static void
purged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfCall) call = user_data;
  GError *error = NULL;

  if (lf_store_delete_run_finish (LF_STORE (source), result, &error))
    {
      lf_rooms_forget (call->server->rooms, call->ids[0]);
      lf_call_answer_empty (call, 204);
    }
  else
    lf_call_fail (call, error);
}

static void
purge_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfCall) call = user_data;
  GError *error = NULL;
  g_autoptr (LfRun) run = lf_store_load_run_finish (LF_STORE (source), result, &error);

  if (run == NULL)
    lf_call_fail (call, error);
  else if (lf_run_is_active (run) || lf_rooms_find_live (call->server->rooms, run->id) != NULL)
    lf_call_refuse (call, 409, "the run goes on or is being kept; stop it before it is removed");
  else
    lf_store_delete_run_async (LF_STORE (source), run->id, NULL, purged_cb,
                               g_steal_pointer (&call));
}

void
lf_handle_run_delete (LfCall *call)
{
  LfRunChange change = { .stop = TRUE, .users = -1, .rate = -1 };
  g_autofree char *who = lf_call_describe_client (call);

  if (g_strcmp0 (lf_call_get_query (call, "purge"), "true") == 0)
    lf_store_load_run_async (call->server->store, call->ids[0], NULL, purge_cb, lf_call_ref (call));
  else
    lf_run_desk_change_async (call->server->desk, call->ids[0], &change, who, changed_cb,
                              lf_call_ref (call));
}
