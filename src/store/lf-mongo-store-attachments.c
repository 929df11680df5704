#include "config.h"

#include "lf-content-private.h"
#include "lf-mongo-store-private.h"

#define CHUNKS_AT_ONCE 4 /* of the 255 KiB that drivers make them */

/* Attachments are files of the GridFS bucket "attachments"; their record is the file's metadata. */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (mongoc_gridfs_bucket_t, mongoc_gridfs_bucket_destroy)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (mongoc_stream_t, mongoc_stream_destroy)

static mongoc_gridfs_bucket_t *
open_bucket (LfMongoStore *self, GError **error)
{
  mongoc_database_t *database = mongoc_client_get_database (self->client, self->database);
  g_autoptr (bson_t) opts = BCON_NEW ("bucketName", BCON_UTF8 ("attachments"));
  bson_error_t cause;
  mongoc_gridfs_bucket_t *bucket = mongoc_gridfs_bucket_new (database, opts, NULL, &cause);

  mongoc_database_destroy (database);
  if (!bucket)
    _lf_mongo_fail (&cause, error);
  return bucket;
}

/* The value of _id in @filter, which it belongs to. */
static const bson_value_t *
get_id_value (const bson_t *filter, bson_iter_t *iter)
{
  bson_iter_init_find (iter, filter, "_id");
  return bson_iter_value (iter);
}

static gboolean
fail_stream (mongoc_stream_t *stream, GError **error)
{
  bson_error_t cause = { 0, 0, "the connection broke" };

  mongoc_gridfs_bucket_stream_error (stream, &cause);
  return _lf_mongo_fail (&cause, error);
}

static gboolean
write_chunks (mongoc_stream_t *stream, LfStoreCall *call, const LfContent *content, GError **error)
{
  for (guint n = 0;; n++)
    {
      g_autoptr (GBytes) chunk = _lf_content_get_chunk (content, n, error);
      gsize size = 0;
      gconstpointer data = chunk ? g_bytes_get_data (chunk, &size) : NULL;

      if (!chunk)
        return FALSE;
      if (size == 0)
        return TRUE;
      if (mongoc_stream_write (stream, (void *) data, size, 0) != (gssize) size)
        return fail_stream (stream, error);
      if (g_cancellable_set_error_if_cancelled (call->cancellable, error))
        return FALSE;
    }
}

/* The file's own document is written when the stream is closed; until then there are only chunks,
 * which aborting removes. */
static gboolean
upload (LfMongoStore *self,
        LfStoreCall *call,
        const LfAttachment *attachment,
        const LfContent *content,
        GError **error)
{
  g_autoptr (mongoc_gridfs_bucket_t) bucket = open_bucket (self, error);
  g_autoptr (mongoc_stream_t) stream = NULL;
  g_autoptr (bson_t) filter = _lf_mongo_by_id (attachment->id);
  g_autoptr (bson_t) metadata = _lf_bson_from_record (attachment, error);
  g_autoptr (bson_t) opts = bson_new ();
  bson_error_t cause;
  bson_iter_t iter;

  if (!bucket || !metadata)
    return FALSE;
  bson_append_document (opts, "metadata", -1, metadata);
  stream = mongoc_gridfs_bucket_open_upload_stream_with_id (
      bucket, get_id_value (filter, &iter), attachment->name ? attachment->name : "", opts, &cause);
  if (!stream)
    return _lf_mongo_fail (&cause, error);
  if (!write_chunks (stream, call, content, error))
    {
      mongoc_gridfs_bucket_abort_upload (stream);
      return FALSE;
    }
  return mongoc_stream_close (stream) == 0 || fail_stream (stream, error);
}

/* What comes from another store replaces what stands under its id, or is left there of an upload
 * that was cut off. */
static gboolean
store_content (LfMongoStore *self,
               LfStoreCall *call,
               const LfAttachment *attachment,
               const LfContent *content,
               GError **error)
{
  gboolean well;

  if (!_lf_mongo_begin_upload (self, attachment->id, error))
    return FALSE;
  well = (!call->record || _lf_mongo_clear_file (self, attachment->id, error)) &&
         upload (self, call, attachment, content, error);
  return _lf_mongo_end_upload (self, attachment->id, well);
}

