#include "config.h"

#include "lf-content-private.h"
#include "lf-sqlite-store-private.h"

static gboolean
write_chunk (LfSqliteStore *self, const char *id, gint64 n, GBytes *data, GError **error)
{
  return _lf_sqlite_run (self, error,
                         "INSERT INTO chunks (attachment_id, n, data) VALUES (?, ?, ?)", "sib", id,
                         n, data);
}

static gboolean
write_chunks (LfSqliteStore *self, const char *id, const LfContent *content, GError **error)
{
  for (guint n = 0;; n++)
    {
      g_autoptr (GBytes) chunk = _lf_content_get_chunk (content, n, error);

      if (!chunk)
        return FALSE;
      if (g_bytes_get_size (chunk) == 0)
        return TRUE;
      if (!write_chunk (self, id, n, chunk, error))
        return FALSE;
    }
}

static gboolean
write_attachment (LfSqliteStore *self,
                  LfStoreCall *call,
                  const LfAttachment *attachment,
                  const LfContent *content,
                  GError **error)
{
  g_autofree char *document = lf_record_to_text (attachment, FALSE);

  /* The chunks of what stands there go with it. */
  if (!_lf_sqlite_run (self, error, "DELETE FROM attachments WHERE id = ?", "s", attachment->id) ||
      !_lf_sqlite_run (self, error, "INSERT INTO attachments (id, document) VALUES (?, ?)", "ss",
                       attachment->id, document))
    return FALSE;
  if (!write_chunks (self, attachment->id, content, error))
    return FALSE;
  return !g_cancellable_set_error_if_cancelled (call->cancellable, error);
}

static gpointer
lf_sqlite_store_add_attachment (LfStore *store, LfStoreCall *call, GError **error)
{
  LfSqliteStore *self = LF_SQLITE_STORE (store);
  g_autoptr (LfContent) content = _lf_content_read (call, error);
  g_autoptr (LfAttachment) attachment = NULL;
  gboolean well;

  if (!content)
    return NULL;
  attachment = _lf_content_describe (content, call, error);
  if (!attachment || !_lf_sqlite_begin (self, error))
    return NULL;
  well = write_attachment (self, call, attachment, content, error);
  return _lf_sqlite_end (self, well, error) ? g_steal_pointer (&attachment) : NULL;
}

static gpointer
lf_sqlite_store_load_attachment (LfStore *store, LfStoreCall *call, GError **error)
{
  LfSqliteStore *self = LF_SQLITE_STORE (store);
  g_autoptr (sqlite3_stmt) statement = _lf_sqlite_prepare (
      self, error, "SELECT document FROM attachments WHERE id = ?", "s", call->id);
  int code = statement ? _lf_sqlite_step (self, statement, error) : SQLITE_ERROR;
  LfAttachment *attachment;

  if (code == SQLITE_DONE)
    return _lf_store_not_found ("attachment", call->id, error);
  if (code != SQLITE_ROW)
    return NULL;
  attachment = lf_record_from_text (&lf_attachment_type, _lf_sqlite_text (statement, 0), -1, error);
  if (!attachment)
    _lf_store_unreadable ("attachment", call->id, error);
  return attachment;
}

static gpointer
lf_sqlite_store_list_attachments (LfStore *store, LfStoreCall *call, GError **error)
{
  LfSqliteStore *self = LF_SQLITE_STORE (store);
  g_autoptr (GPtrArray) attachments = g_ptr_array_new_with_free_func (lf_record_free);
  g_autoptr (sqlite3_stmt) statement =
      _lf_sqlite_prepare (self, error, "SELECT id, document FROM attachments ORDER BY id", "");
  int code = SQLITE_ERROR;

  while (statement && (code = _lf_sqlite_step (self, statement, error)) == SQLITE_ROW)
    {
      GError *cause = NULL;
      LfAttachment *attachment =
          lf_record_from_text (&lf_attachment_type, _lf_sqlite_text (statement, 1), -1, &cause);

      _lf_store_collect (store, attachments, attachment, "attachment",
                         _lf_sqlite_text (statement, 0), cause);
    }
  return code == SQLITE_DONE ? g_steal_pointer (&attachments) : NULL;
}

static GBytes *
read_chunk (LfSqliteStore *self, const char *id, gint64 n, gboolean *last, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = _lf_sqlite_prepare (
      self, error, "SELECT data FROM chunks WHERE attachment_id = ? AND n = ?", "si", id, n);
  int code = statement ? _lf_sqlite_step (self, statement, error) : SQLITE_ERROR;

  *last = code == SQLITE_DONE;
  if (code != SQLITE_ROW)
    return NULL;
  return g_bytes_new (sqlite3_column_blob (statement, 0), sqlite3_column_bytes (statement, 0));
}

/* No statement stays open while a chunk goes out: a slow reader must not hold the log of the
 * database back from being folded in. */
static gboolean
write_content (LfSqliteStore *self, LfStoreCall *call, LfContentCheck *check, GError **error)
{
  gboolean last = FALSE;

  for (gint64 n = 0; !last; n++)
    {
      g_autoptr (GBytes) chunk = read_chunk (self, call->id, n, &last, error);

      if (!chunk && !last)
        return FALSE;
      if (chunk && !_lf_content_check_write (check, call, g_bytes_get_data (chunk, NULL),
                                             g_bytes_get_size (chunk), error))
        return FALSE;
    }
  return TRUE;
}

static gpointer
lf_sqlite_store_read_attachment (LfStore *store, LfStoreCall *call, GError **error)
{
  g_autoptr (LfAttachment) attachment = lf_sqlite_store_load_attachment (store, call, error);
  g_auto (LfContentCheck) check = { NULL, 0 };

  if (!attachment)
    return NULL;
  _lf_content_check_init (&check);
  if (!write_content (LF_SQLITE_STORE (store), call, &check, error) ||
      !_lf_content_check_end (&check, attachment, error))
    return NULL;
  return g_steal_pointer (&attachment);
}

static gpointer
lf_sqlite_store_delete_attachment (LfStore *store, LfStoreCall *call, GError **error)
{
  LfSqliteStore *self = LF_SQLITE_STORE (store);

  if (!_lf_sqlite_run (self, error, "DELETE FROM attachments WHERE id = ?", "s", call->id))
    return NULL;
  if (sqlite3_changes (self->db) == 0)
    return _lf_store_not_found ("attachment", call->id, error);
  return LF_STORE_DONE;
}

void
_lf_sqlite_attachments_class_init (LfStoreClass *klass)
{
  klass->add_attachment = lf_sqlite_store_add_attachment;
  klass->list_attachments = lf_sqlite_store_list_attachments;
  klass->read_attachment = lf_sqlite_store_read_attachment;
  klass->load_attachment = lf_sqlite_store_load_attachment;
  klass->delete_attachment = lf_sqlite_store_delete_attachment;
}
