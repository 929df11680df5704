#include "lf-spec-outside.h"

#include <glib/gstdio.h>
#include <unistd.h>

typedef struct
{
  char *root; /* of the test; "specs" in it is the folder of the spec */
  char *folder;
} Fixture;

static void
make_file (Fixture *self, const char *name)
{
  g_autofree char *path = g_build_filename (self->root, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, name, -1, NULL));
}

static void
make_link (Fixture *self, const char *name, const char *to)
{
  g_autofree char *path = g_build_filename (self->root, name, NULL);
  g_autofree char *target = g_build_filename (self->root, to, NULL);

  g_assert_cmpint (symlink (target, path), ==, 0);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->root = g_dir_make_tmp ("loadforge-outside-XXXXXX", NULL);
  self->folder = g_build_filename (self->root, "specs", NULL);
  make_file (self, "secret.txt");
  make_file (self, "specs-too/near.txt");
  make_file (self, "specs/own.txt");
  make_file (self, "specs/sub/own.txt");
  make_file (self, "specs/.ssh/id");
  make_link (self, "specs/link.txt", "secret.txt");
  make_link (self, "specs/home", ".");
  make_link (self, "specs/good.txt", "specs/own.txt");
  make_link (self, "alias", "specs");
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  static const char *const files[] = { "secret.txt",     "specs-too/near.txt", "specs-too",
                                       "specs/own.txt",  "specs/sub/own.txt",  "specs/sub",
                                       "specs/.ssh/id",  "specs/.ssh",         "alias",
                                       "specs/link.txt", "specs/home",         "specs/good.txt",
                                       "specs" };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (self->root, files[i], NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (self->root), ==, 0);
  g_free (self->folder);
  g_free (self->root);
}

/* Two steps: a body that is the file @path, and a part that is an attachment already. */
static LfSpec *
make_spec (const char *path)
{
  g_autofree char *text = g_strdup_printf (
      "{\"schema\":\"loadforge/spec/1\",\"steps\":[{\"url\":\"http://a/"
      "\",\"body\":{\"type\":\"file\","
      "\"file\":\"%s\"}},{\"url\":\"http://a/\",\"body\":{\"type\":\"multipart\",\"parts\":["
      "{\"name\":\"a\",\"attachmentId\":\"0123456789abcdef01234567\",\"file\":\"/etc/"
      "passwd\"}]}}]}",
      path);
  g_autoptr (GError) error = NULL;
  LfSpec *spec = lf_spec_from_text (text, -1, &error);

  g_assert_no_error (error);
  return spec;
}

static void
check (const char *folder, const char *path, gboolean outside)
{
  g_autoptr (LfSpec) spec = make_spec (path);
  g_auto (GStrv) found = lf_spec_outside_find (spec, folder);

  g_test_message ("%s", path);
  g_assert_cmpuint (g_strv_length (found), ==, outside);
}

/* By where a path leads, not by how it is written. */
static void
test_find (Fixture *self, gconstpointer data)
{
  static const char *const own[] = { "own.txt",          "./own.txt",         "sub/own.txt",
                                     "sub/../own.txt",   "good.txt",          "not-there.txt",
                                     "../specs/own.txt", "home/specs/own.txt" };
  static const char *const foreign[] = {
    "/etc/passwd",     "../secret.txt",        "../specs-too/near.txt", "link.txt", ".ssh/id",
    "home/secret.txt", "sub/../../secret.txt", "../not-there.txt",      ".."
  };
  g_autofree char *alias = g_build_filename (self->root, "alias", NULL);
  g_autofree char *absolute = g_build_filename (self->folder, "own.txt", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    {
      check (self->folder, own[i], FALSE);
      check (alias, own[i], FALSE);
    }
  for (guint i = 0; i < G_N_ELEMENTS (foreign); i++)
    {
      check (self->folder, foreign[i], TRUE);
      check (alias, foreign[i], TRUE);
    }
  check (self->folder, absolute, FALSE);
  check (alias, absolute, FALSE);
}

/* A place that is no folder of this machine: only what is plainly below it is its own. */
static void
test_elsewhere (void)
{
  check (NULL, "own.txt", FALSE);
  check (NULL, "sub/own.txt", FALSE);
  check (NULL, "/etc/passwd", TRUE);
  check (NULL, "../own.txt", TRUE);
  check (NULL, "sub/../../own.txt", TRUE);
  check (NULL, ".ssh/id", TRUE);
}

/* Bodies, parts, certificates and keys, each path once; only what was named is dropped. */
static void
test_drop (Fixture *self, gconstpointer data)
{
  g_autoptr (LfSpec) spec = lf_spec_from_text (
      "{\"schema\":\"loadforge/spec/1\",\"http\":{\"tls\":{\"caFile\":\"/etc/"
      "ca.pem\",\"certFile\":\"/etc/c.pem\"}},"
      "\"steps\":[{\"url\":\"http://a/\",\"body\":{\"type\":\"multipart\",\"file\":\"../"
      "secret.txt\",\"parts\":["
      "{\"name\":\"a\",\"file\":\"own.txt\"},{\"name\":\"b\",\"file\":\"../secret.txt\"},"
      "{\"name\":\"c\",\"file\":\"/etc/passwd\"}]}},"
      "{\"url\":\"http://a/\",\"http\":{\"tls\":{\"keyFile\":\"/etc/k.pem\"}}}]}",
      -1, NULL);
  g_auto (GStrv) found = lf_spec_outside_find (spec, self->folder);
  g_auto (GStrv) rest = NULL;
  g_autofree char *secret = g_build_filename (self->root, "secret.txt", NULL);
  const char *const expected[] = { secret, "/etc/passwd", "/etc/c.pem", "/etc/k.pem", NULL };
  const LfBody *body = lf_spec_get_step (spec, 0)->body;

  g_assert_cmpstrv (found, expected);
  lf_spec_outside_drop (spec, self->folder, (const char *const *) found);
  rest = lf_spec_outside_find (spec, self->folder);
  g_assert_cmpuint (g_strv_length (rest), ==, 0);
  g_assert_null (body->file);
  g_assert_cmpstr (((LfBodyPart *) body->parts->pdata[0])->file, ==, "own.txt");
  g_assert_null (((LfBodyPart *) body->parts->pdata[2])->file);
  g_assert_cmpstr (spec->http->tls->ca_file, ==, "/etc/ca.pem");
  g_assert_null (spec->http->tls->cert_file);
  g_assert_null (lf_spec_get_step (spec, 1)->http->tls->key_file);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test)                                                                            \
  g_test_add ("/control/spec-outside/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("find", test_find);
  ADD ("drop", test_drop);
  g_test_add_func ("/control/spec-outside/elsewhere", test_elsewhere);
  return g_test_run ();
}