static gpointer
lf_mongo_store_add_attachment (LfStore *store, LfStoreCall *call, GError **error)
{
  g_autoptr (LfContent) content = _lf_content_read (call, error);
  g_autoptr (LfAttachment) attachment = NULL;

  if (!content)
    return NULL;
  attachment = _lf_content_describe (content, call, error);
  if (!attachment || !store_content (LF_MONGO_STORE (store), call, attachment, content, error))
    return NULL;
  return g_steal_pointer (&attachment);
}

/* A file that another client put there, who knows nothing of our record. */
static LfAttachment *
describe_file (const bson_t *file, const char *id)
{
  LfAttachment *attachment = lf_attachment_new ();
  bson_iter_t iter;

  attachment->id = g_strdup (id);
  if (bson_iter_init_find (&iter, file, "filename") && BSON_ITER_HOLDS_UTF8 (&iter))
    attachment->name = g_strdup (bson_iter_utf8 (&iter, NULL));
  if (bson_iter_init_find (&iter, file, "contentType") && BSON_ITER_HOLDS_UTF8 (&iter))
    attachment->content_type = g_strdup (bson_iter_utf8 (&iter, NULL));
  if (bson_iter_init_find (&iter, file, "length") && BSON_ITER_HOLDS_NUMBER (&iter))
    attachment->size = bson_iter_as_int64 (&iter);
  if (bson_iter_init_find (&iter, file, "uploadDate") && BSON_ITER_HOLDS_DATE_TIME (&iter))
    attachment->created_at = bson_iter_date_time (&iter);
  return attachment;
}

static LfAttachment *
read_file (const bson_t *file, const char *id, GError **error)
{
  bson_iter_t iter;
  const guint8 *data;
  guint32 length;
  bson_t metadata;
  LfAttachment *attachment;

  if (!bson_iter_init_find (&iter, file, "metadata") || !BSON_ITER_HOLDS_DOCUMENT (&iter))
    return describe_file (file, id);
  bson_iter_document (&iter, &length, &data);
  bson_init_static (&metadata, data, length);
  if (!bson_has_field (&metadata, "sha256"))
    return describe_file (file, id);
  attachment = _lf_bson_to_record (&lf_attachment_type, &metadata, error);
  if (!attachment)
    _lf_store_unreadable ("attachment", id, error);
  return attachment;
}

static gpointer
lf_mongo_store_load_attachment (LfStore *store, LfStoreCall *call, GError **error)
{
  g_autoptr (bson_t) filter = _lf_mongo_by_id (call->id);
  g_autoptr (bson_t) file = NULL;

  switch (
      _lf_mongo_find_one (LF_MONGO_STORE (store), "attachments.files", filter, NULL, &file, error))
    {
    case LF_MONGO_MISSING:
      return _lf_store_not_found ("attachment", call->id, error);
    case LF_MONGO_FOUND:
      return read_file (file, call->id, error);
    default:
      return NULL;
    }
}

static gpointer
lf_mongo_store_list_attachments (LfStore *store, LfStoreCall *call, GError **error)
{
  LfMongoStore *self = LF_MONGO_STORE (store);
  g_autoptr (GPtrArray) attachments = g_ptr_array_new_with_free_func (lf_record_free);
  g_autoptr (mongoc_collection_t) files = _lf_mongo_get_collection (self, "attachments.files");
  g_autoptr (bson_t) all = bson_new ();
  g_autoptr (bson_t) opts = BCON_NEW ("sort", "{", "_id", BCON_INT32 (1), "}");
  g_autoptr (mongoc_cursor_t) cursor = mongoc_collection_find_with_opts (files, all, opts, NULL);
  const bson_t *file;
  bson_error_t cause;

  while (mongoc_cursor_next (cursor, &file))
    {
      g_autofree char *id = _lf_bson_get_id (file);
      GError *reason = NULL;
      LfAttachment *attachment = read_file (file, id, &reason);

      _lf_store_collect (store, attachments, attachment, "attachment", id, reason);
    }
  if (!mongoc_cursor_error (cursor, &cause))
    return g_steal_pointer (&attachments);
  _lf_mongo_fail (&cause, error);
  return NULL;
}

