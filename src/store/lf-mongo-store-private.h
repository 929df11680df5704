#pragma once

#include "lf-bson-private.h"
#include "lf-mongo-store.h"

#include <mongoc/mongoc.h>

struct _LfMongoStore
{
  LfStore parent_instance;

  char *uri;                /* with the password */
  char *database;
  mongoc_client_t *client;  /* NULL until opened */
  GPtrArray *cut_off;       /* char *: ids of uploads that failed, whose chunks may be left; NULL: none */
  gboolean reads_whole;     /* the server goes through a whole collection, whatever it is asked: FerretDB 1 */
};

typedef enum
{
  LF_MONGO_FAILED, /* with the error set */
  LF_MONGO_MISSING,
  LF_MONGO_FOUND,
} LfMongoFound;

/* lf-mongo-connect.c: a client that has reached its server. Gives up after the URI's
 * serverSelectionTimeoutMS and a little, even where the driver is stuck in looking up a name. */
mongoc_client_t     *_lf_mongo_connect        (const mongoc_uri_t *uri, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* lf-mongo-places.c: which collection has what a run's @series has, "samples" or "logs". */

/* Asks the server how it reads, on which that depends. */
gboolean             _lf_mongo_learn_server    (LfMongoStore *self, GError **error);
/* Where they are written. */
char                *_lf_mongo_get_place       (LfMongoStore *self, const char *series, const char *run_id) G_GNUC_WARN_UNUSED_RESULT;
/* Where they are to be looked for if they are not there. */
char                *_lf_mongo_get_other_place (LfMongoStore *self, const char *series, const char *run_id) G_GNUC_WARN_UNUSED_RESULT;
/* Of a document of them, in bytes; asked once for all runs that are measured. */
gint64               _lf_mongo_get_mean_size   (LfMongoStore *self, const char *series);
/* About how many bytes they take. */
gint64               _lf_mongo_measure_series  (LfMongoStore *self, const char *series, const char *run_id, gint64 mean);
gboolean             _lf_mongo_delete_series   (LfMongoStore *self, const char *series, const char *run_id, GError **error);

/* lf-mongo-format.c: checks that the database is not of a newer version, and brings it to this one. */
gboolean             _lf_mongo_prepare_format (LfMongoStore *self, GError **error);

/* lf-mongo-uploads.c: what an upload that was cut off leaves behind: chunks of no file. */

/* Before the first chunk of @id. */
gboolean             _lf_mongo_begin_upload   (LfMongoStore *self, const char *id, GError **error);
/* After the last one, or after one that failed; then its chunks go as soon as the server answers again. Always @well. */
gboolean             _lf_mongo_end_upload     (LfMongoStore *self, const char *id, gboolean well);
/* What programs that were killed have left. */
gboolean             _lf_mongo_clear_uploads  (LfMongoStore *self, GError **error);
/* The chunks and the file @id. */
gboolean             _lf_mongo_clear_file     (LfMongoStore *self, const char *id, GError **error);

/* lf-mongo-errors.c: sets the error that the driver's means. Always FALSE. */
gboolean             _lf_mongo_fail           (const bson_error_t *cause, GError **error);

/* lf-mongo-documents.c */

mongoc_collection_t *_lf_mongo_get_collection (LfMongoStore *self, const char *name) G_GNUC_WARN_UNUSED_RESULT;
/* {_id: @id} */
bson_t              *_lf_mongo_by_id          (const char *id) G_GNUC_WARN_UNUSED_RESULT;
/* {_id: {$gt: "OWNER:AFTER", $lt: "OWNER;"}}: what belongs to a run or spec and has a computed id
 * that begins with its owner's; all of it where @after is NULL. */
bson_t              *_lf_mongo_by_owner       (const char *owner_id, const char *after) G_GNUC_WARN_UNUSED_RESULT;
/* Whether who made @claim has had time enough to do what it was for. To do it for somebody who is still at it would be
 * one write too many: FerretDB reads a document, changes it and writes it back in three steps. */
gboolean             _lf_mongo_is_left        (const bson_t *claim);
/* @opts may be NULL; @document, too, else bson_destroy() it. */
LfMongoFound         _lf_mongo_find_one       (LfMongoStore *self, const char *collection, const bson_t *filter, const bson_t *opts, bson_t **document, GError **error);
/* Reads the record @id; @what is "spec" or "run". */
gpointer             _lf_mongo_load           (LfMongoStore *self, const char *collection, const char *id, const LfRecordType *type, const char *what, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Reads all that match into a list of records. */
GPtrArray           *_lf_mongo_list           (LfMongoStore *self, const char *collection, const bson_t *filter, const bson_t *opts, const LfRecordType *type, const char *what, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean             _lf_mongo_insert         (LfMongoStore *self, const char *collection, const bson_t *document, GError **error);
/* Inserts or replaces the document with the _id of @filter. */
gboolean             _lf_mongo_put            (LfMongoStore *self, const char *collection, const bson_t *filter, const bson_t *document, GError **error);
/* How many were deleted, or -1 with @error set. */
gint64               _lf_mongo_delete         (LfMongoStore *self, const char *collection, const bson_t *filter, GError **error);

/* Deletes the document @id and what was claimed for it; @what is "spec" or "schedule". */
gpointer             _lf_mongo_delete_with_claims (LfMongoStore *self, const char *collection, const char *claims, const char *id, const char *what, GError **error);

/* A number that a command answers, -1 where the server does not know the command or the number. */
gint64               _lf_mongo_ask_number     (LfMongoStore *self, const bson_t *command, const char *key);

/* LF_ERROR_NOT_FOUND unless there is such a run. */
gboolean             _lf_mongo_has_run        (LfMongoStore *self, const char *id, GError **error);

/* What the other files add to the class. */
void _lf_mongo_specs_class_init       (LfStoreClass *klass);
void _lf_mongo_schedules_class_init   (LfStoreClass *klass);
void _lf_mongo_runs_class_init        (LfStoreClass *klass);
void _lf_mongo_series_class_init      (LfStoreClass *klass);
void _lf_mongo_attachments_class_init (LfStoreClass *klass);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (mongoc_collection_t, mongoc_collection_destroy)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (mongoc_cursor_t, mongoc_cursor_destroy)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (mongoc_uri_t, mongoc_uri_destroy)
