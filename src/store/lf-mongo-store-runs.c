#include "config.h"

#include "lf-mongo-store-private.h"

gboolean
_lf_mongo_has_run (LfMongoStore *self, const char *id, GError **error)
{
  g_autoptr (bson_t) filter = _lf_mongo_by_id (id);
  g_autoptr (bson_t) opts = BCON_NEW ("projection", "{", "_id", BCON_INT32 (1), "}");
  LfMongoFound found = _lf_mongo_find_one (self, "runs", filter, opts, NULL, error);

  if (found == LF_MONGO_MISSING)
    _lf_store_not_found ("run", id, error);
  return found == LF_MONGO_FOUND;
}

static gpointer
lf_mongo_store_save_run (LfStore *store, LfStoreCall *call, GError **error)
{
  LfRun *run = call->record;
  g_autoptr (bson_t) filter = NULL;
  g_autoptr (bson_t) document = NULL;

  if (!_lf_store_check_run (run, error))
    return NULL;
  /* It is asked for by this field, which a document leaves out where it is the first word. */
  lf_record_set_present (run, G_STRUCT_OFFSET (LfRun, status), TRUE);
  filter = _lf_mongo_by_id (run->id);
  document = _lf_bson_from_record (run, error);
  if (!document || !_lf_mongo_put (LF_MONGO_STORE (store), "runs", filter, document, error))
    return NULL;
  return LF_STORE_DONE;
}

static gpointer
lf_mongo_store_load_run (LfStore *store, LfStoreCall *call, GError **error)
{
  return _lf_mongo_load (LF_MONGO_STORE (store), "runs", call->id, &lf_run_type, "run", error);
}

static bson_t *
new_filter (const LfStoreCall *call)
{
  bson_t *filter = bson_new ();
  bson_t before;

  if (call->id)
    _lf_bson_append_id (filter, "specId", call->id);
  if (call->active)
    BCON_APPEND (filter, "status", "{", "$in", "[", BCON_UTF8 ("pending"), BCON_UTF8 ("running"),
                 BCON_UTF8 ("paused"), BCON_UTF8 ("stopping"), "]", "}");
  if (call->before_id)
    {
      bson_append_document_begin (filter, "_id", -1, &before);
      _lf_bson_append_id (&before, "$lt", call->before_id);
      bson_append_document_end (filter, &before);
    }
  return filter;
}

static gpointer
lf_mongo_store_list_runs (LfStore *store, LfStoreCall *call, GError **error)
{
  g_autoptr (bson_t) filter = new_filter (call);
  g_autoptr (bson_t) opts = BCON_NEW ("sort", "{", "_id", BCON_INT32 (-1), "}", "limit",
                                      BCON_INT64 ((gint64) call->limit));

  return _lf_mongo_list (LF_MONGO_STORE (store), "runs", filter, opts, &lf_run_type, "run", error);
}

/* The run goes first: what a crash in between leaves of its samples and lines belongs to no run
 * that can be asked for, and goes when the id is deleted again. */
static gpointer
lf_mongo_store_delete_run (LfStore *store, LfStoreCall *call, GError **error)
{
  LfMongoStore *self = LF_MONGO_STORE (store);
  g_autoptr (bson_t) filter = _lf_mongo_by_id (call->id);
  g_autoptr (bson_t) owned = _lf_mongo_by_owner (call->id, NULL);
  gint64 deleted = _lf_mongo_delete (self, "runs", filter, error);

  if (deleted < 0 || _lf_mongo_delete (self, "samples", owned, error) < 0 ||
      _lf_mongo_delete (self, "logs", owned, error) < 0)
    return NULL;
  return deleted > 0 ? LF_STORE_DONE : _lf_store_not_found ("run", call->id, error);
}

void
_lf_mongo_runs_class_init (LfStoreClass *klass)
{
  klass->save_run = lf_mongo_store_save_run;
  klass->load_run = lf_mongo_store_load_run;
  klass->list_runs = lf_mongo_store_list_runs;
  klass->delete_run = lf_mongo_store_delete_run;
}
