#include "config.h"

#include "lf-sqlite-store-private.h"

gboolean
_lf_sqlite_has_run (LfSqliteStore *self, const char *id, GError **error)
{
  g_autoptr (sqlite3_stmt) statement =
      _lf_sqlite_prepare (self, error, "SELECT 1 FROM runs WHERE id = ?", "s", id);
  int code = statement ? _lf_sqlite_step (self, statement, error) : SQLITE_ERROR;

  if (code == SQLITE_DONE)
    _lf_store_not_found ("run", id, error);
  return code == SQLITE_ROW;
}

static gpointer
lf_sqlite_store_save_run (LfStore *store, LfStoreCall *call, GError **error)
{
  LfSqliteStore *self = LF_SQLITE_STORE (store);
  const LfRun *run = call->record;
  g_autofree char *document = NULL;

  if (!_lf_store_check_run (run, error))
    return NULL;
  document = lf_record_to_text (run, FALSE);
  if (!_lf_sqlite_run (self, error,
                       "INSERT INTO runs (id, spec_id, status, document) VALUES (?, ?, ?, ?)"
                       " ON CONFLICT (id) DO UPDATE SET spec_id = excluded.spec_id,"
                       " status = excluded.status, document = excluded.document",
                       "ssss", run->id, run->spec_id, lf_run_status_words[run->status], document))
    return NULL;
  return LF_STORE_DONE;
}

static LfRun *
parse_run (sqlite3_stmt *statement, int column, GError **error)
{
  return lf_record_from_text (&lf_run_type, _lf_sqlite_text (statement, column), -1, error);
}

static gpointer
lf_sqlite_store_load_run (LfStore *store, LfStoreCall *call, GError **error)
{
  LfSqliteStore *self = LF_SQLITE_STORE (store);
  g_autoptr (sqlite3_stmt) statement =
      _lf_sqlite_prepare (self, error, "SELECT document FROM runs WHERE id = ?", "s", call->id);
  int code = statement ? _lf_sqlite_step (self, statement, error) : SQLITE_ERROR;
  LfRun *run;

  if (code == SQLITE_DONE)
    return _lf_store_not_found ("run", call->id, error);
  if (code != SQLITE_ROW)
    return NULL;
  run = parse_run (statement, 0, error);
  if (!run)
    _lf_store_unreadable ("run", call->id, error);
  return run;
}

/* A summary's histograms are most of a run, and no list shows them. What is no JSON comes as it is:
 * to be left out as one document, not to fail the whole list. */
#define BRIEF                                                                                      \
  "CASE WHEN json_valid (document) THEN json_remove (document, '$.spec', '$.summary.spec',"        \
  " '$.summary.steps', '$.summary.histograms') ELSE document END"
#define DOCUMENT "CASE WHEN ?5 THEN " BRIEF " ELSE document END"

/* The runs of the rows that @statement gives: id, document. */
static GPtrArray *
collect_runs (LfSqliteStore *self, sqlite3_stmt *statement, GError **error)
{
  g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func (lf_record_free);
  int code = SQLITE_ERROR;

  while (statement && (code = _lf_sqlite_step (self, statement, error)) == SQLITE_ROW)
    {
      GError *cause = NULL;
      LfRun *run = parse_run (statement, 1, &cause);

      _lf_store_collect (LF_STORE (self), runs, run, "run", _lf_sqlite_text (statement, 0), cause);
    }
  return code == SQLITE_DONE ? g_steal_pointer (&runs) : NULL;
}

static gpointer
lf_sqlite_store_list_runs (LfStore *store, LfStoreCall *call, GError **error)
{
  LfSqliteStore *self = LF_SQLITE_STORE (store);
  g_autoptr (sqlite3_stmt) statement =
      _lf_sqlite_prepare (self, error,
                          "SELECT id, " DOCUMENT " FROM runs WHERE (?1 IS NULL OR spec_id = ?1)"
                          " AND (?2 IS NULL OR id < ?2)"
                          " AND (NOT ?3 OR status IN ('pending', 'running', 'paused', 'stopping'))"
                          " ORDER BY id DESC LIMIT ?4",
                          "ssiii", call->id, call->before_id, (gint64) call->active,
                          call->limit ? (gint64) call->limit : (gint64) -1, (gint64) call->brief);

  return collect_runs (self, statement, error);
}

