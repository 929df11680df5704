#pragma once

#include "lf-store.h"

#include <mongoc/mongoc.h>

/*
 * What the tests of stores share: calls that wait, and a fixture that opens an empty store of
 * each implementation.
 */

typedef struct
{
  const char *kind; /* "sqlite" or "mongo" */
  char *folder;     /* of its own, removed afterwards */
  char *uri;
  LfStore *store;
} LfTestStore;

typedef void (*LfTestStoreFunc) (LfTestStore *self, gconstpointer data);

/* Adds @test once for every implementation, as /store/sqlite@path and /store/mongo@path. Where
 * there is no MongoDB server the latter is skipped, but fails where $CI is set. */
void     lf_test_store_add       (const char *path, LfTestStoreFunc test);
/* Adds it for one of them. */
void     lf_test_store_add_for   (const char *kind, const char *path, LfTestStoreFunc test);
/* Of the server that the tests use: mongodb://HOST:PORT, or NULL. Where $LF_TEST_MONGO_AUTH is set,
 * one that asks who is there, and no other store is tested. */
const char *lf_test_mongo_uri    (void);

/* Starts one of the caller's own by the script tests/store/@name (mongo-server, fake-mongo), which ends with its standard
 * input; NULL in *@uri where none can be started. More words, up to NULL, are options of the script. */
GSubprocess *lf_test_start_server (const char *name, char **uri, ...) G_GNUC_NULL_TERMINATED;

LfStore *lf_test_open            (const char *uri, GError **error);
void     lf_test_close           (LfStore *store);
/* Closes @self's store and opens it anew. */
void     lf_test_reopen          (LfTestStore *self);

/* For any _async function: @user_data is a GAsyncResult *, NULL at first. */
void     lf_test_got_cb          (GObject *source, GAsyncResult *result, gpointer user_data);
void     lf_test_wait            (GAsyncResult **result);

/* Calls lf_store_NAME_async() with the arguments after @error, waits, and returns what
 * lf_store_NAME_finish() does: LF_CALL (store, load_spec, &error, id). */
#define LF_CALL(store, name, error, ...) \
  ({ \
    GAsyncResult *result_ = NULL; \
    lf_store_##name##_async (store, ##__VA_ARGS__, NULL, lf_test_got_cb, &result_); \
    lf_test_wait (&result_); \
    __auto_type value_ = lf_store_##name##_finish (store, result_, error); \
    g_object_unref (result_); \
    value_; \
  })

/* With a new id. */
LfRun     *lf_test_new_run     (const char *spec_id, LfRunStatus status);
/* Samples of the seconds @first to @last of a run, the total of each. */
GPtrArray *lf_test_new_samples (const char *run_id, int first, int last);
GPtrArray *lf_test_new_lines   (const char *run_id, int first, int last);
void       lf_test_remove      (const char *folder); /* and what is in it */

/* Behind the store's back, in its database. */
void       lf_test_assert_no_attachments (LfTestStore *self);
void       lf_test_damage_attachment     (LfTestStore *self, const char *id);
const char *lf_test_get_path             (LfTestStore *self); /* of an SQLite store */
void       lf_test_sql                   (const char *path, const char *sql);
gint64     lf_test_sql_number            (const char *path, const char *sql);
gboolean   lf_test_is_ferretdb           (LfTestStore *self);
guint      lf_test_count_indexes         (LfTestStore *self, const char *collection);
gint64     lf_test_count_documents       (LfTestStore *self, const char *collection);
mongoc_collection_t *lf_test_open_collection (LfTestStore *self, mongoc_client_t **client, const char *name);
