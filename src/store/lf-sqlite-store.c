#include "config.h"

#include "lf-sqlite-store-private.h"

#include <glib/gstdio.h>

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

G_DEFINE_FINAL_TYPE (LfSqliteStore, lf_sqlite_store, LF_TYPE_STORE)

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
    return _lf_sqlite_fail_with_errno (errno, folder, error);
  g_mutex_lock (&one_at_a_time);
  fd = g_open (self->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  code = errno;
  if (fd >= 0)
    close (fd);
  g_mutex_unlock (&one_at_a_time);
  if (fd < 0 && code != EEXIST)
    return _lf_sqlite_fail_with_errno (code, self->path, error);
  return g_access (self->path, W_OK) == 0 || _lf_sqlite_fail_with_errno (errno, self->path, error);
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
  else if (sqlite3_busy_timeout (self->db, LF_SQLITE_BUSY_TIMEOUT) == SQLITE_OK &&
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
  store_class->check_itself = _lf_sqlite_check_itself;
  _lf_sqlite_specs_class_init (store_class);
  _lf_sqlite_schedules_class_init (store_class);
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
