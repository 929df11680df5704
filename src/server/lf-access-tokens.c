#include "config.h"

#include "lf-access-tokens.h"

#include "lf-error.h"
#include "lf-id.h"
#include "lf-json-read.h"
#include "lf-json.h"
#include "lf-time.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <unistd.h>

#define BITS_BYTES  32 /* 256 bits */
#define PREFIX      "lf_"
#define HASH_LENGTH 64 /* of SHA-256 in hexadecimal */
#define NAME_LIMIT  100

const char *const lf_role_words[] = { "nobody", "viewer", "operator", NULL };

typedef struct
{
  LfAccessToken token;
  char *hash;
} Entry;

struct _LfAccessTokens
{
  char *path;
  GPtrArray *entries; /* of Entry */
  GStatBuf seen;      /* the file as it was last read */
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->token.id);
  g_free (entry->token.name);
  g_free (entry->hash);
  g_free (entry);
}

LfAccessTokens *
lf_access_tokens_new (const char *path)
{
  LfAccessTokens *self = g_new0 (LfAccessTokens, 1);

  self->path = path != NULL ? g_strdup (path)
                            : g_build_filename (g_get_user_data_dir (), "loadforge",
                                                "remote-tokens.json", NULL);
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  return self;
}

void
lf_access_tokens_free (LfAccessTokens *self)
{
  g_ptr_array_unref (self->entries);
  g_free (self->path);
  g_free (self);
}

static int
read_role (const char *word)
{
  for (int i = LF_ROLE_VIEWER; lf_role_words[i] != NULL; i++)
    if (g_strcmp0 (lf_role_words[i], word) == 0)
      return i;
  return LF_ROLE_NOBODY;
}

/* NULL where it is none. */
static Entry *
read_entry (JsonNode *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *hash = object != NULL ? lf_json_read_text (object, "hash") : NULL;
  Entry *entry;

  if (hash == NULL || strlen (hash) != HASH_LENGTH || lf_json_read_text (object, "id") == NULL ||
      read_role (lf_json_read_text (object, "role")) == LF_ROLE_NOBODY)
    return NULL;
  entry = g_new0 (Entry, 1);
  entry->hash = g_strdup (hash);
  entry->token.id = g_strdup (lf_json_read_text (object, "id"));
  entry->token.name = g_strdup (lf_json_read_text (object, "name"));
  entry->token.role = read_role (lf_json_read_text (object, "role"));
  if (lf_json_read_text (object, "createdAt") != NULL)
    lf_time_from_text (lf_json_read_text (object, "createdAt"), &entry->token.created_at);
  return entry;
}

static gboolean
read_entries (LfAccessTokens *self, JsonNode *root)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  JsonNode *tokens = object != NULL ? json_object_get_member (object, "tokens") : NULL;
  JsonArray *list =
      tokens != NULL && JSON_NODE_HOLDS_ARRAY (tokens) ? json_node_get_array (tokens) : NULL;

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      Entry *entry = read_entry (json_array_get_element (list, i));

      if (entry == NULL)
        return FALSE;
      g_ptr_array_add (self->entries, entry);
    }
  return list != NULL;
}

static gboolean
fail_to_read (LfAccessTokens *self, const char *reason, GError **error)
{
  g_ptr_array_set_size (self->entries, 0);
  g_set_error (error, LF_ERROR, LF_ERROR_CORRUPT,
               _ ("%s cannot be read: %s. Mend or remove it; then make new tokens"), self->path,
               reason);
  return FALSE;
}

gboolean
lf_access_tokens_reload (LfAccessTokens *self, GError **error)
{
  g_autofree char *text = NULL;
  gsize length = 0;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) failure = NULL;

  g_ptr_array_set_size (self->entries, 0);
  if (g_stat (self->path, &self->seen) != 0)
    memset (&self->seen, 0, sizeof self->seen);
  if (!g_file_get_contents (self->path, &text, &length, &failure))
    return g_error_matches (failure, G_FILE_ERROR, G_FILE_ERROR_NOENT) ||
           fail_to_read (self, failure->message, error);
  root = lf_json_from_text (text, (gssize) length, &failure);
  if (root == NULL)
    return fail_to_read (self, failure->message, error);
  return read_entries (self, root) || fail_to_read (self, _ ("not a list of tokens"), error);
}

static void
reload_changed (LfAccessTokens *self)
{
  GStatBuf now = { 0 };
  g_autoptr (GError) error = NULL;

  if (g_stat (self->path, &now) != 0)
    memset (&now, 0, sizeof now);
  if (now.st_ino == self->seen.st_ino && now.st_size == self->seen.st_size &&
      now.st_mtim.tv_sec == self->seen.st_mtim.tv_sec &&
      now.st_mtim.tv_nsec == self->seen.st_mtim.tv_nsec)
    return;
  if (!lf_access_tokens_reload (self, &error))
    g_message ("%s", error->message);
}

