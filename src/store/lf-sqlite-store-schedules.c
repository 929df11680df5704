#include "config.h"

#include "lf-sqlite-store-private.h"

#include "lf-time.h"

static LfRunSchedule *
parse_schedule (sqlite3_stmt *statement, int column, GError **error)
{
  return lf_record_from_text (&lf_run_schedule_type, _lf_sqlite_text (statement, column), -1,
                              error);
}

static gpointer
lf_sqlite_store_put_schedule (LfStore *store, LfStoreCall *call, GError **error)
{
  const LfRunSchedule *schedule = call->record;
  g_autofree char *document = lf_record_to_text (schedule, FALSE);

  return _lf_sqlite_run (LF_SQLITE_STORE (store), error,
                         "INSERT INTO schedules (id, document) VALUES (?, ?)"
                         " ON CONFLICT (id) DO UPDATE SET document = excluded.document",
                         "ss", schedule->id, document)
             ? LF_STORE_DONE
             : NULL;
}

static gpointer
lf_sqlite_store_load_schedule (LfStore *store, LfStoreCall *call, GError **error)
{
  LfSqliteStore *self = LF_SQLITE_STORE (store);
  g_autoptr (sqlite3_stmt) statement = _lf_sqlite_prepare (
      self, error, "SELECT document FROM schedules WHERE id = ?", "s", call->id);
  int code = statement != NULL ? _lf_sqlite_step (self, statement, error) : SQLITE_ERROR;
  LfRunSchedule *schedule;

  if (code == SQLITE_DONE)
    return _lf_store_not_found ("schedule", call->id, error);
  if (code != SQLITE_ROW)
    return NULL;
  schedule = parse_schedule (statement, 0, error);
  if (schedule == NULL)
    _lf_store_unreadable ("schedule", call->id, error);
  return schedule;
}

static gpointer
lf_sqlite_store_list_schedules (LfStore *store, LfStoreCall *call, GError **error)
{
  LfSqliteStore *self = LF_SQLITE_STORE (store);
  g_autoptr (GPtrArray) schedules = g_ptr_array_new_with_free_func (lf_record_free);
  g_autoptr (sqlite3_stmt) statement =
      _lf_sqlite_prepare (self, error, "SELECT id, document FROM schedules ORDER BY id", "");
  int code = SQLITE_ERROR;

  while (statement != NULL && (code = _lf_sqlite_step (self, statement, error)) == SQLITE_ROW)
    {
      GError *cause = NULL;
      LfRunSchedule *schedule = parse_schedule (statement, 1, &cause);

      _lf_store_collect (store, schedules, schedule, "schedule", _lf_sqlite_text (statement, 0),
                         cause);
    }
  return code == SQLITE_DONE ? g_steal_pointer (&schedules) : NULL;
}

static gpointer
lf_sqlite_store_delete_schedule (LfStore *store, LfStoreCall *call, GError **error)
{
  LfSqliteStore *self = LF_SQLITE_STORE (store);

  if (!_lf_sqlite_run (self, error, "DELETE FROM schedules WHERE id = ?", "s", call->id))
    return NULL;
  if (sqlite3_changes (self->db) == 0)
    return _lf_store_not_found ("schedule", call->id, error);
  return LF_STORE_DONE;
}

/* One statement is one transaction: whoever finds the time still waited for has it. */
static gpointer
lf_sqlite_store_claim_schedule (LfStore *store, LfStoreCall *call, GError **error)
{
  LfSqliteStore *self = LF_SQLITE_STORE (store);
  g_autofree char *due = lf_time_to_text (call->due);
  g_autofree char *next = lf_time_to_text (call->next);
  const char *sql =
      call->runs
          ? "UPDATE schedules SET document = json_set (document, '$.nextRunAt', ?1,"
            " '$.lastRunAt', ?3) WHERE id = ?2 AND json_extract (document, '$.nextRunAt') = ?3"
          : "UPDATE schedules SET document = json_set (document, '$.nextRunAt', ?1)"
            " WHERE id = ?2 AND json_extract (document, '$.nextRunAt') = ?3";

  if (!_lf_sqlite_run (self, error, sql, "sss", next, call->id, due))
    return NULL;
  return sqlite3_changes (self->db) > 0 ? LF_STORE_DONE : _lf_store_claimed (error);
}

void
_lf_sqlite_schedules_class_init (LfStoreClass *klass)
{
  klass->put_schedule = lf_sqlite_store_put_schedule;
  klass->load_schedule = lf_sqlite_store_load_schedule;
  klass->list_schedules = lf_sqlite_store_list_schedules;
  klass->delete_schedule = lf_sqlite_store_delete_schedule;
  klass->claim_schedule = lf_sqlite_store_claim_schedule;
}
