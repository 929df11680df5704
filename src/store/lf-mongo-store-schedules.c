#include "config.h"

#include "lf-mongo-store-private.h"

#include "lf-time.h"

/*
 * A time of a schedule is claimed by inserting {_id: "SCHEDULE:TIME", token} into claims, which one
 * alone can do on every server that keeps _id unique; then the schedule is put forward. Who finds
 * its own token there has the time: an answer got lost. Who finds a time claimed a while ago but
 * still waited for (its claimer died in between) puts the schedule forward, without a run.
 */
#define CLAIM_KEPT ((gint64) 86400 * 1000) /* ms: longer than anybody is late */

static gpointer
lf_mongo_store_put_schedule (LfStore *store, LfStoreCall *call, GError **error)
{
  const LfRunSchedule *schedule = call->record;
  g_autoptr (bson_t) filter = _lf_mongo_by_id (schedule->id);
  g_autoptr (bson_t) document = _lf_bson_from_record (schedule, error);

  if (document == NULL ||
      !_lf_mongo_put (LF_MONGO_STORE (store), "schedules", filter, document, error))
    return NULL;
  return LF_STORE_DONE;
}

static gpointer
lf_mongo_store_load_schedule (LfStore *store, LfStoreCall *call, GError **error)
{
  return _lf_mongo_load (LF_MONGO_STORE (store), "schedules", call->id, &lf_run_schedule_type,
                         "schedule", error);
}

static gpointer
lf_mongo_store_list_schedules (LfStore *store, LfStoreCall *call, GError **error)
{
  g_autoptr (bson_t) all = bson_new ();
  g_autoptr (bson_t) opts = BCON_NEW ("sort", "{", "_id", BCON_INT32 (1), "}");

  return _lf_mongo_list (LF_MONGO_STORE (store), "schedules", all, opts, &lf_run_schedule_type,
                         "schedule", error);
}

static gpointer
lf_mongo_store_delete_schedule (LfStore *store, LfStoreCall *call, GError **error)
{
  return _lf_mongo_delete_with_claims (LF_MONGO_STORE (store), "schedules", "claims", call->id,
                                       "schedule", error);
}

static bson_t *
new_update (const LfStoreCall *call, gboolean runs)
{
  if (!runs)
    return BCON_NEW ("$set", "{", "nextRunAt", BCON_DATE_TIME (call->next), "}");
  return BCON_NEW ("$set", "{", "nextRunAt", BCON_DATE_TIME (call->next), "lastRunAt",
                   BCON_DATE_TIME (call->due), "}");
}

/* Puts the schedule forward where it still waits for what is due, or was put forward by who @lost
 * the claim: how many were put, or -1. */
static gint64
put_forward (LfMongoStore *self, const LfStoreCall *call, gboolean lost, GError **error)
{
  g_autoptr (mongoc_collection_t) schedules = _lf_mongo_get_collection (self, "schedules");
  g_autoptr (bson_t) filter = _lf_mongo_by_id (call->id);
  g_autoptr (bson_t) update = new_update (call, call->runs && !lost);
  bson_error_t cause;
  bson_iter_t iter;
  gint64 matched = -1;
  bson_t reply;

  BCON_APPEND (filter, "nextRunAt", "{", "$in", "[", BCON_DATE_TIME (call->due),
               BCON_DATE_TIME (lost ? call->due : call->next), "]", "}");
  if (!mongoc_collection_update_one (schedules, filter, update, NULL, &reply, &cause))
    _lf_mongo_fail (&cause, error);
  else if (bson_iter_init_find (&iter, &reply, "matchedCount"))
    matched = bson_iter_as_int64 (&iter);
  else
    matched = 0;
  bson_destroy (&reply);
  return matched;
}

/* Puts the schedule forward where who holds @claim should have done so by now. */
static gboolean
take_over (LfMongoStore *self, const LfStoreCall *call, const bson_t *claim, GError **error)
{
  return claim == NULL || !_lf_mongo_is_left (claim) || put_forward (self, call, TRUE, error) >= 0;
}

static gboolean
has_token (const bson_t *claim, const char *token)
{
  bson_iter_t iter;

  return bson_iter_init_find (&iter, claim, "token") && BSON_ITER_HOLDS_UTF8 (&iter) &&
         g_strcmp0 (bson_iter_utf8 (&iter, NULL), token) == 0;
}

/* Whether the claim @id, which stands there, is the call's own. */
static gboolean
find_claim (LfMongoStore *self, const LfStoreCall *call, const char *id, GError **error)
{
  g_autoptr (bson_t) filter = _lf_mongo_by_id (id);
  g_autoptr (bson_t) claim = NULL;

  if (_lf_mongo_find_one (self, "claims", filter, NULL, &claim, error) == LF_MONGO_FAILED)
    return FALSE;
  if (claim != NULL && has_token (claim, call->token))
    return TRUE;
  if (take_over (self, call, claim, error))
    _lf_store_claimed (error);
  return FALSE;
}

/* *@found: the claim stood there already. */
static gboolean
insert_claim (LfMongoStore *self, const LfStoreCall *call, gboolean *found, GError **error)
{
  g_autofree char *id = g_strdup_printf ("%s:%" G_GINT64_FORMAT, call->id, call->due);
  g_autoptr (bson_t) claim =
      BCON_NEW ("_id", BCON_UTF8 (id), "claimedAt", BCON_DATE_TIME (lf_time_now ()), "token",
                BCON_UTF8 (call->token));
  GError *cause = NULL;

  if (_lf_mongo_insert (self, "claims", claim, &cause))
    return TRUE;
  if (!g_error_matches (cause, LF_ERROR, LF_ERROR_CONFLICT))
    {
      g_propagate_error (error, cause);
      return FALSE;
    }
  g_error_free (cause);
  *found = TRUE;
  return find_claim (self, call, id, error);
}

/* They are in nobody's way: what stays now goes with the next claim. */
static void
delete_old_claims (LfMongoStore *self, const char *schedule_id)
{
  g_autoptr (bson_t) old = _lf_mongo_by_owner (schedule_id, NULL);
  g_autoptr (GError) error = NULL;

  BCON_APPEND (old, "claimedAt", "{", "$lt", BCON_DATE_TIME (lf_time_now () - CLAIM_KEPT), "}");
  if (_lf_mongo_delete (self, "claims", old, &error) < 0)
    g_debug ("%s", error->message);
}

static gpointer
lf_mongo_store_claim_schedule (LfStore *store, LfStoreCall *call, GError **error)
{
  LfMongoStore *self = LF_MONGO_STORE (store);
  gboolean found = FALSE;
  gint64 put;

  if (!insert_claim (self, call, &found, error))
    return NULL;
  put = put_forward (self, call, FALSE, error);
  if (put < 0)
    return NULL;
  delete_old_claims (self, call->id);
  /* A schedule that was put forward since the answer got lost waits for another time. */
  return put > 0 || found ? LF_STORE_DONE : _lf_store_claimed (error);
}

void
_lf_mongo_schedules_class_init (LfStoreClass *klass)
{
  klass->put_schedule = lf_mongo_store_put_schedule;
  klass->load_schedule = lf_mongo_store_load_schedule;
  klass->list_schedules = lf_mongo_store_list_schedules;
  klass->delete_schedule = lf_mongo_store_delete_schedule;
  klass->claim_schedule = lf_mongo_store_claim_schedule;
}
