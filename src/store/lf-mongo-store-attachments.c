#include "config.h"

#include "lf-content-private.h"
#include "lf-mongo-store-private.h"

#define CHUNKS_AT_ONCE 4 /* of the 255 KiB that other drivers make them */

/*
 * Attachments are files of the GridFS bucket "attachments"; their record is the file's metadata. Of
 * the driver's own mongoc_gridfs_bucket nothing is used: where a chunk cannot be written it tries
 * again for ever, and tells nobody.
 */

/* A chunk under this number that is there already is this one: an answer got lost. */
static gboolean
insert_once (LfMongoStore *self, const char *collection, const bson_t *document, GError **error)
{
  GError *cause = NULL;

  if (_lf_mongo_insert (self, collection, document, &cause))
    return TRUE;
  if (!g_error_matches (cause, LF_ERROR, LF_ERROR_CONFLICT))
    {
      g_propagate_error (error, cause);
      return FALSE;
    }
  g_error_free (cause);
  return TRUE;
}

static gboolean
write_chunk (LfMongoStore *self, const char *file_id, guint n, GBytes *content, GError **error)
{
  g_autoptr (bson_t) chunk = bson_new ();
  gsize size;
  gconstpointer data = g_bytes_get_data (content, &size);
  bson_oid_t id;

  bson_oid_init (&id, NULL);
  bson_append_oid (chunk, "_id", -1, &id);
  _lf_bson_append_id (chunk, "files_id", file_id);
  bson_append_int32 (chunk, "n", -1, (gint32) n);
  bson_append_binary (chunk, "data", -1, BSON_SUBTYPE_BINARY, data, (guint32) size);
  return insert_once (self, "attachments.chunks", chunk, error);
}

static gboolean
write_chunks (LfMongoStore *self,
              LfStoreCall *call,
              const char *file_id,
              const LfContent *content,
              GError **error)
{
  for (guint n = 0;; n++)
    {
      g_autoptr (GBytes) chunk = _lf_content_get_chunk (content, n, error);

      if (!chunk)
        return FALSE;
      if (g_bytes_get_size (chunk) == 0)
        return TRUE;
      if (!write_chunk (self, file_id, n, chunk, error) ||
          g_cancellable_set_error_if_cancelled (call->cancellable, error))
        return FALSE;
    }
}

static bson_t *
new_file (const LfAttachment *attachment, GError **error)
{
  g_autoptr (bson_t) metadata = _lf_bson_from_record (attachment, error);
  bson_t *file;

  if (!metadata)
    return NULL;
  file = _lf_mongo_by_id (attachment->id);
  bson_append_int64 (file, "length", -1, attachment->size);
  bson_append_int32 (file, "chunkSize", -1, LF_CONTENT_CHUNK);
  bson_append_date_time (file, "uploadDate", -1, attachment->created_at);
  bson_append_utf8 (file, "filename", -1, attachment->name ? attachment->name : "", -1);
  bson_append_document (file, "metadata", -1, metadata);
  return file;
}

/* The file's own document comes last: until then nobody finds the chunks. */
static gboolean
upload (LfMongoStore *self,
        LfStoreCall *call,
        const LfAttachment *attachment,
        const LfContent *content,
        GError **error)
{
  g_autoptr (bson_t) file = new_file (attachment, error);

  return file && write_chunks (self, call, attachment->id, content, error) &&
         insert_once (self, "attachments.files", file, error);
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
  LfMongoStore *self = LF_MONGO_STORE (store);
  g_autoptr (bson_t) file = _lf_mongo_by_id (call->id);
  gint64 deleted = _lf_mongo_delete (self, "attachments.files", file, error);

  if (deleted < 0 || !_lf_mongo_clear_file (self, call->id, error))
    return NULL;
  return deleted > 0 ? LF_STORE_DONE : _lf_store_not_found ("attachment", call->id, error);
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
