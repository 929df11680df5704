#include "config.h"

#include "lf-mongo-store-private.h"

#include <string.h>

/*
 * Samples and log lines: what a run writes while it goes on. Both can be written again after an
 * answer was lost without standing there twice: a sample is added to its bucket where it is not in
 * it yet, a line replaces the line of its computed id.
 */

/* What one exchange carries. FerretDB holds one of 100 connections to its database for each
 * operation of a bulk until all are done, and waits for ever for the next. */
#define MOST_OPERATIONS 50

/* Adds records from index @i on to @bulk in one operation; the index of the first that is left, 0
 * with @error set. */
typedef guint (*AddRecords) (mongoc_bulk_operation_t *bulk,
                             const char *run_id,
                             GPtrArray *records,
                             guint i,
                             GError **error);

/* A bucket is a minute of one step: far below what a document may have, however many steps. Ids
 * sort by the minute and then with the total first. */
static char *
get_bucket_id (const char *run_id, const LfSample *sample)
{
  g_autofree char *minute = _lf_store_get_bucket_id (run_id, _lf_store_get_minute (sample));

  return g_strdup_printf ("%s:%06" G_GINT64_FORMAT, minute, sample->step + 1);
}

static gboolean
is_same_bucket (const LfSample *one, const LfSample *other)
{
  return one->step == other->step && _lf_store_get_minute (one) == _lf_store_get_minute (other);
}

/* Puts the samples from index @i on that share a bucket into the array @elements; the index of the
 * first that does not, 0 with @error set. */
static guint
append_bucket (bson_t *elements, GPtrArray *samples, guint i, GError **error)
{
  guint first = i;

  for (; i < samples->len && is_same_bucket (samples->pdata[first], samples->pdata[i]); i++)
    {
      g_autoptr (bson_t) document = _lf_bson_from_record (samples->pdata[i], error);
      g_autofree char *key = g_strdup_printf ("%u", i - first);

      if (!document)
        return 0;
      bson_append_document (elements, key, -1, document);
    }
  return i;
}

static guint
add_samples (mongoc_bulk_operation_t *bulk,
             const char *run_id,
             GPtrArray *samples,
             guint i,
             GError **error)
{
  const LfSample *first = samples->pdata[i];
  g_autofree char *id = get_bucket_id (run_id, first);
  g_autoptr (bson_t) filter = BCON_NEW ("_id", BCON_UTF8 (id));
  g_autoptr (bson_t) opts = BCON_NEW ("upsert", BCON_BOOL (true));
  g_autoptr (bson_t) elements = bson_new ();
  g_autoptr (bson_t) bucket = bson_new ();
  g_autoptr (bson_t) update = NULL;
  guint next = append_bucket (elements, samples, i, error);
  bson_error_t cause;

  if (next == 0)
    return 0;
  _lf_bson_append_id (bucket, "runId", run_id);
  bson_append_int64 (bucket, "step", -1, first->step);
  update = BCON_NEW ("$addToSet", "{", "samples", "{", "$each", BCON_ARRAY (elements), "}", "}",
                     "$setOnInsert", BCON_DOCUMENT (bucket));
  if (mongoc_bulk_operation_update_one_with_opts (bulk, filter, update, opts, &cause))
    return next;
  _lf_mongo_fail (&cause, error);
  return 0;
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

/* One exchange with the records from index *@i on, which it moves on. */
static gboolean
append_some (LfMongoStore *self,
             LfStoreCall *call,
             const char *collection,
             AddRecords add,
             guint *i,
             GError **error)
{
  mongoc_bulk_operation_t *bulk = new_bulk (self, collection);
  guint next = *i;

  for (guint n = 0; n < MOST_OPERATIONS && next < call->records->len; n++)
    {
      next = add (bulk, call->id, call->records, next, error);
      if (next == 0)
        break;
    }
  *i = next;
  return end_bulk (bulk, next != 0, error);
}

/* Adds the records of the call to @series by @add. */
static gpointer
append (LfMongoStore *self, LfStoreCall *call, const char *series, AddRecords add, GError **error)
{
  g_autofree char *collection = _lf_mongo_get_place (self, series, call->id);

  if (!_lf_mongo_has_run (self, call->id, error))
    return NULL;
  for (guint i = 0; i < call->records->len;)
    if (!append_some (self, call, collection, add, &i, error))
      return NULL;
  return LF_STORE_DONE;
}

static gpointer
lf_mongo_store_append_samples (LfStore *store, LfStoreCall *call, GError **error)
{
  return append (LF_MONGO_STORE (store), call, "samples", add_samples, error);
}

static void
read_bucket (LfMongoStore *self, const LfStoreCall *call, const bson_t *bucket, GPtrArray *samples)
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
      _lf_store_collect_sample (LF_STORE (self), call, samples, sample, id, cause);
    }
}

/* Those of the minutes that may hold what the call asks for. */
static bson_t *
by_minute (const LfStoreCall *call)
{
  const LfSample after = { .t = call->samples.after };
  g_autofree char *minute = NULL;

  if (!call->queries)
    return _lf_mongo_by_owner (call->id, NULL);
  minute = g_strdup_printf ("%08u", _lf_store_get_minute (&after));
  return _lf_mongo_by_owner (call->id, minute);
}

