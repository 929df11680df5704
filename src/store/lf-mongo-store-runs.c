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

/* A summary's histograms are most of a run, and no list shows them. */
static void
leave_out_details (bson_t *opts)
{
  BCON_APPEND (opts, "projection", "{", "spec", BCON_INT32 (0), "summary.spec", BCON_INT32 (0),
               "summary.steps", BCON_INT32 (0), "summary.histograms", BCON_INT32 (0), "}");
}

static gpointer
lf_mongo_store_list_runs (LfStore *store, LfStoreCall *call, GError **error)
{
  g_autoptr (bson_t) filter = new_filter (call);
  g_autoptr (bson_t) opts = BCON_NEW ("sort", "{", "_id", BCON_INT32 (-1), "}", "limit",
                                      BCON_INT64 ((gint64) call->limit));

  if (call->brief)
    leave_out_details (opts);
  return _lf_mongo_list (LF_MONGO_STORE (store), "runs", filter, opts, &lf_run_type, "run", error);
}

/* Counts @spec_id once more in @counts; whether it is still among the first @each. */
static gboolean
is_among_first (GHashTable *counts, const char *spec_id, guint each)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, spec_id));

  if (n < each)
    g_hash_table_insert (counts, g_strdup (spec_id), GUINT_TO_POINTER (n + 1));
  return n < each;
}

/* {_id: {$in: [...]}} with the ids of the newest @each runs of every spec. Only ids travel: that a
 * server picks them itself ($topN) takes MongoDB 5.2, and some that speak its protocol never
 * learned it. */
static bson_t *
find_last (LfMongoStore *self, guint each, GError **error)
{
  g_autoptr (mongoc_collection_t) handle = _lf_mongo_get_collection (self, "runs");
  g_autoptr (bson_t) all = bson_new ();
  g_autoptr (bson_t) opts = BCON_NEW ("sort", "{", "_id", BCON_INT32 (-1), "}", "projection", "{",
                                      "specId", BCON_INT32 (1), "}");
  g_autoptr (mongoc_cursor_t) cursor = mongoc_collection_find_with_opts (handle, all, opts, NULL);
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (bson_t) filter = bson_new ();
  const bson_t *document;
  bson_error_t cause;
  bson_t condition, ids;
  guint n = 0;

  bson_append_document_begin (filter, "_id", -1, &condition);
  bson_append_array_begin (&condition, "$in", -1, &ids);
  while (mongoc_cursor_next (cursor, &document))
    {
      g_autofree char *spec_id = _lf_bson_find_id (document, "specId");
      g_autofree char *id = _lf_bson_get_id (document);
      g_autofree char *key = g_strdup_printf ("%u", n);

      if (spec_id == NULL || !is_among_first (counts, spec_id, each))
        continue;
      _lf_bson_append_id (&ids, key, id);
      n++;
    }
  bson_append_array_end (&condition, &ids);
  bson_append_document_end (filter, &condition);
  if (!mongoc_cursor_error (cursor, &cause))
    return g_steal_pointer (&filter);
  _lf_mongo_fail (&cause, error);
  return NULL;
}

/* Keeps the first @each of every spec. */
static void
keep_first (GPtrArray *runs, guint each)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (lf_record_free);

  g_ptr_array_extend_and_steal (all, g_ptr_array_ref (runs));
  for (guint i = 0; i < all->len; i++)
    {
      const LfRun *run = all->pdata[i];

      if (run->spec_id != NULL && is_among_first (counts, run->spec_id, each))
        g_ptr_array_add (runs, g_steal_pointer (&all->pdata[i]));
    }
}

/* A server that reads all runs for any of them is asked once. */
static gpointer
lf_mongo_store_list_last_runs (LfStore *store, LfStoreCall *call, GError **error)
{
  LfMongoStore *self = LF_MONGO_STORE (store);
  g_autoptr (bson_t) filter =
      self->reads_whole ? bson_new () : find_last (self, call->limit, error);
  g_autoptr (bson_t) opts = BCON_NEW ("sort", "{", "_id", BCON_INT32 (-1), "}");
  GPtrArray *runs;

  if (!filter)
    return NULL;
  leave_out_details (opts);
  runs = _lf_mongo_list (self, "runs", filter, opts, &lf_run_type, "run", error);
  if (runs && self->reads_whole)
    keep_first (runs, call->limit);
  return runs;
}

