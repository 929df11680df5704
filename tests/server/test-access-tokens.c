#include "lf-access-tokens.h"

#include "lf-error.h"

#include <glib/gstdio.h>
#include <string.h>

/* Two who use one file, as `serve` and `token` do. */
typedef struct
{
  char *folder;
  char *path;
  LfAccessTokens *tokens;
  LfAccessTokens *other;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("lf-tokens-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "below", "tokens.json", NULL);
  fixture->tokens = lf_access_tokens_new (fixture->path);
  fixture->other = lf_access_tokens_new (fixture->path);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *lock = g_strconcat (fixture->path, ".lock", NULL);
  g_autofree char *below = g_path_get_dirname (fixture->path);

  lf_access_tokens_free (fixture->tokens);
  lf_access_tokens_free (fixture->other);
  g_unlink (fixture->path);
  g_unlink (lock);
  g_rmdir (below);
  g_rmdir (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static char *
add (LfAccessTokens *tokens, const char *name, LfRole role)
{
  g_autoptr (GError) error = NULL;
  char *token = NULL;

  g_assert_true (lf_access_tokens_add (tokens, name, role, &token, &error));
  g_assert_no_error (error);
  return token;
}

static void
test_made_seen_and_revoked (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *viewer = add (fixture->tokens, "wall", LF_ROLE_VIEWER);
  g_autofree char *steering = add (fixture->other, "ci", LF_ROLE_OPERATOR);
  const LfAccessToken *found = lf_access_tokens_check (fixture->tokens, steering);
  g_autofree char *id = NULL;
  g_autoptr (GPtrArray) list = NULL;
  GStatBuf status;

  g_assert_nonnull (found);
  g_assert_cmpstr (found->name, ==, "ci");
  g_assert_cmpint (found->role, ==, LF_ROLE_OPERATOR);
  g_assert_cmpint (lf_access_tokens_check (fixture->other, viewer)->role, ==, LF_ROLE_VIEWER);
  g_assert_null (lf_access_tokens_check (fixture->tokens, ""));
  id = g_strdup (found->id);
  list = lf_access_tokens_list (fixture->tokens);
  g_assert_cmpuint (list->len, ==, 2);
  g_assert_cmpstr (((LfAccessToken *) list->pdata[0])->name, ==, "wall");
  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0600);
  g_assert_true (lf_access_tokens_has (fixture->tokens, id));
  g_assert_true (lf_access_tokens_revoke (fixture->other, id, &error));
  g_assert_null (lf_access_tokens_check (fixture->tokens, steering));
  g_assert_false (lf_access_tokens_has (fixture->tokens, id));
  g_assert_nonnull (lf_access_tokens_check (fixture->tokens, viewer));
  g_assert_false (lf_access_tokens_revoke (fixture->other, id, &error));
  g_assert_error (error, LF_ERROR, LF_ERROR_NOT_FOUND);
}

/* Nobody gets in by a file that is damaged, nor by one whose roles are unknown. */
static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  static const char *const texts[] = { "",
                                       "{}",
                                       "[]",
                                       "{\"tokens\": 1}",
                                       "{\"tokens\": [{}]}",
                                       "{\"tokens\": [{\"id\": \"a\", \"role\": \"king\"}]}" };
  g_autofree char *token = add (fixture->tokens, "x", LF_ROLE_VIEWER);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents (fixture->path, texts[i], -1, NULL));
      g_assert_false (lf_access_tokens_reload (fixture->tokens, &error));
      g_assert_error (error, LF_ERROR, LF_ERROR_CORRUPT);
      g_assert_nonnull (strstr (error->message, fixture->path));
      g_assert_null (lf_access_tokens_check (fixture->tokens, token));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/server/access-tokens/made-seen-and-revoked", Fixture, NULL, set_up,
              test_made_seen_and_revoked, tear_down);
  g_test_add ("/server/access-tokens/damaged", Fixture, NULL, set_up, test_damaged, tear_down);
  return g_test_run ();
}
