#include "config.h"

#include "lf-mongo-store-private.h"

/*
 * Samples and log lines: what a run writes while it goes on. Both can be written again after an
 * answer was lost without standing there twice: a sample is added to its bucket where it is not in
 * it yet, a line replaces the line of its computed id.
 */

typedef gboolean (*AddRecord) (mongoc_bulk_operation_t *bulk,
                               const char *run_id,
                               gconstpointer record,
                               GError **error);

/* A bucket is a minute of one step: far below what a document may have, however many steps. Ids
 * sort by the minute and then with the total first. */
static bson_t *
by_bucket (const char *run_id, const LfSample *sample)
{
  g_autofree char *minute = _lf_store_get_bucket_id (run_id, _lf_store_get_minute (sample));
  g_autofree char *id = g_strdup_printf ("%s:%06" G_GINT64_FORMAT, minute, sample->step + 1);

  return BCON_NEW ("_id", BCON_UTF8 (id));
}

static gboolean
add_sample (mongoc_bulk_operation_t *bulk, const char *run_id, gconstpointer record, GError **error)
{
  const LfSample *sample = record;
  g_autoptr (bson_t) filter = by_bucket (run_id, sample);
  g_autoptr (bson_t) opts = BCON_NEW ("upsert", BCON_BOOL (true));
  g_autoptr (bson_t) document = _lf_bson_from_record (sample, error);
  g_autoptr (bson_t) bucket = bson_new ();
  g_autoptr (bson_t) update = NULL;
  bson_error_t cause;

  if (!document)
    return FALSE;
  _lf_bson_append_id (bucket, "runId", run_id);
  bson_append_int64 (bucket, "step", -1, sample->step);
  update = BCON_NEW ("$addToSet", "{", "samples", BCON_DOCUMENT (document), "}", "$setOnInsert",
                     BCON_DOCUMENT (bucket));
  return mongoc_bulk_operation_update_one_with_opts (bulk, filter, update, opts, &cause) ||
         _lf_mongo_fail (&cause, error);
}

static mongoc_bulk_operation_t *
new_bulk (LfMongoStore *self, const char *name)
{
  g_autoptr (mongoc_collection_t) collection = _lf_mongo_get_collection (self, name);

  return mongoc_collection_create_bulk_operation_with_opts (collection, NULL);
}

/* Carries out @bulk where it was filled @well, and frees it. */
static gboolean
end_bulk (mongoc_bulk_operation_t *bulk, gboolean well, GError **error)
{
  bson_error_t cause;

  if (well && mongoc_bulk_operation_execute (bulk, NULL, &cause) == 0)
    well = _lf_mongo_fail (&cause, error);
  mongoc_bulk_operation_destroy (bulk);
  return well;
}

/* Adds each record of the call to @collection by @add, in one exchange. */
static gpointer
append (LfMongoStore *self,
        LfStoreCall *call,
        const char *collection,
        AddRecord add,
        GError **error)
{
  mongoc_bulk_operation_t *bulk;
  gboolean well = TRUE;

  if (!_lf_mongo_has_run (self, call->id, error))
    return NULL;
  if (call->records->len == 0) /* the driver refuses to do nothing */
    return LF_STORE_DONE;
  bulk = new_bulk (self, collection);
  for (guint i = 0; well && i < call->records->len; i++)
    well = add (bulk, call->id, call->records->pdata[i], error);
  return end_bulk (bulk, well, error) ? LF_STORE_DONE : NULL;
}

static gpointer
lf_mongo_store_append_samples (LfStore *store, LfStoreCall *call, GError **error)
{
  return append (LF_MONGO_STORE (store), call, "samples", add_sample, error);
}

