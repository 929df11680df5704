#include "config.h"

#include "lf-mongo-store-private.h"

#include "lf-time.h"

/*
 * A spec is saved in three steps, of which the first alone decides, on every server that keeps _id
 * unique: the document {_id: "SPEC:REVISION", spec: ...} is inserted into revisions; its spec
 * replaces the one in specs; the claim of the revision before goes. Who finds a revision claimed
 * a while ago but not in specs (its writer died in between) puts it there: then it is just saved by
 * somebody else. One that is deleted as it was read is claimed in the same way, without a spec.
 */

static gint64
get_revision (const bson_t *document)
{
  bson_iter_t iter;

  return bson_iter_init_find (&iter, document, "revision") ? bson_iter_as_int64 (&iter) : 0;
}

static bson_t *
by_claim (const char *spec_id, gint64 revision)
{
  g_autofree char *id = g_strdup_printf ("%s:%" G_GINT64_FORMAT, spec_id, revision);

  return BCON_NEW ("_id", BCON_UTF8 (id));
}

/* Makes @filter, which has the _id of a spec, match its revision @old alone; MISSING where it is
 * another. A server that reads all specs for such a filter would compare and replace in two steps,
 * too: there the comparison is made here. */
static LfMongoFound
match_revision (LfMongoStore *self, bson_t *filter, gint64 old, GError **error)
{
  g_autoptr (bson_t) stored = NULL;
  LfMongoFound found = LF_MONGO_FOUND;

  if (!self->reads_whole)
    bson_append_int64 (filter, "revision", -1, old);
  else
    found = _lf_mongo_find_one (self, "specs", filter, NULL, &stored, error);
  return stored && get_revision (stored) != old ? LF_MONGO_MISSING : found;
}

/* Replaces revision @old of the spec: the number of replaced documents, or -1. */
static gint64
replace_revision (LfMongoStore *self,
                  const char *id,
                  gint64 old,
                  const bson_t *document,
                  GError **error)
{
  g_autoptr (mongoc_collection_t) specs = _lf_mongo_get_collection (self, "specs");
  g_autoptr (bson_t) filter = _lf_mongo_by_id (id);
  LfMongoFound found = match_revision (self, filter, old, error);
  bson_error_t cause;
  bson_iter_t iter;
  gint64 matched = -1;
  bson_t reply;

  if (found != LF_MONGO_FOUND)
    return found == LF_MONGO_MISSING ? 0 : -1;
  if (!mongoc_collection_replace_one (specs, filter, document, NULL, &reply, &cause))
    _lf_mongo_fail (&cause, error);
  else if (bson_iter_init_find (&iter, &reply, "matchedCount"))
    matched = bson_iter_as_int64 (&iter);
  else
    matched = 0;
  bson_destroy (&reply);
  return matched;
}

/* Puts what another writer claimed after revision @old into specs, where it died before it did so
 * itself. */
static gboolean
roll_forward (LfMongoStore *self, const char *id, gint64 old, GError **error)
{
  g_autoptr (bson_t) filter = by_claim (id, old + 1);
  g_autoptr (bson_t) claim = NULL;
  LfMongoFound found = _lf_mongo_find_one (self, "revisions", filter, NULL, &claim, error);
  bson_iter_t iter;
  const guint8 *data;
  guint32 length;
  bson_t document;

  if (found != LF_MONGO_FOUND)
    return found == LF_MONGO_MISSING;
  if (!_lf_mongo_is_left (claim))
    return TRUE;
  if (!bson_iter_init_find (&iter, claim, "spec") || !BSON_ITER_HOLDS_DOCUMENT (&iter))
    return _lf_mongo_delete (self, "revisions", filter, error) >=
           0; /* it was not deleted after all */
  bson_iter_document (&iter, &length, &data);
  return bson_init_static (&document, data, length) &&
         replace_revision (self, id, old, &document, error) >= 0;
}