/* The next chunk, which must be number @n; whether it is that. */
static gboolean
get_chunk (const bson_t *chunk, gint64 n, const guint8 **data, guint32 *length)
{
  bson_iter_t iter;
  bson_subtype_t subtype;

  if (!bson_iter_init_find (&iter, chunk, "n") || !BSON_ITER_HOLDS_NUMBER (&iter) ||
      bson_iter_as_int64 (&iter) != n || !bson_iter_init_find (&iter, chunk, "data") ||
      !BSON_ITER_HOLDS_BINARY (&iter))
    return FALSE;
  bson_iter_binary (&iter, &subtype, length, data);
  return TRUE;
}

/* By a cursor of our own: that of a GridFS bucket takes as much at once as an answer may have,
 * which is most of the file. A chunk that is missing or none at all ends the content early, which
 * its check tells. */
static gboolean
write_download (mongoc_cursor_t *cursor, LfStoreCall *call, LfContentCheck *check, GError **error)
{
  const bson_t *chunk;
  const guint8 *data;
  guint32 length;
  bson_error_t cause;

  for (gint64 n = 0; mongoc_cursor_next (cursor, &chunk) && get_chunk (chunk, n, &data, &length);
       n++)
    if (!_lf_content_check_write (check, call, data, length, error))
      return FALSE;
  return !mongoc_cursor_error (cursor, &cause) || _lf_mongo_fail (&cause, error);
}

static gboolean
download (LfMongoStore *self, LfStoreCall *call, const LfAttachment *attachment, GError **error)
{
  g_autoptr (mongoc_collection_t) chunks = _lf_mongo_get_collection (self, "attachments.chunks");
  g_autoptr (bson_t) filter = bson_new ();
  g_autoptr (bson_t) opts =
      BCON_NEW ("sort", "{", "n", BCON_INT32 (1), "}", "batchSize", BCON_INT32 (CHUNKS_AT_ONCE));
  g_autoptr (mongoc_cursor_t) cursor = NULL;
  g_auto (LfContentCheck) check = { NULL, 0 };

  _lf_bson_append_id (filter, "files_id", call->id);
  cursor = mongoc_collection_find_with_opts (chunks, filter, opts, NULL);
  _lf_content_check_init (&check);
  return write_download (cursor, call, &check, error) &&
         _lf_content_check_end (&check, attachment, error);
}

static gpointer
lf_mongo_store_read_attachment (LfStore *store, LfStoreCall *call, GError **error)
{
  g_autoptr (LfAttachment) attachment = lf_mongo_store_load_attachment (store, call, error);

  if (!attachment || !download (LF_MONGO_STORE (store), call, attachment, error))
    return NULL;
  return g_steal_pointer (&attachment);
}

static gpointer
lf_mongo_store_delete_attachment (LfStore *store, LfStoreCall *call, GError **error)
{
  g_autoptr (mongoc_gridfs_bucket_t) bucket = open_bucket (LF_MONGO_STORE (store), error);
  g_autoptr (bson_t) filter = _lf_mongo_by_id (call->id);
  bson_error_t cause;
  bson_iter_t iter;

  if (!bucket)
    return NULL;
  if (mongoc_gridfs_bucket_delete_by_id (bucket, get_id_value (filter, &iter), &cause))
    return LF_STORE_DONE;
  if (cause.domain == MONGOC_ERROR_GRIDFS &&
      cause.code == MONGOC_ERROR_GRIDFS_BUCKET_FILE_NOT_FOUND)
    return _lf_store_not_found ("attachment", call->id, error);
  _lf_mongo_fail (&cause, error);
  return NULL;
}

void
_lf_mongo_attachments_class_init (LfStoreClass *klass)
{
  klass->add_attachment = lf_mongo_store_add_attachment;
  klass->list_attachments = lf_mongo_store_list_attachments;
  klass->read_attachment = lf_mongo_store_read_attachment;
  klass->load_attachment = lf_mongo_store_load_attachment;
  klass->delete_attachment = lf_mongo_store_delete_attachment;
}