/* Who is among the last is seen in the index; no document is read for that. */
static gpointer
lf_sqlite_store_list_last_runs (LfStore *store, LfStoreCall *call, GError **error)
{
  LfSqliteStore *self = LF_SQLITE_STORE (store);
  g_autoptr (sqlite3_stmt) statement =
      _lf_sqlite_prepare (self, error,
                          "SELECT id, " BRIEF " FROM runs WHERE id IN (SELECT id FROM"
                          " (SELECT id, row_number () OVER (PARTITION BY spec_id ORDER BY id DESC)"
                          " AS place FROM runs WHERE spec_id IS NOT NULL) WHERE place <= ?)"
                          " ORDER BY id DESC",
                          "i", (gint64) call->limit);

  return collect_runs (self, statement, error);
}

/* The samples and log lines go with it, by their foreign keys. */
static gpointer
lf_sqlite_store_delete_run (LfStore *store, LfStoreCall *call, GError **error)
{
  LfSqliteStore *self = LF_SQLITE_STORE (store);

  if (!_lf_sqlite_run (self, error, "DELETE FROM runs WHERE id = ?", "s", call->id))
    return NULL;
  if (sqlite3_changes (self->db) == 0)
    return _lf_store_not_found ("run", call->id, error);
  return LF_STORE_DONE;
}

/* The file grows by pages of its own size; what waits in the write-ahead log comes into it later.
 */
#define TOTAL "SELECT page_count * page_size FROM pragma_page_count (), pragma_page_size ()"
#define OF_SPEC                                                                                    \
  "SELECT coalesce (sum (length (CAST (r.document AS BLOB))"                                       \
  " + (SELECT coalesce (sum (length (CAST (lines AS BLOB))), 0) FROM samples WHERE run_id = r.id)" \
  " + (SELECT coalesce (sum (length (CAST (l.document AS BLOB))), 0) FROM logs l"                  \
  " WHERE l.run_id = r.id)), 0) FROM runs r WHERE r.spec_id = ?"

static gboolean
get_number (LfSqliteStore *self, sqlite3_stmt *statement, gint64 *number, GError **error)
{
  if (statement == NULL || _lf_sqlite_step (self, statement, error) != SQLITE_ROW)
    return FALSE;
  *number = sqlite3_column_int64 (statement, 0);
  return TRUE;
}

static gpointer
lf_sqlite_store_measure (LfStore *store, LfStoreCall *call, GError **error)
{
  LfSqliteStore *self = LF_SQLITE_STORE (store);
  g_autoptr (sqlite3_stmt) of_spec = _lf_sqlite_prepare (self, error, OF_SPEC, "s", call->id);
  g_autoptr (sqlite3_stmt) total =
      of_spec != NULL ? _lf_sqlite_prepare (self, error, TOTAL, "") : NULL;
  g_autofree LfStoreUsage *usage = g_new0 (LfStoreUsage, 1);

  if (!get_number (self, of_spec, &usage->runs, error) ||
      !get_number (self, total, &usage->total, error))
    return NULL;
  return g_steal_pointer (&usage);
}

void
_lf_sqlite_runs_class_init (LfStoreClass *klass)
{
  klass->save_run = lf_sqlite_store_save_run;
  klass->load_run = lf_sqlite_store_load_run;
  klass->list_runs = lf_sqlite_store_list_runs;
  klass->list_last_runs = lf_sqlite_store_list_last_runs;
  klass->delete_run = lf_sqlite_store_delete_run;
  klass->measure = lf_sqlite_store_measure;
}
