#include "lf-redact.h"
#include "lf-settings-env.h"

#include "lf-error.h"

#include <glib/gstdio.h>
#include <unistd.h>

/* What comes in from the environment, and what must not go out. */

static const char *const variables[] = { "PORT", "MONGO_URI", "MAX_WORKERS", "MAX_SOCKETS" };

static LfSettingsEnv *
read_env (const char *text, GError **error)
{
  g_autofree char *folder = g_dir_make_tmp ("lf-env-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, ".env", NULL);
  LfSettingsEnv *settings;

  if (text)
    g_assert_true (g_file_set_contents (path, text, -1, NULL));
  settings = lf_settings_env_read (folder, error);
  g_unlink (path);
  g_rmdir (folder);
  return settings;
}

static void
test_env_file (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LfSettingsEnv) settings =
      read_env ("# what we use\r\n\nPORT=8081\nexport MAX_WORKERS = 3 # a comment\n"
                "MONGO_URI=\"mongodb://localhost/a#b\"\nMAX_SOCKETS=\nOTHER=x\nno equals sign\n",
                &error);

  g_assert_no_error (error);
  g_assert_cmpuint (settings->port, ==, 8081);
  g_assert_cmpuint (settings->max_workers, ==, 3);
  g_assert_cmpstr (settings->mongo_uri, ==, "mongodb://localhost/a#b");
  g_assert_cmpuint (settings->max_sockets, ==, 0);
}

static void
test_environment_wins (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LfSettingsEnv) settings = NULL;

  g_setenv ("MAX_WORKERS", "7", TRUE);
  settings = read_env ("MAX_WORKERS=3\n", &error);
  g_unsetenv ("MAX_WORKERS");
  g_assert_no_error (error);
  g_assert_cmpuint (settings->max_workers, ==, 7);
}

static void
test_nothing_set (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LfSettingsEnv) settings = read_env (NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (settings->port + settings->max_workers + settings->max_sockets, ==, 0);
  g_assert_null (settings->mongo_uri);
}

static void
test_wrong_values (void)
{
  static const char *const wrong[] = {
    "PORT=http",       "PORT=0",           "PORT=65536",
    "PORT=-1",         "MAX_WORKERS=0",    "MAX_WORKERS=1.5",
    "MAX_WORKERS=1e3", "MAX_SOCKETS=lots", "MAX_SOCKETS=99999999999999999999"
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LfSettingsEnv) settings = read_env (wrong[i], &error);

      g_assert_null (settings);
      g_assert_error (error, LF_ERROR, LF_ERROR_VALUE);
      g_assert_true (g_str_has_prefix (error->message, wrong[i]));
    }
}

static void
test_urls (void)
{
  static const char *const urls[][2] = {
    { "http://host/", "http://host/" },
    { "https://ghp_token@host/", "https://" LF_REDACTED "@host/" },
    { "http://@host/", "http://@host/" },
    { "http://user:secret@host/", "http://user:" LF_REDACTED "@host/" },
    { "http://user:se:cr@et@host:80/?q=a:b@c", "http://user:" LF_REDACTED "@host:80/?q=a:b@c" },
    { "http://host/a:b@c", "http://host/a:b@c" },
    { "socks5://:secret@proxy", "socks5://:" LF_REDACTED "@proxy" },
    { "user:secret@proxy:3128", "user:" LF_REDACTED "@proxy:3128" },
    { "no url", "no url" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      g_autofree char *redacted = lf_redact_url (urls[i][0]);

      g_assert_cmpstr (redacted, ==, urls[i][1]);
    }
  g_assert_null (lf_redact_url (NULL));
}

static void
test_head (void)
{
  g_autofree char *head = lf_redact_head ("GET /token: HTTP/1.1\r\nHost: a\r\nauthorization: Basic "
                                          "eA==\r\nX-Api-Key: k:k\r\nnonsense\r\n\r\n");

  g_assert_cmpstr (head, ==,
                   "GET /token: HTTP/1.1\r\nHost: a\r\nauthorization: " LF_REDACTED
                   "\r\nX-Api-Key: " LF_REDACTED "\r\nnonsense\r\n\r\n");
}

/* No secret of a spec is left in what is handed on, and all else is. */
static void
test_spec (void)
{
  static const char text[] =
      "{\"name\":\"shown\",\"variables\":{\"a\":{\"value\":\"SECRET\",\"secret\":true},"
      "\"b\":{\"value\":\"shown\"}},"
      "\"http\":{\"proxy\":\"http://u:SECRET@proxy\"},"
      "\"steps\":[{\"url\":\"http://u:SECRET@host/\","
      "\"headers\":[{\"name\":\"authorization\",\"value\":\"SECRET\"},"
      "{\"name\":\"COOKIE\",\"value\":\"SECRET\"},{\"name\":\"X-Api-Key\",\"value\":\"SECRET\"},"
      "{\"name\":\"x-amz-security-token\",\"value\":\"SECRET\"},"
      "{\"name\":\"Accept\",\"value\":\"shown\"}],"
      "\"auth\":{\"type\":\"basic\",\"username\":\"shown\",\"password\":\"SECRET\",\"token\":"
      "\"SECRET\","
      "\"value\":\"SECRET\",\"clientSecret\":\"SECRET\",\"secretKey\":\"SECRET\","
      "\"sessionToken\":\"SECRET\",\"tokenUrl\":\"http://u:SECRET@host/\"},"
      "\"http\":{\"proxy\":\"u:SECRET@proxy:3128\"}}],"
      "\"loadProfile\":{\"users\":1,\"steady\":1}}";
  g_autoptr (GError) error = NULL;
  g_autoptr (LfSpec) spec = lf_spec_from_text (text, -1, &error);
  g_autofree char *before = lf_spec_to_text (spec);
  g_autoptr (JsonNode) redacted = NULL;
  g_autoptr (LfSpec) read = NULL;
  g_autofree char *out = NULL;
  g_autofree char *after = NULL;
  guint shown = 0;

  g_assert_no_error (error);
  redacted = lf_redact_spec (spec);
  out = json_to_string (redacted, FALSE);
  g_assert_null (strstr (out, "SECRET"));
  for (const char *at = out; (at = strstr (at, "shown")); at++)
    shown++;
  g_assert_cmpuint (shown, ==, 4);
  read = lf_spec_from_json (redacted, &error);
  g_assert_no_error (error);
  g_assert_true (lf_spec_check (read, NULL));
  after = lf_spec_to_text (spec);
  g_assert_cmpstr (before, ==, after); /* the spec itself is untouched */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    g_unsetenv (variables[i]);
  g_test_add_func ("/settings-env/file", test_env_file);
  g_test_add_func ("/settings-env/environment-wins", test_environment_wins);
  g_test_add_func ("/settings-env/nothing-set", test_nothing_set);
  g_test_add_func ("/settings-env/wrong-values", test_wrong_values);
  g_test_add_func ("/redact/urls", test_urls);
  g_test_add_func ("/redact/head", test_head);
  g_test_add_func ("/redact/spec", test_spec);
  return g_test_run ();
}
