#include "config.h"

#include "lf-sqlite-store-private.h"

#include <errno.h>
#include <glib/gi18n.h>

gboolean
_lf_sqlite_fail_with_errno (int code, const char *path, GError **error)
{
  switch (code)
    {
    case ENOSPC:
    case EDQUOT:
      g_set_error (error, LF_ERROR, LF_ERROR_FULL,
                   _ ("no space is left for %s; free some space, then try again"), path);
      break;
    case EFBIG:
      g_set_error (error, LF_ERROR, LF_ERROR_FULL,
                   _ ("%s may not grow; raise the limit of “ulimit -f”, or choose another store"),
                   path);
      break;
    case EROFS:
    case EACCES:
    case EPERM:
      g_set_error (
          error, LF_ERROR, LF_ERROR_READ_ONLY,
          _ ("%s cannot be written (%s); change its owner or rights, or choose another store"),
          path, g_strerror (code));
      break;
    default:
      g_set_error (error, LF_ERROR, LF_ERROR_FAILED, _ ("%s: %s; choose another place"), path,
                   g_strerror (code));
    }
  return FALSE;
}

gboolean
_lf_sqlite_fail (LfSqliteStore *self, GError **error)
{
  int code = sqlite3_errcode (self->db);

  switch (code & 0xff)
    {
    case SQLITE_FULL:
      return _lf_sqlite_fail_with_errno (ENOSPC, self->path, error);
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return _lf_sqlite_fail_with_errno (EACCES, self->path, error);
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
      return _lf_sqlite_fail_with_errno (
          sqlite3_system_errno (self->db) ? sqlite3_system_errno (self->db) : EIO, self->path,
          error);
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      g_set_error (
          error, LF_ERROR, LF_ERROR_CORRUPT,
          _ ("%s is damaged or not a LoadForge database (%s); move it away to start with an "
             "empty one, restore it from a copy, or choose another store"),
          self->path, sqlite3_errmsg (self->db));
      break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      g_set_error (error, LF_ERROR, LF_ERROR_BUSY,
                   _ ("another process has held %s locked for %d s; close it, then try again"),
                   self->path, LF_SQLITE_BUSY_TIMEOUT / 1000);
      break;
    case SQLITE_TOOBIG:
      g_set_error (error, LF_ERROR, LF_ERROR_TOO_LARGE,
                   _ ("it is larger than a database row may be; make it smaller"));
      break;
    default:
      g_set_error (error, LF_ERROR, LF_ERROR_FAILED, _ ("%s (SQLite error %d)"),
                   sqlite3_errmsg (self->db), sqlite3_extended_errcode (self->db));
    }
  return FALSE;
}

static int
bind_value (sqlite3_stmt *statement, int n, char type, va_list *values)
{
  GBytes *bytes;
  gsize size;
  gconstpointer data;

  switch (type)
    {
    case 's':
      return sqlite3_bind_text (statement, n, va_arg (*values, const char *), -1, SQLITE_TRANSIENT);
    case 'i':
      return sqlite3_bind_int64 (statement, n, va_arg (*values, gint64));
    case 'b':
      bytes = va_arg (*values, GBytes *);
      data = g_bytes_get_data (bytes, &size);
      return sqlite3_bind_blob64 (statement, n, data, size, SQLITE_STATIC);
    default:
      g_assert_not_reached ();
    }
}

static sqlite3_stmt *
prepare (LfSqliteStore *self, GError **error, const char *sql, const char *types, va_list *values)
{
  g_autoptr (sqlite3_stmt) statement = NULL;

  if (sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL) != SQLITE_OK)
    {
      _lf_sqlite_fail (self, error);
      return NULL;
    }
  for (int n = 0; types[n]; n++)
    if (bind_value (statement, n + 1, types[n], values) != SQLITE_OK)
      {
        _lf_sqlite_fail (self, error);
        return NULL;
      }
  return g_steal_pointer (&statement);
}

sqlite3_stmt *
_lf_sqlite_prepare (LfSqliteStore *self, GError **error, const char *sql, const char *types, ...)
{
  sqlite3_stmt *statement;
  va_list values;

  va_start (values, types);
  statement = prepare (self, error, sql, types, &values);
  va_end (values);
  return statement;
}

int
_lf_sqlite_step (LfSqliteStore *self, sqlite3_stmt *statement, GError **error)
{
  int code = sqlite3_step (statement);

  if (code == SQLITE_ROW || code == SQLITE_DONE)
    return code;
  _lf_sqlite_fail (self, error);
  return SQLITE_ERROR;
}

gboolean
_lf_sqlite_run (LfSqliteStore *self, GError **error, const char *sql, const char *types, ...)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  va_list values;
  int code;

  va_start (values, types);
  statement = prepare (self, error, sql, types, &values);
  va_end (values);
  if (!statement)
    return FALSE;
  while ((code = _lf_sqlite_step (self, statement, error)) == SQLITE_ROW)
    continue;
  return code == SQLITE_DONE;
}

const char *
_lf_sqlite_text (sqlite3_stmt *statement, int column)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);

  return text ? text : "";
}

gboolean
_lf_sqlite_begin (LfSqliteStore *self, GError **error)
{
  return _lf_sqlite_run (self, error, "BEGIN IMMEDIATE", "");
}

gboolean
_lf_sqlite_end (LfSqliteStore *self, gboolean well, GError **error)
{
  if (well && _lf_sqlite_run (self, error, "COMMIT", ""))
    return TRUE;
  /* A full disk may have rolled it back already. */
  if (!sqlite3_get_autocommit (self->db))
    sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}