static void
read_bucket (LfMongoStore *self, const bson_t *bucket, GPtrArray *samples)
{
  g_autofree char *id = _lf_bson_get_id (bucket);
  bson_iter_t iter, elements;

  if (!bson_iter_init_find (&iter, bucket, "samples") || !BSON_ITER_HOLDS_ARRAY (&iter) ||
      !bson_iter_recurse (&iter, &elements))
    return;
  while (bson_iter_next (&elements))
    {
      GError *cause = NULL;
      const guint8 *data = NULL;
      guint32 length = 0;
      gpointer sample;
      bson_t document;

      if (!BSON_ITER_HOLDS_DOCUMENT (&elements))
        continue;
      bson_iter_document (&elements, &length, &data);
      bson_init_static (&document, data, length);
      sample = _lf_bson_to_record (&lf_sample_type, &document, &cause);
      _lf_store_collect (LF_STORE (self), samples, sample, "sample in", id, cause);
    }
}

static gpointer
lf_mongo_store_list_samples (LfStore *store, LfStoreCall *call, GError **error)
{
  LfMongoStore *self = LF_MONGO_STORE (store);
  g_autoptr (GPtrArray) samples = g_ptr_array_new_with_free_func (lf_record_free);
  g_autoptr (bson_t) filter = _lf_mongo_by_owner (call->id, NULL);
  g_autoptr (bson_t) opts = BCON_NEW ("sort", "{", "_id", BCON_INT32 (1), "}");
  g_autoptr (mongoc_collection_t) collection = _lf_mongo_get_collection (self, "samples");
  g_autoptr (mongoc_cursor_t) cursor = NULL;
  const bson_t *bucket;
  bson_error_t cause;

  if (!_lf_mongo_has_run (self, call->id, error))
    return NULL;
  cursor = mongoc_collection_find_with_opts (collection, filter, opts, NULL);
  while (mongoc_cursor_next (cursor, &bucket))
    read_bucket (self, bucket, samples);
  if (mongoc_cursor_error (cursor, &cause))
    {
      _lf_mongo_fail (&cause, error);
      return NULL;
    }
  _lf_store_sort_samples (samples);
  return g_steal_pointer (&samples);
}

/* Digits enough that the ids of a run's lines sort as their numbers do. */
static char *
get_line_number (gint64 seq)
{
  return g_strdup_printf ("%012" G_GINT64_FORMAT, MAX (seq, 0));
}

static gboolean
add_line (mongoc_bulk_operation_t *bulk, const char *run_id, gconstpointer record, GError **error)
{
  const LfLogLine *line = record;
  g_autofree char *number = get_line_number (line->seq);
  g_autofree char *id = g_strconcat (run_id, ":", number, NULL);
  g_autoptr (bson_t) filter = BCON_NEW ("_id", BCON_UTF8 (id));
  g_autoptr (bson_t) opts = BCON_NEW ("upsert", BCON_BOOL (true));
  g_autoptr (bson_t) document = _lf_bson_from_record (line, error);
  bson_error_t cause;

  return document &&
         (mongoc_bulk_operation_replace_one_with_opts (bulk, filter, document, opts, &cause) ||
          _lf_mongo_fail (&cause, error));
}

static gpointer
lf_mongo_store_append_logs (LfStore *store, LfStoreCall *call, GError **error)
{
  return append (LF_MONGO_STORE (store), call, "logs", add_line, error);
}

static gpointer
lf_mongo_store_list_logs (LfStore *store, LfStoreCall *call, GError **error)
{
  LfMongoStore *self = LF_MONGO_STORE (store);
  g_autofree char *after = get_line_number (call->after);
  g_autoptr (bson_t) filter = _lf_mongo_by_owner (call->id, after);
  g_autoptr (bson_t) opts =
      BCON_NEW ("sort", "{", "_id", BCON_INT32 (1), "}", "limit", BCON_INT64 ((gint64) call->limit),
                "projection", "{", "_id", BCON_INT32 (0), "}");

  if (!_lf_mongo_has_run (self, call->id, error))
    return NULL;
  return _lf_mongo_list (self, "logs", filter, opts, &lf_log_line_type, "log line of", error);
}

void
_lf_mongo_series_class_init (LfStoreClass *klass)
{
  klass->append_samples = lf_mongo_store_append_samples;
  klass->list_samples = lf_mongo_store_list_samples;
  klass->append_logs = lf_mongo_store_append_logs;
  klass->list_logs = lf_mongo_store_list_logs;
}