static gboolean
claim_revision (LfMongoStore *self,
                const LfSpec *old,
                gint64 revision,
                const bson_t *document,
                GError **error)
{
  g_autoptr (bson_t) claim = by_claim (old->id, revision);
  g_autoptr (GError) cause = NULL;

  bson_append_date_time (claim, "claimedAt", -1, lf_time_now ());
  bson_append_document (claim, "spec", -1, document);
  if (_lf_mongo_insert (self, "revisions", claim, &cause))
    return TRUE;
  if (g_error_matches (cause, LF_ERROR, LF_ERROR_CONFLICT))
    return roll_forward (self, old->id, old->revision, error) &&
           _lf_store_check_revision (old, revision, error);
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

/* After a claim of @spec's revision: makes it the one in specs, and drops the claim before it. */
static gboolean
publish_revision (LfMongoStore *self,
                  const LfSpec *old,
                  const LfSpec *spec,
                  const bson_t *document,
                  GError **error)
{
  gint64 replaced = replace_revision (self, spec->id, old->revision, document, error);
  g_autoptr (bson_t) filter = NULL;
  g_autoptr (bson_t) stored = NULL;

  if (replaced < 0)
    return FALSE;
  if (replaced == 0)
    {
      /* Somebody rolled it forward for us, which is as well, or the spec was deleted. */
      filter = _lf_mongo_by_id (spec->id);
      if (_lf_mongo_find_one (self, "specs", filter, NULL, &stored, error) == LF_MONGO_FAILED)
        return FALSE;
      if (!stored || get_revision (stored) < spec->revision)
        {
          g_autoptr (bson_t) claim = by_claim (spec->id, spec->revision);

          return _lf_mongo_delete (self, "revisions", claim, error) >= 0 &&
                 _lf_store_not_found ("spec", spec->id, error);
        }
      bson_destroy (filter);
    }
  filter = by_claim (spec->id, old->revision);
  return _lf_mongo_delete (self, "revisions", filter, error) >= 0;
}

static gboolean
replace_spec (LfMongoStore *self,
              const LfSpec *old,
              const LfSpec *spec,
              const bson_t *document,
              GError **error)
{
  return claim_revision (self, old, spec->revision, document, error) &&
         publish_revision (self, old, spec, document, error);
}

/* Claims under its id are left over from a spec that was deleted. */
static gboolean
insert_again (LfMongoStore *self, const LfSpec *spec, const bson_t *document, GError **error)
{
  g_autoptr (bson_t) claims = _lf_mongo_by_owner (spec->id, NULL);

  return _lf_mongo_delete (self, "revisions", claims, error) >= 0 &&
         _lf_mongo_insert (self, "specs", document, error);
}

/* @spec replaces @old, which came with its id. */
static gboolean
save_known (LfMongoStore *self,
            const LfSpec *old,
            const LfSpec *spec,
            const bson_t *document,
            GError **error)
{
  g_autoptr (bson_t) filter = _lf_mongo_by_id (spec->id);
  g_autoptr (bson_t) stored = NULL;

  switch (_lf_mongo_find_one (self, "specs", filter, NULL, &stored, error))
    {
    case LF_MONGO_MISSING:
      return insert_again (self, spec, document, error);
    case LF_MONGO_FOUND:
      return _lf_store_check_revision (old, get_revision (stored), error) &&
             replace_spec (self, old, spec, document, error);
    case LF_MONGO_FAILED:
    default:
      return FALSE;
    }
}

static gpointer
lf_mongo_store_save_spec (LfStore *store, LfStoreCall *call, GError **error)
{
  LfMongoStore *self = LF_MONGO_STORE (store);
  const LfSpec *old = call->record;
  g_autoptr (LfSpec) spec = _lf_store_next_revision (call);
  g_autoptr (bson_t) document = _lf_bson_from_record (spec, error);
  gboolean is_new = !old->id || !*old->id;

  if (!document || !(is_new ? _lf_mongo_insert (self, "specs", document, error)
                            : save_known (self, old, spec, document, error)))
    return NULL;
  return g_steal_pointer (&spec);
}

/* The claims of revisions that are replaced would stand in the way of those to come. */
static gpointer
lf_mongo_store_put_spec (LfStore *store, LfStoreCall *call, GError **error)
{
  LfMongoStore *self = LF_MONGO_STORE (store);
  const LfSpec *spec = call->record;
  g_autoptr (bson_t) document = _lf_bson_from_record (spec, error);
  g_autoptr (bson_t) filter = _lf_mongo_by_id (spec->id);
  g_autoptr (bson_t) claims = _lf_mongo_by_owner (spec->id, NULL);

  if (!document || _lf_mongo_delete (self, "revisions", claims, error) < 0 ||
      !_lf_mongo_put (self, "specs", filter, document, error))
    return NULL;
  return LF_STORE_DONE;
}

static gpointer
lf_mongo_store_load_spec (LfStore *store, LfStoreCall *call, GError **error)
{
  LfMongoStore *self = LF_MONGO_STORE (store);

  return _lf_mongo_load (self, "specs", call->id, &lf_spec_type, "spec", error);
}

static gpointer
lf_mongo_store_list_specs (LfStore *store, LfStoreCall *call, GError **error)
{
  g_autoptr (bson_t) all = bson_new ();
  GPtrArray *specs =
      _lf_mongo_list (LF_MONGO_STORE (store), "specs", all, NULL, &lf_spec_type, "spec", error);

  if (specs)
    _lf_store_sort_specs (specs);
  return specs;
}

static gpointer
lf_mongo_store_list_revisions (LfStore *store, LfStoreCall *call, GError **error)
{
  LfMongoStore *self = LF_MONGO_STORE (store);
  g_autoptr (GHashTable) revisions = _lf_store_new_revisions ();
  g_autoptr (mongoc_collection_t) specs = _lf_mongo_get_collection (self, "specs");
  g_autoptr (bson_t) all = bson_new ();
  g_autoptr (bson_t) opts = BCON_NEW ("projection", "{", "revision", BCON_INT32 (1), "}");
  g_autoptr (mongoc_cursor_t) cursor = mongoc_collection_find_with_opts (specs, all, opts, NULL);
  const bson_t *document;
  bson_error_t cause;

  while (mongoc_cursor_next (cursor, &document))
    {
      g_autofree char *id = _lf_bson_get_id (document);

      _lf_store_add_revision (revisions, id, get_revision (document));
    }
  if (!mongoc_cursor_error (cursor, &cause))
    return g_steal_pointer (&revisions);
  _lf_mongo_fail (&cause, error);
  return NULL;
}

/* The revision after the one that is to be deleted, without a spec: whoever saves comes too late.
 */
static gboolean
claim_end (LfMongoStore *self, const LfStoreCall *call, GError **error)
{
  g_autoptr (bson_t) filter = _lf_mongo_by_id (call->id);
  g_autoptr (bson_t) claim = by_claim (call->id, call->revision + 1);
  g_autoptr (bson_t) stored = NULL;
  g_autoptr (GError) cause = NULL;

  switch (_lf_mongo_find_one (self, "specs", filter, NULL, &stored, error))
    {
    case LF_MONGO_FAILED:
      return FALSE;
    case LF_MONGO_MISSING:
      return _lf_store_not_found ("spec", call->id, error) != NULL;
    case LF_MONGO_FOUND:
    default:
      break;
    }
  if (get_revision (stored) != call->revision)
    return _lf_store_outdated (error) != NULL;
  bson_append_date_time (claim, "claimedAt", -1, lf_time_now ());
  if (_lf_mongo_insert (self, "revisions", claim, &cause))
    return TRUE;
  if (g_error_matches (cause, LF_ERROR, LF_ERROR_CONFLICT))
    return roll_forward (self, call->id, call->revision, error) &&
           _lf_store_outdated (error) != NULL;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

static gpointer
lf_mongo_store_delete_spec (LfStore *store, LfStoreCall *call, GError **error)
{
  if (call->revision > 0 && !claim_end (LF_MONGO_STORE (store), call, error))
    return NULL;
  return _lf_mongo_delete_with_claims (LF_MONGO_STORE (store), "specs", "revisions", call->id,
                                       "spec", error);
}

void
_lf_mongo_specs_class_init (LfStoreClass *klass)
{
  klass->save_spec = lf_mongo_store_save_spec;
  klass->put_spec = lf_mongo_store_put_spec;
  klass->load_spec = lf_mongo_store_load_spec;
  klass->list_specs = lf_mongo_store_list_specs;
  klass->list_revisions = lf_mongo_store_list_revisions;
  klass->delete_spec = lf_mongo_store_delete_spec;
}