static char *
to_text (LfAccessTokens *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "tokens");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = self->entries->pdata[i];
      g_autofree char *created = lf_time_to_text (entry->token.created_at);
      const char *const members[][2] = { { "id", entry->token.id },
                                         { "name", entry->token.name },
                                         { "role", lf_role_words[entry->token.role] },
                                         { "createdAt", created },
                                         { "hash", entry->hash } };

      json_builder_begin_object (builder);
      for (guint j = 0; j < G_N_ELEMENTS (members); j++)
        {
          json_builder_set_member_name (builder, members[j][0]);
          json_builder_add_string_value (builder, members[j][1]);
        }
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return lf_json_to_text (root, TRUE);
}

static gboolean
fail_to_write (LfAccessTokens *self, const char *reason, GError **error)
{
  g_set_error (error, LF_ERROR, LF_ERROR_READ_ONLY, _ ("%s cannot be written: %s"), self->path,
               reason);
  return FALSE;
}

static gboolean
write_file (LfAccessTokens *self, GError **error)
{
  g_autofree char *text = to_text (self);
  g_autoptr (GError) failure = NULL;

  if (!g_file_set_contents_full (self->path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                 &failure))
    return fail_to_write (self, failure->message, error);
  return lf_access_tokens_reload (self, error);
}

/* Two processes that change the file at once do it one after the other. -1 with @error. */
static int
lock (LfAccessTokens *self, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autofree char *path = g_strconcat (self->path, ".lock", NULL);
  int fd = -1;

  if (g_mkdir_with_parents (folder, 0700) == 0)
    fd = g_open (path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  if (fd >= 0 && flock (fd, LOCK_EX) == 0)
    return fd;
  fail_to_write (self, g_strerror (errno), error);
  if (fd >= 0)
    close (fd);
  return -1;
}

GPtrArray *
lf_access_tokens_list (LfAccessTokens *self)
{
  GPtrArray *list = g_ptr_array_new ();

  for (guint i = 0; i < self->entries->len; i++)
    g_ptr_array_add (list, &((Entry *) self->entries->pdata[i])->token);
  return list;
}

/* As the alphabet of RFC 4648's base64url, without what fills up. */
static char *
make_token (void)
{
  guchar bits[BITS_BYTES];
  g_autofree char *text = NULL;

  if (getentropy (bits, sizeof bits) != 0)
    g_error ("this system gives no random bits: %s", g_strerror (errno));
  text = g_base64_encode (bits, sizeof bits);
  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  g_strdelimit (text, "=", '\0');
  return g_strconcat (PREFIX, text, NULL);
}

static char *
hash (const char *token)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, token, -1);
}

gboolean
lf_access_tokens_add (LfAccessTokens *self,
                      const char *name,
                      LfRole role,
                      char **token,
                      GError **error)
{
  int fd = lock (self, error);
  Entry *entry;
  gboolean kept;

  if (fd < 0)
    return FALSE;
  kept = lf_access_tokens_reload (self, error);
  if (kept)
    {
      *token = make_token ();
      entry = g_new0 (Entry, 1);
      entry->hash = hash (*token);
      entry->token = (LfAccessToken){ .id = lf_id_new (),
                                      .name = g_utf8_substring (
                                          name, 0, MIN (g_utf8_strlen (name, -1), NAME_LIMIT)),
                                      .role = role,
                                      .created_at = lf_time_now () };
      g_ptr_array_add (self->entries, entry);
      kept = write_file (self, error);
      if (!kept)
        g_clear_pointer (token, g_free);
    }
  close (fd);
  return kept;
}

static gboolean
remove_entry (LfAccessTokens *self, const char *id, GError **error)
{
  for (guint i = 0; i < self->entries->len; i++)
    if (strcmp (((Entry *) self->entries->pdata[i])->token.id, id) == 0)
      {
        g_ptr_array_remove_index (self->entries, i);
        return TRUE;
      }
  g_set_error (error, LF_ERROR, LF_ERROR_NOT_FOUND, _ ("there is no token %s"), id);
  return FALSE;
}

gboolean
lf_access_tokens_revoke (LfAccessTokens *self, const char *id, GError **error)
{
  int fd = lock (self, error);
  gboolean done;

  if (fd < 0)
    return FALSE;
  done = lf_access_tokens_reload (self, error) && remove_entry (self, id, error) &&
         write_file (self, error);
  close (fd);
  return done;
}

/* As long for texts that differ at once as for those that differ at the end. */
static gboolean
is_same (const char *a, const char *b)
{
  guchar difference = 0;

  for (guint i = 0; i < HASH_LENGTH; i++)
    difference |= (guchar) (a[i] ^ b[i]);
  return difference == 0;
}

const LfAccessToken *
lf_access_tokens_check (LfAccessTokens *self, const char *token)
{
  g_autofree char *hashed = hash (token);
  const LfAccessToken *found = NULL;

  reload_changed (self);
  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = self->entries->pdata[i];

      if (is_same (entry->hash, hashed))
        found = &entry->token;
    }
  return found;
}

gboolean
lf_access_tokens_has (LfAccessTokens *self, const char *id)
{
  reload_changed (self);
  for (guint i = 0; i < self->entries->len; i++)
    if (strcmp (((Entry *) self->entries->pdata[i])->token.id, id) == 0)
      return TRUE;
  return FALSE;
}
