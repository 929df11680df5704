#include "lf-test-store.h"

#include <sqlite3.h>
#include <string.h>

const char *
lf_test_get_path (LfTestStore *self)
{
  return self->uri + strlen ("sqlite:");
}

gint64
lf_test_sql_number (const char *path, const char *sql)
{
  sqlite3 *db = NULL;
  sqlite3_stmt *statement = NULL;
  gint64 number = -1;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  if (sqlite3_step (statement) == SQLITE_ROW)
    number = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (db);
  return number;
}

void
lf_test_sql (const char *path, const char *sql)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

mongoc_collection_t *
lf_test_open_collection (LfTestStore *self, mongoc_client_t **client, const char *name)
{
  mongoc_uri_t *uri = mongoc_uri_new (self->uri);
  mongoc_collection_t *collection;

  *client = mongoc_client_new_from_uri (uri);
  collection = mongoc_client_get_collection (*client, mongoc_uri_get_database (uri), name);
  mongoc_uri_destroy (uri);
  return collection;
}

gint64
lf_test_count_documents (LfTestStore *self, const char *name)
{
  mongoc_client_t *client;
  mongoc_collection_t *collection = lf_test_open_collection (self, &client, name);
  bson_t all = BSON_INITIALIZER;
  bson_error_t error;
  gint64 count = mongoc_collection_count_documents (collection, &all, NULL, NULL, NULL, &error);

  mongoc_collection_destroy (collection);
  mongoc_client_destroy (client);
  return count;
}

gboolean
lf_test_is_ferretdb (LfTestStore *self)
{
  mongoc_uri_t *uri = mongoc_uri_new (self->uri);
  mongoc_client_t *client = mongoc_client_new_from_uri (uri);
  bson_t *command = BCON_NEW ("buildInfo", BCON_INT32 (1));
  gboolean is;
  bson_t reply;

  g_assert_true (mongoc_client_command_simple (client, "admin", command, NULL, &reply, NULL));
  is = bson_has_field (&reply, "ferretdbVersion");
  bson_destroy (&reply);
  bson_destroy (command);
  mongoc_client_destroy (client);
  mongoc_uri_destroy (uri);
  return is;
}

guint
lf_test_count_indexes (LfTestStore *self, const char *name)
{
  mongoc_client_t *client;
  mongoc_collection_t *collection = lf_test_open_collection (self, &client, name);
  mongoc_cursor_t *cursor = mongoc_collection_find_indexes_with_opts (collection, NULL);
  const bson_t *index;
  guint n = 0;

  while (mongoc_cursor_next (cursor, &index))
    n++;
  mongoc_cursor_destroy (cursor);
  mongoc_collection_destroy (collection);
  mongoc_client_destroy (client);
  return n;
}

static void
damage_chunk (LfTestStore *self, const char *id)
{
  mongoc_client_t *client;
  mongoc_collection_t *collection = lf_test_open_collection (self, &client, "attachments.chunks");
  bson_t *chunk = BCON_NEW ("n", BCON_INT32 (1));
  bson_t *change =
      BCON_NEW ("$set", "{", "data", BCON_BIN (BSON_SUBTYPE_BINARY, (uint8_t *) "xyz", 3), "}");
  bson_error_t error;

  g_assert_true (mongoc_collection_update_one (collection, chunk, change, NULL, NULL, &error));
  bson_destroy (chunk);
  bson_destroy (change);
  mongoc_collection_destroy (collection);
  mongoc_client_destroy (client);
}

void
lf_test_assert_no_attachments (LfTestStore *self)
{
  if (g_str_equal (self->kind, "mongo"))
    {
      g_assert_cmpint (lf_test_count_documents (self, "attachments.files"), ==, 0);
      g_assert_cmpint (lf_test_count_documents (self, "attachments.chunks"), ==, 0);
      return;
    }
  g_assert_cmpint (lf_test_sql_number (lf_test_get_path (self), "SELECT count(*) FROM attachments"),
                   ==, 0);
  g_assert_cmpint (lf_test_sql_number (lf_test_get_path (self), "SELECT count(*) FROM chunks"), ==,
                   0);
}

void
lf_test_damage_attachment (LfTestStore *self, const char *id)
{
  if (g_str_equal (self->kind, "mongo"))
    damage_chunk (self, id);
  else
    lf_test_sql (lf_test_get_path (self), "UPDATE chunks SET data = x'787970' WHERE n = 1");
}
