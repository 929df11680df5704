#include "config.h"

#include "lf-mongo-store-private.h"

#include "lf-time.h"

#define CLAIM_FRESH 10000 /* ms */

/* Documents of one collection found, listed, written and deleted: what the calls are made of. */

mongoc_collection_t *
_lf_mongo_get_collection (LfMongoStore *self, const char *name)
{
  return mongoc_client_get_collection (self->client, self->database, name);
}

bson_t *
_lf_mongo_by_id (const char *id)
{
  bson_t *filter = bson_new ();

  _lf_bson_append_id (filter, "_id", id);
  return filter;
}

bson_t *
_lf_mongo_by_owner (const char *owner_id, const char *after)
{
  g_autofree char *first = g_strconcat (owner_id, ":", after, NULL);
  g_autofree char *end = g_strconcat (owner_id, ";", NULL);

  return BCON_NEW ("_id", "{", "$gt", BCON_UTF8 (first), "$lt", BCON_UTF8 (end), "}");
}

gboolean
_lf_mongo_is_left (const bson_t *claim)
{
  bson_iter_t iter;

  return !bson_iter_init_find (&iter, claim, "claimedAt") || !BSON_ITER_HOLDS_DATE_TIME (&iter) ||
         lf_time_now () - bson_iter_date_time (&iter) > CLAIM_FRESH;
}

LfMongoFound
_lf_mongo_find_one (LfMongoStore *self,
                    const char *collection,
                    const bson_t *filter,
                    const bson_t *opts,
                    bson_t **document,
                    GError **error)
{
  g_autoptr (mongoc_collection_t) handle = _lf_mongo_get_collection (self, collection);
  g_autoptr (mongoc_cursor_t) cursor =
      mongoc_collection_find_with_opts (handle, filter, opts, NULL);
  const bson_t *found;
  bson_error_t cause;

  mongoc_cursor_set_limit (cursor, -1);
  if (mongoc_cursor_next (cursor, &found))
    {
      if (document)
        *document = bson_copy (found);
      return LF_MONGO_FOUND;
    }
  if (!mongoc_cursor_error (cursor, &cause))
    return LF_MONGO_MISSING;
  _lf_mongo_fail (&cause, error);
  return LF_MONGO_FAILED;
}

gpointer
_lf_mongo_load (LfMongoStore *self,
                const char *collection,
                const char *id,
                const LfRecordType *type,
                const char *what,
                GError **error)
{
  g_autoptr (bson_t) filter = _lf_mongo_by_id (id);
  g_autoptr (bson_t) document = NULL;
  gpointer record;

  switch (_lf_mongo_find_one (self, collection, filter, NULL, &document, error))
    {
    case LF_MONGO_FAILED:
      return NULL;
    case LF_MONGO_MISSING:
      return _lf_store_not_found (what, id, error);
    case LF_MONGO_FOUND:
      break;
    }
  record = _lf_bson_to_record (type, document, error);
  if (!record)
    _lf_store_unreadable (what, id, error);
  return record;
}

GPtrArray *
_lf_mongo_list (LfMongoStore *self,
                const char *collection,
                const bson_t *filter,
                const bson_t *opts,
                const LfRecordType *type,
                const char *what,
                GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (lf_record_free);
  g_autoptr (mongoc_collection_t) handle = _lf_mongo_get_collection (self, collection);
  g_autoptr (mongoc_cursor_t) cursor =
      mongoc_collection_find_with_opts (handle, filter, opts, NULL);
  const bson_t *document;
  bson_error_t cause;

  while (mongoc_cursor_next (cursor, &document))
    {
      GError *reason = NULL;
      gpointer record = _lf_bson_to_record (type, document, &reason);
      g_autofree char *id = _lf_bson_get_id (document);

      _lf_store_collect (LF_STORE (self), list, record, what, id, reason);
    }
  if (!mongoc_cursor_error (cursor, &cause))
    return g_steal_pointer (&list);
  _lf_mongo_fail (&cause, error);
  return NULL;
}

gboolean
_lf_mongo_insert (LfMongoStore *self,
                  const char *collection,
                  const bson_t *document,
                  GError **error)
{
  g_autoptr (mongoc_collection_t) handle = _lf_mongo_get_collection (self, collection);
  bson_error_t cause;

  return mongoc_collection_insert_one (handle, document, NULL, NULL, &cause) ||
         _lf_mongo_fail (&cause, error);
}

gboolean
_lf_mongo_put (LfMongoStore *self,
               const char *collection,
               const bson_t *filter,
               const bson_t *document,
               GError **error)
{
  g_autoptr (mongoc_collection_t) handle = _lf_mongo_get_collection (self, collection);
  g_autoptr (bson_t) opts = BCON_NEW ("upsert", BCON_BOOL (true));
  bson_error_t cause;

  return mongoc_collection_replace_one (handle, filter, document, opts, NULL, &cause) ||
         _lf_mongo_fail (&cause, error);
}

gint64
_lf_mongo_delete (LfMongoStore *self, const char *collection, const bson_t *filter, GError **error)
{
  g_autoptr (mongoc_collection_t) handle = _lf_mongo_get_collection (self, collection);
  bson_error_t cause;
  bson_iter_t iter;
  gint64 deleted = -1;
  bson_t reply;

  if (!mongoc_collection_delete_many (handle, filter, NULL, &reply, &cause))
    _lf_mongo_fail (&cause, error);
  else if (bson_iter_init_find (&iter, &reply, "deletedCount"))
    deleted = bson_iter_as_int64 (&iter);
  else
    deleted = 0;
  bson_destroy (&reply);
  return deleted;
}

gpointer
_lf_mongo_delete_with_claims (LfMongoStore *self,
                              const char *collection,
                              const char *claims,
                              const char *id,
                              const char *what,
                              GError **error)
{
  g_autoptr (bson_t) filter = _lf_mongo_by_id (id);
  g_autoptr (bson_t) owned = _lf_mongo_by_owner (id, NULL);
  gint64 deleted = _lf_mongo_delete (self, collection, filter, error);

  if (deleted == 0)
    return _lf_store_not_found (what, id, error);
  if (deleted < 0 || _lf_mongo_delete (self, claims, owned, error) < 0)
    return NULL;
  return LF_STORE_DONE;
}

gint64
_lf_mongo_ask_number (LfMongoStore *self, const bson_t *command, const char *key)
{
  gint64 number = -1;
  bson_iter_t iter;
  bson_t reply;

  if (mongoc_client_command_simple (self->client, self->database, command, NULL, &reply, NULL) &&
      bson_iter_init_find (&iter, &reply, key) && BSON_ITER_HOLDS_NUMBER (&iter))
    number = (gint64) bson_iter_as_double (&iter);
  bson_destroy (&reply);
  return number;
}
