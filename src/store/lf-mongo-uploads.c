#include "config.h"

#include "lf-mongo-store-private.h"

#include "lf-time.h"

/*
 * The chunks of a file come before the file's own document, so that nobody reads half a file. A
 * killed program, or a connection that breaks, leaves chunks that nobody would ever find again: so
 * {_id: FILE, since: NOW} stands in the collection uploads while one is under way. What stands
 * there for longer than any upload takes is cleared when a store is opened; what failed in this
 * process, before its next upload.
 */
#define LONGEST ((gint64) 3600 * 1000) /* ms */

gboolean
_lf_mongo_clear_file (LfMongoStore *self, const char *id, GError **error)
{
  g_autoptr (bson_t) file = _lf_mongo_by_id (id);
  g_autoptr (bson_t) chunks = bson_new ();

  _lf_bson_append_id (chunks, "files_id", id);
  return _lf_mongo_delete (self, "attachments.files", file, error) >= 0 &&
         _lf_mongo_delete (self, "attachments.chunks", chunks, error) >= 0;
}

static gboolean
forget (LfMongoStore *self, const char *id, GError **error)
{
  g_autoptr (bson_t) filter = _lf_mongo_by_id (id);

  return _lf_mongo_delete (self, "uploads", filter, error) >= 0;
}

/* A file whose own document is there has come to its end: only the note of it was left. */
static gboolean
clear_chunks (LfMongoStore *self, const char *id, GError **error)
{
  g_autoptr (bson_t) filter = _lf_mongo_by_id (id);

  switch (_lf_mongo_find_one (self, "attachments.files", filter, NULL, NULL, error))
    {
    case LF_MONGO_FAILED:
      return FALSE;
    case LF_MONGO_MISSING:
      return _lf_mongo_clear_file (self, id, error) && forget (self, id, error);
    case LF_MONGO_FOUND:
    default:
      return forget (self, id, error);
    }
}

static gboolean
clear_own (LfMongoStore *self, GError **error)
{
  while (self->cut_off != NULL && self->cut_off->len > 0)
    {
      if (!clear_chunks (self, self->cut_off->pdata[self->cut_off->len - 1], error))
        return FALSE;
      g_ptr_array_set_size (self->cut_off, (gint) self->cut_off->len - 1);
    }
  return TRUE;
}

gboolean
_lf_mongo_begin_upload (LfMongoStore *self, const char *id, GError **error)
{
  g_autoptr (bson_t) note = _lf_mongo_by_id (id);
  g_autoptr (bson_t) filter = _lf_mongo_by_id (id);

  bson_append_date_time (note, "since", -1, lf_time_now ());
  return clear_own (self, error) && _lf_mongo_put (self, "uploads", filter, note, error);
}

gboolean
_lf_mongo_end_upload (LfMongoStore *self, const char *id, gboolean well)
{
  if (well)
    {
      forget (self, id, NULL); /* else the next to open the store does */
      return TRUE;
    }
  if (self->cut_off == NULL)
    self->cut_off = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->cut_off, g_strdup (id));
  clear_own (self, NULL); /* at once, where it was not the server that failed */
  return FALSE;
}

static GPtrArray *
list_left (LfMongoStore *self, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (mongoc_collection_t) uploads = _lf_mongo_get_collection (self, "uploads");
  g_autoptr (bson_t) filter =
      BCON_NEW ("since", "{", "$lt", BCON_DATE_TIME (lf_time_now () - LONGEST), "}");
  g_autoptr (mongoc_cursor_t) cursor =
      mongoc_collection_find_with_opts (uploads, filter, NULL, NULL);
  const bson_t *note;
  bson_error_t cause;

  while (mongoc_cursor_next (cursor, &note))
    g_ptr_array_add (ids, _lf_bson_get_id (note));
  if (!mongoc_cursor_error (cursor, &cause))
    return g_steal_pointer (&ids);
  _lf_mongo_fail (&cause, error);
  return NULL;
}

gboolean
_lf_mongo_clear_uploads (LfMongoStore *self, GError **error)
{
  g_autoptr (GPtrArray) ids = list_left (self, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (!clear_chunks (self, ids->pdata[i], error))
      return FALSE;
  return ids != NULL;
}