/* Whether @bucket is of another minute than @minute (nullable), which it then is. */
static gboolean
begins_minute (char **minute, const bson_t *bucket)
{
  g_autofree char *id = _lf_bson_get_id (bucket);
  char *step = strrchr (id, ':');
  gboolean begins;

  if (step)
    *step = '\0';
  begins = *minute && strcmp (*minute, id) != 0;
  if (!*minute || begins)
    lf_set_string (minute, id);
  return begins;
}

static gboolean
read_samples (LfMongoStore *self,
              const char *place,
              const LfStoreCall *call,
              GPtrArray *samples,
              GError **error)
{
  g_autoptr (bson_t) filter = by_minute (call);
  g_autoptr (bson_t) opts = BCON_NEW ("sort", "{", "_id", BCON_INT32 (1), "}");
  g_autoptr (mongoc_collection_t) collection = _lf_mongo_get_collection (self, place);
  g_autoptr (mongoc_cursor_t) cursor =
      mongoc_collection_find_with_opts (collection, filter, opts, NULL);
  g_autofree char *minute = NULL;
  const bson_t *bucket;
  bson_error_t cause;

  while (mongoc_cursor_next (cursor, &bucket))
    {
      if (begins_minute (&minute, bucket) && _lf_store_has_enough (call, samples))
        break;
      read_bucket (self, call, bucket, samples);
    }
  return !mongoc_cursor_error (cursor, &cause) || _lf_mongo_fail (&cause, error);
}

static gpointer
lf_mongo_store_list_samples (LfStore *store, LfStoreCall *call, GError **error)
{
  LfMongoStore *self = LF_MONGO_STORE (store);
  g_autoptr (GPtrArray) samples = g_ptr_array_new_with_free_func (lf_record_free);
  g_autofree char *place = _lf_mongo_get_place (self, "samples", call->id);
  g_autofree char *other = _lf_mongo_get_other_place (self, "samples", call->id);

  if (!_lf_mongo_has_run (self, call->id, error) ||
      !read_samples (self, place, call, samples, error) ||
      (samples->len == 0 && !read_samples (self, other, call, samples, error)))
    return NULL;
  _lf_store_sort_samples (samples);
  return g_steal_pointer (&samples);
}

/* Digits enough that the ids of a run's lines sort as their numbers do. */
static char *
get_line_number (gint64 seq)
{
  return g_strdup_printf ("%012" G_GINT64_FORMAT, MAX (seq, 0));
}

static guint
add_line (mongoc_bulk_operation_t *bulk,
          const char *run_id,
          GPtrArray *lines,
          guint i,
          GError **error)
{
  const LfLogLine *line = lines->pdata[i];
  g_autofree char *number = get_line_number (line->seq);
  g_autofree char *id = g_strconcat (run_id, ":", number, NULL);
  g_autoptr (bson_t) filter = BCON_NEW ("_id", BCON_UTF8 (id));
  g_autoptr (bson_t) opts = BCON_NEW ("upsert", BCON_BOOL (true));
  g_autoptr (bson_t) document = _lf_bson_from_record (line, error);
  bson_error_t cause;

  if (!document)
    return 0;
  if (mongoc_bulk_operation_replace_one_with_opts (bulk, filter, document, opts, &cause))
    return i + 1;
  _lf_mongo_fail (&cause, error);
  return 0;
}

static gpointer
lf_mongo_store_append_logs (LfStore *store, LfStoreCall *call, GError **error)
{
  return append (LF_MONGO_STORE (store), call, "logs", add_line, error);
}

static GPtrArray *
read_lines (LfMongoStore *self, const char *place, const LfStoreCall *call, GError **error)
{
  g_autofree char *after = get_line_number (call->after);
  g_autoptr (bson_t) filter = _lf_mongo_by_owner (call->id, after);
  g_autoptr (bson_t) opts =
      BCON_NEW ("sort", "{", "_id", BCON_INT32 (1), "}", "limit", BCON_INT64 ((gint64) call->limit),
                "projection", "{", "_id", BCON_INT32 (0), "}");

  return _lf_mongo_list (self, place, filter, opts, &lf_log_line_type, "log line of", error);
}

static gpointer
lf_mongo_store_list_logs (LfStore *store, LfStoreCall *call, GError **error)
{
  LfMongoStore *self = LF_MONGO_STORE (store);
  g_autofree char *place = _lf_mongo_get_place (self, "logs", call->id);
  g_autofree char *other = _lf_mongo_get_other_place (self, "logs", call->id);
  GPtrArray *lines;

  if (!_lf_mongo_has_run (self, call->id, error))
    return NULL;
  lines = read_lines (self, place, call, error);
  if (lines == NULL || lines->len > 0)
    return lines;
  g_ptr_array_unref (lines);
  return read_lines (self, other, call, error);
}

void
_lf_mongo_series_class_init (LfStoreClass *klass)
{
  klass->append_samples = lf_mongo_store_append_samples;
  klass->list_samples = lf_mongo_store_list_samples;
  klass->append_logs = lf_mongo_store_append_logs;
  klass->list_logs = lf_mongo_store_list_logs;
}
