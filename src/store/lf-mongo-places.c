#include "config.h"

#include "lf-mongo-store-private.h"

#include "lf-id.h"

/*
 * A server with an index on _id reads the buckets and lines of a run as one range of ids, out of
 * the collections samples and logs. FerretDB 1 on SQLite has an index that its own queries do not
 * use: it goes through a whole collection for every question, 6 MB/s where it has to decode what is
 * there, and for every write. There each run has collections of its own, samples.RUN and logs.RUN.
 * What is not where this server would have it came from one of the other kind, by a copy of the
 * database: it is looked for there, too.
 */

#define NAMESPACE_NOT_FOUND 26 /* Source: MongoDB's list of error codes */

gboolean
_lf_mongo_learn_server (LfMongoStore *self, GError **error)
{
  g_autoptr (bson_t) command = BCON_NEW ("buildInfo", BCON_INT32 (1));
  bson_error_t cause;
  bson_iter_t iter;
  gboolean well;
  bson_t reply;

  well = mongoc_client_command_simple (self->client, self->database, command, NULL, &reply, &cause);
  self->reads_whole = well && bson_iter_init_find (&iter, &reply, "ferretdbVersion") &&
                      BSON_ITER_HOLDS_UTF8 (&iter) &&
                      g_str_has_prefix (bson_iter_utf8 (&iter, NULL), "v1.");
  bson_destroy (&reply);
  return well || _lf_mongo_fail (&cause, error);
}

/* Another client's run whose id no collection could be named by has none of its own. */
static char *
get_place (const char *series, const char *run_id, gboolean own)
{
  return own && lf_id_is_valid (run_id) ? g_strconcat (series, ".", run_id, NULL)
                                        : g_strdup (series);
}

char *
_lf_mongo_get_place (LfMongoStore *self, const char *series, const char *run_id)
{
  return get_place (series, run_id, self->reads_whole);
}

char *
_lf_mongo_get_other_place (LfMongoStore *self, const char *series, const char *run_id)
{
  return get_place (series, run_id, !self->reads_whole);
}

static gint64
count (LfMongoStore *self, const char *collection, const char *run_id)
{
  g_autoptr (mongoc_collection_t) handle = _lf_mongo_get_collection (self, collection);
  g_autoptr (bson_t) owned = _lf_mongo_by_owner (run_id, NULL);

  return mongoc_collection_count_documents (handle, owned, NULL, NULL, NULL, NULL);
}

/* A number that collStats tells of @collection, 0 where the server knows none. */
static gint64
ask_stats (LfMongoStore *self, const char *collection, const char *key)
{
  g_autoptr (bson_t) stats = BCON_NEW ("collStats", BCON_UTF8 (collection));

  return MAX (_lf_mongo_ask_number (self, stats, key), 0);
}

gint64
_lf_mongo_get_mean_size (LfMongoStore *self, const char *series)
{
  return self->reads_whole ? 0 : ask_stats (self, series, "avgObjSize");
}

/* They are counted by their mean: to look at each would read them all. */
gint64
_lf_mongo_measure_series (LfMongoStore *self, const char *series, const char *run_id, gint64 mean)
{
  g_autofree char *own = get_place (series, run_id, TRUE);

  if (self->reads_whole)
    return ask_stats (self, own, "size");
  return mean > 0 ? MAX (count (self, series, run_id), 0) * mean : 0;
}

/* A collection that is not there is dropped already. */
static gboolean
drop (LfMongoStore *self, const char *collection, GError **error)
{
  g_autoptr (mongoc_collection_t) handle = _lf_mongo_get_collection (self, collection);
  bson_error_t cause;

  return mongoc_collection_drop_with_opts (handle, NULL, &cause) ||
         cause.code == NAMESPACE_NOT_FOUND || _lf_mongo_fail (&cause, error);
}

gboolean
_lf_mongo_delete_series (LfMongoStore *self, const char *series, const char *run_id, GError **error)
{
  g_autoptr (bson_t) owned = _lf_mongo_by_owner (run_id, NULL);
  g_autofree char *own = get_place (series, run_id, TRUE);

  return (g_str_equal (own, series) || drop (self, own, error)) &&
         _lf_mongo_delete (self, series, owned, error) >= 0;
}
