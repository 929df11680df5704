#include "config.h"

#include "lf-sqlite-store-private.h"

/* The stored revision of the spec @id: 0 where there is none, -1 with @error set. */
static gint64
get_revision (LfSqliteStore *self, const char *id, GError **error)
{
  g_autoptr (sqlite3_stmt) statement =
      _lf_sqlite_prepare (self, error, "SELECT revision FROM specs WHERE id = ?", "s", id);
  int code = statement ? _lf_sqlite_step (self, statement, error) : SQLITE_ERROR;

  if (code == SQLITE_ERROR)
    return -1;
  return code == SQLITE_ROW ? sqlite3_column_int64 (statement, 0) : 0;
}

static gboolean
write_spec (LfSqliteStore *self, const LfSpec *spec, GError **error)
{
  g_autofree char *document = lf_record_to_text (spec, FALSE);

  return _lf_sqlite_run (self, error,
                         "INSERT INTO specs (id, name, revision, document) VALUES (?, ?, ?, ?)"
                         " ON CONFLICT (id) DO UPDATE SET name = excluded.name,"
                         " revision = excluded.revision, document = excluded.document",
                         "ssis", spec->id, spec->name ? spec->name : "", spec->revision, document);
}

static gboolean
write_revision (LfSqliteStore *self, const LfSpec *old, const LfSpec *spec, GError **error)
{
  gint64 stored = get_revision (self, spec->id, error);

  if (stored < 0 || (stored > 0 && !_lf_store_check_revision (old, stored, error)))
    return FALSE;
  return write_spec (self, spec, error);
}

static gpointer
lf_sqlite_store_save_spec (LfStore *store, LfStoreCall *call, GError **error)
{
  LfSqliteStore *self = LF_SQLITE_STORE (store);
  g_autoptr (LfSpec) spec = _lf_store_next_revision (call);

  if (!_lf_sqlite_begin (self, error) ||
      !_lf_sqlite_end (self, write_revision (self, call->record, spec, error), error))
    return NULL;
  return g_steal_pointer (&spec);
}

static gpointer
lf_sqlite_store_put_spec (LfStore *store, LfStoreCall *call, GError **error)
{
  return write_spec (LF_SQLITE_STORE (store), call->record, error) ? LF_STORE_DONE : NULL;
}

static gpointer
lf_sqlite_store_load_spec (LfStore *store, LfStoreCall *call, GError **error)
{
  LfSqliteStore *self = LF_SQLITE_STORE (store);
  g_autoptr (sqlite3_stmt) statement =
      _lf_sqlite_prepare (self, error, "SELECT document FROM specs WHERE id = ?", "s", call->id);
  int code = statement ? _lf_sqlite_step (self, statement, error) : SQLITE_ERROR;
  LfSpec *spec;

  if (code == SQLITE_DONE)
    return _lf_store_not_found ("spec", call->id, error);
  if (code != SQLITE_ROW)
    return NULL;
  spec = lf_spec_from_text (_lf_sqlite_text (statement, 0), -1, error);
  if (!spec)
    _lf_store_unreadable ("spec", call->id, error);
  return spec;
}

static gpointer
lf_sqlite_store_list_specs (LfStore *store, LfStoreCall *call, GError **error)
{
  LfSqliteStore *self = LF_SQLITE_STORE (store);
  g_autoptr (GPtrArray) specs = g_ptr_array_new_with_free_func (lf_record_free);
  g_autoptr (sqlite3_stmt) statement =
      _lf_sqlite_prepare (self, error, "SELECT id, document FROM specs", "");
  int code = SQLITE_ERROR;

  while (statement && (code = _lf_sqlite_step (self, statement, error)) == SQLITE_ROW)
    {
      GError *cause = NULL;
      LfSpec *spec = lf_spec_from_text (_lf_sqlite_text (statement, 1), -1, &cause);

      _lf_store_collect (store, specs, spec, "spec", _lf_sqlite_text (statement, 0), cause);
    }
  if (code != SQLITE_DONE)
    return NULL;
  _lf_store_sort_specs (specs);
  return g_steal_pointer (&specs);
}

static gpointer
lf_sqlite_store_list_revisions (LfStore *store, LfStoreCall *call, GError **error)
{
  LfSqliteStore *self = LF_SQLITE_STORE (store);
  g_autoptr (GHashTable) revisions = _lf_store_new_revisions ();
  g_autoptr (sqlite3_stmt) statement =
      _lf_sqlite_prepare (self, error, "SELECT id, revision FROM specs", "");
  int code = SQLITE_ERROR;

  while (statement && (code = _lf_sqlite_step (self, statement, error)) == SQLITE_ROW)
    _lf_store_add_revision (revisions, _lf_sqlite_text (statement, 0),
                            sqlite3_column_int64 (statement, 1));
  return code == SQLITE_DONE ? g_steal_pointer (&revisions) : NULL;
}

static gpointer
lf_sqlite_store_delete_spec (LfStore *store, LfStoreCall *call, GError **error)
{
  LfSqliteStore *self = LF_SQLITE_STORE (store);

  if (!_lf_sqlite_run (self, error, "DELETE FROM specs WHERE id = ?1 AND (?2 = 0 OR revision = ?2)",
                       "si", call->id, call->revision))
    return NULL;
  if (sqlite3_changes (self->db) > 0)
    return LF_STORE_DONE;
  switch (get_revision (self, call->id, error))
    {
    case -1:
      return NULL;
    case 0:
      return _lf_store_not_found ("spec", call->id, error);
    default:
      return _lf_store_outdated (error);
    }
}

void
_lf_sqlite_specs_class_init (LfStoreClass *klass)
{
  klass->save_spec = lf_sqlite_store_save_spec;
  klass->put_spec = lf_sqlite_store_put_spec;
  klass->load_spec = lf_sqlite_store_load_spec;
  klass->list_specs = lf_sqlite_store_list_specs;
  klass->list_revisions = lf_sqlite_store_list_revisions;
  klass->delete_spec = lf_sqlite_store_delete_spec;
}
