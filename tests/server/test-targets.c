#include "lf-targets.h"

#include "lf-error.h"
#include "lf-http-error.h"

static LfSpec *
read_spec (const char *text)
{
  g_autoptr (GError) error = NULL;
  LfSpec *spec = lf_spec_from_text (text, -1, &error);

  g_assert_no_error (error);
  return spec;
}

static void
test_patterns (void)
{
  static const struct
  {
    const char *pattern;
    const char *url;
    gboolean allowed;
  } cases[] = {
    { "test.example", "http://test.example/", TRUE },
    { "test.example", "https://TEST.example:8443/x?y#z", TRUE },
    { "Test.Example", "http://user:word@test.example/", TRUE },
    { "test.example", "http://sub.test.example/", FALSE },
    { "test.example", "http://test.example.org/", FALSE },
    { "test.example", "http://test.example@other.example/", FALSE },
    { "test.example", "http://other.example/test.example", FALSE },
    { "test.example", "http://other.example\\@test.example/", FALSE },
    { "test.example", "http://${host}/", FALSE },
    { "*.example", "http://a.b.example/", TRUE },
    { "*.example", "http://example/", FALSE },
    { "*.example", "http://badexample/", FALSE },
    { "test.example:80", "http://test.example/", TRUE },
    { "test.example:80", "https://test.example/", FALSE },
    { "test.example:443", "https://test.example/", TRUE },
    { "test.example:8080", "http://test.example:8080/", TRUE },
    { "test.example:8080", "http://test.example:8081/", FALSE },
    { "127.0.0.1", "http://127.0.0.1:9/", TRUE },
    { "127.0.0.1", "http://2130706433/", FALSE },
    { "::1", "http://[::1]:9/", TRUE },
    { "[::1]:9", "http://[::1]:9/", TRUE },
    { "[::1]:9", "http://[::1]:8/", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *const patterns[] = { "elsewhere.example", cases[i].pattern, NULL };
      LfTargets *targets = lf_targets_new (patterns);
      g_autoptr (LfSpec) spec = read_spec ("{\"request\": {\"url\": \"http://x/\"}}");
      g_autoptr (GError) error = NULL;

      g_test_message ("%s, %s", cases[i].pattern, cases[i].url);
      lf_set_string (&spec->request->url, cases[i].url);
      g_assert_cmpint (lf_targets_confine (targets, spec, &error), ==, cases[i].allowed);
      if (!cases[i].allowed)
        {
          g_assert_error (error, LF_HTTP_ERROR, 403);
          g_assert_true (g_str_has_prefix (error->message, "/request/url: "));
        }
      lf_targets_free (targets);
    }
}

/* A redirect would lead anywhere. */
static void
test_redirects (void)
{
  const char *const patterns[] = { "a.example", NULL };
  LfTargets *some = lf_targets_new (patterns);
  LfTargets *any = lf_targets_new (NULL);
  g_autoptr (LfSpec) spec = read_spec ("{\"steps\": [{\"url\": \"http://a.example/\","
                                       " \"http\": {\"followRedirects\": true}}]}");
  g_autoptr (LfHttpOptions) merged = NULL;

  g_assert_true (lf_targets_confine (any, spec, NULL));
  g_assert_null (spec->http);
  g_assert_true (lf_targets_confine (some, spec, NULL));
  merged = lf_http_options_merge (spec->http, lf_spec_get_step (spec, 0)->http);
  g_assert_false (merged->follow_redirects);
  lf_targets_free (some);
  lf_targets_free (any);
}

static void
test_files (void)
{
  g_autoptr (LfSpec) stored = read_spec (
      "{\"http\": {\"tls\": {\"caFile\": \"/own.pem\"}}, \"steps\": [{\"url\": \"http://a/\"}]}");
  g_autoptr (LfSpec) moved = read_spec (
      "{\"steps\": [{\"url\": \"http://a/\", \"http\": {\"tls\": {\"caFile\": \"/own.pem\"}}}]}");
  g_autoptr (LfSpec) foreign =
      read_spec ("{\"data\": [{\"name\": \"d\", \"file\": \"/etc/passwd\"}], \"steps\": [{\"url\": "
                 "\"http://a/\"}]}");
  g_autoptr (GError) error = NULL;

  g_assert_true (lf_targets_check_files (stored, stored, NULL));
  g_assert_true (lf_targets_check_files (moved, stored, NULL));
  g_assert_false (lf_targets_check_files (moved, NULL, NULL));
  g_assert_false (lf_targets_check_files (foreign, stored, &error));
  g_assert_error (error, LF_ERROR, LF_ERROR_VALUE);
  g_assert_true (g_str_has_prefix (error->message, "/data/0/file: "));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/targets/patterns", test_patterns);
  g_test_add_func ("/server/targets/redirects", test_redirects);
  g_test_add_func ("/server/targets/files", test_files);
  return g_test_run ();
}
