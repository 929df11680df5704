#pragma once

#include "lf-sqlite-store.h"

#include <sqlite3.h>

struct _LfSqliteStore
{
  LfStore parent_instance;

  char *path;
  sqlite3 *db; /* NULL until opened */
};

/* How long a statement waits for another process, in milliseconds. */
#define LF_SQLITE_BUSY_TIMEOUT 5000

/* lf-sqlite-calls.c: what the other files say to SQLite with. */

/* Sets the error that @code (an errno) at @path means, and the cure. Always FALSE. */
gboolean      _lf_sqlite_fail_with_errno (int code, const char *path, GError **error);
/* Sets the error that SQLite's last one on @self means. Always FALSE. */
gboolean      _lf_sqlite_fail    (LfSqliteStore *self, GError **error);
/* @types has a letter for every parameter: s (const char *, NULL allowed), i (gint64) or b (GBytes *,
 * which must outlive the statement). */
sqlite3_stmt *_lf_sqlite_prepare (LfSqliteStore *self, GError **error, const char *sql, const char *types, ...) G_GNUC_WARN_UNUSED_RESULT;
/* SQLITE_ROW, SQLITE_DONE, or SQLITE_ERROR with @error set. */
int           _lf_sqlite_step    (LfSqliteStore *self, sqlite3_stmt *statement, GError **error);
/* Carries out a statement without rows; as _lf_sqlite_prepare(). */
gboolean      _lf_sqlite_run     (LfSqliteStore *self, GError **error, const char *sql, const char *types, ...);
/* The text of a column, never NULL. */
const char   *_lf_sqlite_text    (sqlite3_stmt *statement, int column);

gboolean      _lf_sqlite_begin   (LfSqliteStore *self, GError **error);
/* Commits where @well, else takes everything since begin back and keeps @error. */
gboolean      _lf_sqlite_end     (LfSqliteStore *self, gboolean well, GError **error);

static inline void
_lf_sqlite_finalize (sqlite3_stmt *statement)
{
  sqlite3_finalize (statement);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, _lf_sqlite_finalize)

/* lf-sqlite-store-schema.c: checks that the open file is ours and brings it to this version. */
gboolean _lf_sqlite_prepare_schema (LfSqliteStore *self, GError **error);
gpointer _lf_sqlite_check_itself   (LfStore *store, LfStoreCall *call, GError **error);

/* What the other files add to the class. */
void     _lf_sqlite_specs_class_init       (LfStoreClass *klass);
void     _lf_sqlite_schedules_class_init   (LfStoreClass *klass);
void     _lf_sqlite_runs_class_init        (LfStoreClass *klass);
void     _lf_sqlite_series_class_init      (LfStoreClass *klass);
void     _lf_sqlite_attachments_class_init (LfStoreClass *klass);

/* LF_ERROR_NOT_FOUND unless there is such a run. */
gboolean _lf_sqlite_has_run (LfSqliteStore *self, const char *id, GError **error);
