#include "config.h"

#include "lf-mongo-store-private.h"

#include <glib/gi18n.h>

/*
 * {_id: "format", version: N} in the collection meta says what the database looks like: that steps
 * 0 to N - 1 were taken. A step that has been released is never changed; what comes later is a new
 * step. Two that open a new database at once take the same steps, which change nothing the second
 * time.
 */
typedef gboolean (*Step) (LfMongoStore *self, GError **error);

static gboolean
change_nothing (LfMongoStore *self, GError **error)
{
  return TRUE;
}

/* One at a time: FerretDB breaks the connection where two of a command are there already. Takes
 * @key. */
static gboolean
make_index (LfMongoStore *self,
            const char *collection,
            const char *name,
            bson_t *key,
            gboolean unique,
            GError **error)
{
  g_autoptr (bson_t) owned = key;
  g_autoptr (bson_t) index = BCON_NEW ("name", BCON_UTF8 (name), "key", BCON_DOCUMENT (owned));
  g_autoptr (bson_t) command = NULL;
  bson_error_t cause;

  if (unique)
    bson_append_bool (index, "unique", -1, true);
  command = BCON_NEW ("createIndexes", BCON_UTF8 (collection), "indexes", "[",
                      BCON_DOCUMENT (index), "]");
  return mongoc_client_write_command_with_opts (self->client, self->database, command, NULL, NULL,
                                                &cause) ||
         _lf_mongo_fail (&cause, error);
}

/* What runs are listed by. */
static gboolean
index_runs (LfMongoStore *self, GError **error)
{
  return make_index (self, "runs", "bySpec",
                     BCON_NEW ("specId", BCON_INT32 (1), "_id", BCON_INT32 (-1)), FALSE, error) &&
         make_index (self, "runs", "byStatus",
                     BCON_NEW ("status", BCON_INT32 (1), "_id", BCON_INT32 (-1)), FALSE, error);
}

/* Source: the GridFS specification; with the names that drivers give them, which make them, too. */
static gboolean
index_attachments (LfMongoStore *self, GError **error)
{
  return make_index (self, "attachments.files", "filename_1_uploadDate_1",
                     BCON_NEW ("filename", BCON_INT32 (1), "uploadDate", BCON_INT32 (1)), FALSE,
                     error) &&
         make_index (self, "attachments.chunks", "files_id_1_n_1",
                     BCON_NEW ("files_id", BCON_INT32 (1), "n", BCON_INT32 (1)), TRUE, error);
}

static const Step steps[] = {
  change_nothing, /* the documents as they were at first */
  index_runs,
  index_attachments,
};

/* 0: there is none yet; -1 with @error set. */
static gint64
get_version (LfMongoStore *self, const bson_t *filter, GError **error)
{
  g_autoptr (bson_t) stored = NULL;
  bson_iter_t iter;
  gint64 version = 0;

  if (_lf_mongo_find_one (self, "meta", filter, NULL, &stored, error) == LF_MONGO_FAILED)
    return -1;
  if (stored != NULL && bson_iter_init_find (&iter, stored, "version"))
    version = bson_iter_as_int64 (&iter);
  if (version <= (gint64) G_N_ELEMENTS (steps))
    return MAX (version, 0);
  g_set_error (error, LF_ERROR, LF_ERROR_NEWER,
               _ ("its data was written by a newer LoadForge (format %.0f, LoadForge %s reads "
                  "up to %d); update LoadForge, or choose another database"),
               (double) version, LF_VERSION, (int) G_N_ELEMENTS (steps));
  return -1;
}

gboolean
_lf_mongo_prepare_format (LfMongoStore *self, GError **error)
{
  g_autoptr (bson_t) filter = BCON_NEW ("_id", BCON_UTF8 ("format"));
  g_autoptr (bson_t) mine =
      BCON_NEW ("_id", BCON_UTF8 ("format"), "version", BCON_INT64 ((gint64) G_N_ELEMENTS (steps)));
  gint64 version = get_version (self, filter, error);

  if (version < 0)
    return FALSE;
  if (version == (gint64) G_N_ELEMENTS (steps))
    return TRUE;
  for (; version < (gint64) G_N_ELEMENTS (steps); version++)
    if (!steps[version](self, error))
      return FALSE;
  return _lf_mongo_put (self, "meta", filter, mine, error);
}