/* The run goes first: what a crash in between leaves of its samples and lines belongs to no run
 * that can be asked for, and goes when the id is deleted again. */
static gpointer
lf_mongo_store_delete_run (LfStore *store, LfStoreCall *call, GError **error)
{
  LfMongoStore *self = LF_MONGO_STORE (store);
  g_autoptr (bson_t) filter = _lf_mongo_by_id (call->id);
  gint64 deleted = _lf_mongo_delete (self, "runs", filter, error);

  if (deleted < 0 || !_lf_mongo_delete_series (self, "samples", call->id, error) ||
      !_lf_mongo_delete_series (self, "logs", call->id, error))
    return NULL;
  return deleted > 0 ? LF_STORE_DONE : _lf_store_not_found ("run", call->id, error);
}

/* What the documents of @collection that match take, by the server's own count. */
static gint64
sum_sizes (LfMongoStore *self, const char *collection, const bson_t *filter)
{
  g_autoptr (mongoc_collection_t) handle = _lf_mongo_get_collection (self, collection);
  g_autoptr (bson_t) pipeline =
      BCON_NEW ("pipeline", "[", "{", "$match", BCON_DOCUMENT (filter), "}", "{", "$group", "{",
                "_id", BCON_NULL, "bytes", "{", "$sum", "{", "$bsonSize", BCON_UTF8 ("$$ROOT"), "}",
                "}", "}", "}", "]");
  g_autoptr (mongoc_cursor_t) cursor =
      mongoc_collection_aggregate (handle, MONGOC_QUERY_NONE, pipeline, NULL, NULL);
  const bson_t *document;
  bson_iter_t iter;

  if (mongoc_cursor_next (cursor, &document))
    return bson_iter_init_find (&iter, document, "bytes") ? (gint64) bson_iter_as_double (&iter)
                                                          : -1;
  return mongoc_cursor_error (cursor, NULL) ? -1 : 0;
}

static gboolean
measure_runs (LfMongoStore *self, const bson_t *filter, gint64 *bytes, GError **error)
{
  g_autoptr (mongoc_collection_t) handle = _lf_mongo_get_collection (self, "runs");
  g_autoptr (bson_t) opts = BCON_NEW ("projection", "{", "_id", BCON_INT32 (1), "}");
  g_autoptr (mongoc_cursor_t) cursor =
      mongoc_collection_find_with_opts (handle, filter, opts, NULL);
  gint64 of_sample = _lf_mongo_get_mean_size (self, "samples");
  gint64 of_line = _lf_mongo_get_mean_size (self, "logs");
  const bson_t *document;
  bson_error_t cause;

  *bytes = sum_sizes (self, "runs", filter);
  while (*bytes >= 0 && mongoc_cursor_next (cursor, &document))
    {
      g_autofree char *id = _lf_bson_get_id (document);

      *bytes += _lf_mongo_measure_series (self, "samples", id, of_sample) +
                _lf_mongo_measure_series (self, "logs", id, of_line);
    }
  return !mongoc_cursor_error (cursor, &cause) || _lf_mongo_fail (&cause, error);
}

static gpointer
lf_mongo_store_measure (LfStore *store, LfStoreCall *call, GError **error)
{
  LfMongoStore *self = LF_MONGO_STORE (store);
  g_autoptr (bson_t) filter = bson_new ();
  g_autoptr (bson_t) stats = BCON_NEW ("dbStats", BCON_INT32 (1));
  g_autofree LfStoreUsage *usage = g_new0 (LfStoreUsage, 1);

  _lf_bson_append_id (filter, "specId", call->id);
  if (!measure_runs (self, filter, &usage->runs, error))
    return NULL;
  usage->total = _lf_mongo_ask_number (self, stats, "storageSize");
  return g_steal_pointer (&usage);
}

void
_lf_mongo_runs_class_init (LfStoreClass *klass)
{
  klass->save_run = lf_mongo_store_save_run;
  klass->load_run = lf_mongo_store_load_run;
  klass->list_runs = lf_mongo_store_list_runs;
  klass->list_last_runs = lf_mongo_store_list_last_runs;
  klass->delete_run = lf_mongo_store_delete_run;
  klass->measure = lf_mongo_store_measure;
}
