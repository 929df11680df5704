#include "config.h"

#include "lf-sqlite-store-private.h"

#include <glib/gstdio.h>

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define BUSY_TIMEOUT_MS 5000

G_DEFINE_FINAL_TYPE (LfSqliteStore, lf_sqlite_store, LF_TYPE_STORE)

/* What the system's error means for a store, and what to do about it. */
static gboolean
fail_with_errno (int code, const char *path, GError **error)
{
  switch (code)
    {
    case ENOSPC:
    case EDQUOT:
      g_set_error (error, LF_ERROR, LF_ERROR_FULL,
                   "no space is left for %s; free some space, then try again", path);
      break;
    case EROFS:
    case EACCES:
    case EPERM:
      g_set_error (error, LF_ERROR, LF_ERROR_READ_ONLY,
                   "%s cannot be written (%s); change its owner or rights, or choose another store",
                   path, g_strerror (code));
      break;
    default:
      g_set_error (error, LF_ERROR, LF_ERROR_FAILED, "%s: %s; choose another place", path,
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
      return fail_with_errno (ENOSPC, self->path, error);
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return fail_with_errno (EACCES, self->path, error);
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
      return fail_with_errno (sqlite3_system_errno (self->db) ? sqlite3_system_errno (self->db)
                                                              : EIO,
                              self->path, error);
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      g_set_error (error, LF_ERROR, LF_ERROR_CORRUPT,
                   "%s is damaged or not a LoadForge database (%s); move it away to start with an "
                   "empty one, restore it from a copy, or choose another store",
                   self->path, sqlite3_errmsg (self->db));
      break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      g_set_error (error, LF_ERROR, LF_ERROR_BUSY,
                   "another process has held %s locked for %d s; close it, then try again",
                   self->path, BUSY_TIMEOUT_MS / 1000);
      break;
    case SQLITE_TOOBIG:
      g_set_error (error, LF_ERROR, LF_ERROR_TOO_LARGE,
                   "it is larger than a database row may be; make it smaller");
      break;
    default:
      g_set_error (error, LF_ERROR, LF_ERROR_FAILED, "%s (SQLite error %d)",
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

/* SQLite would make the file by the umask: specs may hold passwords, so only the owner reads it.
 * Closing any descriptor of a file drops all locks that the process has on it, those of another
 * store's connection, too: the file is opened here only where it is new, and by one at a time. */
static gboolean
make_file (LfSqliteStore *self, GError **error)
{
  static GMutex one_at_a_time;
  g_autofree char *folder = g_path_get_dirname (self->path);
  int fd, code;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return fail_with_errno (errno, folder, error);
  g_mutex_lock (&one_at_a_time);
  fd = g_open (self->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  code = errno;
  if (fd >= 0)
    close (fd);
  g_mutex_unlock (&one_at_a_time);
  if (fd < 0 && code != EEXIST)
    return fail_with_errno (code, self->path, error);
  return g_access (self->path, W_OK) == 0 || fail_with_errno (errno, self->path, error);
}

static void
close_database (LfSqliteStore *self)
{
  sqlite3_close_v2 (self->db);
  self->db = NULL;
}

static gpointer
lf_sqlite_store_open (LfStore *store, LfStoreCall *call, GError **error)
{
  LfSqliteStore *self = LF_SQLITE_STORE (store);

  if (!make_file (self, error))
    return NULL;
  if (sqlite3_open_v2 (self->path, &self->db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
    _lf_sqlite_fail (self, error);
  else if (sqlite3_busy_timeout (self->db, BUSY_TIMEOUT_MS) == SQLITE_OK &&
           _lf_sqlite_prepare_schema (self, error))
    return LF_STORE_DONE;
  close_database (self);
  return NULL;
}

static gpointer
lf_sqlite_store_close (LfStore *store, LfStoreCall *call, GError **error)
{
  close_database (LF_SQLITE_STORE (store));
  return LF_STORE_DONE;
}

static void
lf_sqlite_store_finalize (GObject *object)
{
  LfSqliteStore *self = LF_SQLITE_STORE (object);

  close_database (self);
  g_free (self->path);

  G_OBJECT_CLASS (lf_sqlite_store_parent_class)->finalize (object);
}

static void
lf_sqlite_store_class_init (LfSqliteStoreClass *klass)
{
  LfStoreClass *store_class = LF_STORE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = lf_sqlite_store_finalize;
  store_class->open = lf_sqlite_store_open;
  store_class->close = lf_sqlite_store_close;
  _lf_sqlite_specs_class_init (store_class);
  _lf_sqlite_runs_class_init (store_class);
  _lf_sqlite_series_class_init (store_class);
  _lf_sqlite_attachments_class_init (store_class);
}

static void
lf_sqlite_store_init (LfSqliteStore *self)
{
}

LfStore *
lf_sqlite_store_new (const char *path)
{
  LfSqliteStore *self = g_object_new (LF_TYPE_SQLITE_STORE, NULL);

  self->path = g_strdup (path);
  _lf_store_take_name (LF_STORE (self), g_strconcat ("sqlite:", path, NULL));
  return LF_STORE (self);
}
