#include "config.h"

#include "lf-sqlite-store-private.h"

#include <glib/gi18n.h>

#define APPLICATION_ID 0x4c644667 /* "LdFg": what file(1) and we tell our databases by */
#define RETRY_EVERY    5000       /* us */

/* Step n brings a database of version n to version n + 1. A step that has been released is never
 * changed; what comes later is a new step. */
static const char *const steps[] = {
  "CREATE TABLE specs ("
  " id TEXT PRIMARY KEY NOT NULL,"
  " name TEXT NOT NULL,"
  " revision INTEGER NOT NULL,"
  " document TEXT NOT NULL) STRICT;"
  /* The columns are what runs are listed by; the document says the same and more. */
  "CREATE TABLE runs ("
  " id TEXT PRIMARY KEY NOT NULL,"
  " spec_id TEXT,"
  " status TEXT NOT NULL,"
  " document TEXT NOT NULL) STRICT;"
  "CREATE INDEX runs_by_spec ON runs (spec_id, id);"
  "CREATE INDEX runs_by_status ON runs (status, id);"
  /* bucket: a minute of a run. Every write of a run adds a row to it, as to grow one would write
   * the whole minute anew each second; lines: one sample in JSON each. */
  "CREATE TABLE samples ("
  " id INTEGER PRIMARY KEY,"
  " run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,"
  " bucket TEXT NOT NULL,"
  " lines TEXT NOT NULL) STRICT;"
  "CREATE INDEX samples_by_run ON samples (run_id);"
  "CREATE INDEX samples_by_bucket ON samples (bucket, id);"
  "CREATE TABLE logs ("
  " run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,"
  " seq INTEGER NOT NULL,"
  " document TEXT NOT NULL,"
  " PRIMARY KEY (run_id, seq)) STRICT, WITHOUT ROWID;"
  "CREATE TABLE attachments ("
  " id TEXT PRIMARY KEY NOT NULL,"
  " document TEXT NOT NULL) STRICT;"
  "CREATE TABLE chunks ("
  " attachment_id TEXT NOT NULL REFERENCES attachments (id) ON DELETE CASCADE,"
  " n INTEGER NOT NULL,"
  " data BLOB NOT NULL,"
  " UNIQUE (attachment_id, n)) STRICT;",
  "CREATE TABLE schedules ("
  " id TEXT PRIMARY KEY NOT NULL,"
  " document TEXT NOT NULL) STRICT;",
};

static gboolean
execute (LfSqliteStore *self, const char *sql, GError **error)
{
  return sqlite3_exec (self->db, sql, NULL, NULL, NULL) == SQLITE_OK ||
         _lf_sqlite_fail (self, error);
}

static gboolean
query_number (LfSqliteStore *self, const char *sql, gint64 *number, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = _lf_sqlite_prepare (self, error, sql, "");

  if (!statement || _lf_sqlite_step (self, statement, error) != SQLITE_ROW)
    return FALSE;
  *number = sqlite3_column_int64 (statement, 0);
  return TRUE;
}

/* A file of another program is left alone; an empty one is taken. */
static gboolean
check_ours (LfSqliteStore *self, GError **error)
{
  gint64 application = 0;
  gint64 tables = 0;
  gboolean well;

  /* Both of one moment: another process may just be making the database. */
  well = execute (self, "BEGIN", error) &&
         query_number (self, "PRAGMA application_id", &application, error) &&
         query_number (self, "SELECT count(*) FROM sqlite_schema", &tables, error);
  if (!_lf_sqlite_end (self, well, error))
    return FALSE;
  if (application == APPLICATION_ID || (application == 0 && tables == 0))
    return TRUE;
  g_set_error (error, LF_ERROR, LF_ERROR_CORRUPT,
               _ ("%s is a database of another program; choose another file"), self->path);
  return FALSE;
}

static gboolean
get_version (LfSqliteStore *self, gint64 *version, GError **error)
{
  if (!query_number (self, "PRAGMA user_version", version, error))
    return FALSE;
  if (*version <= (gint64) G_N_ELEMENTS (steps))
    return TRUE;
  g_set_error (error, LF_ERROR, LF_ERROR_NEWER,
               _ ("%s was written by a newer LoadForge (its format is %.0f, LoadForge %s "
                  "reads up to %d); update LoadForge, or choose another store"),
               self->path, (double) *version, LF_VERSION, (int) G_N_ELEMENTS (steps));
  return FALSE;
}

static gboolean
take_step (LfSqliteStore *self, gint64 version, GError **error)
{
  g_autofree char *marks =
      g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %" G_GINT64_FORMAT,
                       APPLICATION_ID, version + 1);

  return execute (self, steps[version], error) && execute (self, marks, error);
}

/* Each step is a transaction; the version is read inside it, as another process may be at it too.
 */
static gboolean
migrate (LfSqliteStore *self, GError **error)
{
  gint64 version;

  if (!get_version (self, &version, error))
    return FALSE;
  while (version < (gint64) G_N_ELEMENTS (steps))
    {
      gboolean well;

      if (!_lf_sqlite_begin (self, error))
        return FALSE;
      well = get_version (self, &version, error);
      if (well && version < (gint64) G_N_ELEMENTS (steps))
        well = take_step (self, version++, error);
      if (!_lf_sqlite_end (self, well, error))
        return FALSE;
    }
  return TRUE;
}

/* The mode is changed by a reader that becomes the only writer, where SQLite refuses at once
 * instead of waiting: of two programs started together for the first time one would lose. */
static gboolean
enter_wal_mode (LfSqliteStore *self, GError **error)
{
  gint64 end = g_get_monotonic_time () + LF_SQLITE_BUSY_TIMEOUT * G_TIME_SPAN_MILLISECOND;
  int code;

  while ((code = sqlite3_exec (self->db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL)) ==
             SQLITE_BUSY &&
         g_get_monotonic_time () < end)
    g_usleep (RETRY_EVERY);
  return code == SQLITE_OK || _lf_sqlite_fail (self, error);
}

gboolean
_lf_sqlite_prepare_schema (LfSqliteStore *self, GError **error)
{
  gint64 version;

  /* Nothing is written before it is sure that the file is ours and not too new. */
  return check_ours (self, error) && get_version (self, &version, error) &&
         enter_wal_mode (self, error) &&
         execute (self, "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON", error) &&
         migrate (self, error);
}

/* SQLite's own words, as it has found them; the first hundred. */
gpointer
_lf_sqlite_check_itself (LfStore *store, LfStoreCall *call, GError **error)
{
  LfSqliteStore *self = LF_SQLITE_STORE (store);
  g_autoptr (sqlite3_stmt) statement = _lf_sqlite_prepare (
      self, error,
      "SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'", "");
  int code = SQLITE_ERROR;

  while (statement && (code = _lf_sqlite_step (self, statement, error)) == SQLITE_ROW)
    _lf_store_note (
        store, g_strdup_printf (_ ("the database is damaged: %s"), _lf_sqlite_text (statement, 0)));
  return code == SQLITE_DONE ? LF_STORE_DONE : NULL;
}
