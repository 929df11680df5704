#include "lf-spec.h"

#include "lf-error.h"
#include "lf-sent-file.h"

#define PROFILE         "\"loadProfile\":{\"users\":1,\"steady\":1}"
#define WITH_STEP(more) "{\"steps\":[{\"url\":\"http://localhost/\"," more "}]," PROFILE "}"
#define WITH_URL(url)   "{\"steps\":[{\"url\":\"" url "\"}]," PROFILE "}"
#define WITH_PROFILE(profile)                                                                      \
  "{\"steps\":[{\"url\":\"http://localhost/\"}],\"loadProfile\":" profile "}"
#define WITH_SPEC(more) "{\"steps\":[{\"url\":\"http://localhost/\"}]," PROFILE "," more "}"

static LfSpec *
read_spec (const char *text)
{
  g_autoptr (GError) error = NULL;
  LfSpec *spec = lf_spec_from_text (text, -1, &error);

  g_assert_no_error (error);
  return spec;
}

/* Documents that are no spec: what lf_spec_from_text() says of them. */
static const struct
{
  const char *text;
  const char *message;
} unreadable[] = {
  { "", "line 1, column 1: *" },
  { "[]", "*object*" },
  { "{\"name\":1}", "/name: *" },
  { "{\"name\":\"a\",\"name\":\"b\"}", "line 1, column *" },
  { "{\"steps\":{}}", "/steps: *" },
  { "{\"steps\":[7]}", "/steps/0: *" },
  { "{\"steps\":[{\"url\":[]}]}", "/steps/0/url: *" },
  { "{\"steps\":[{\"enabled\":\"yes\"}]}", "/steps/0/enabled: *" },
  { "{\"steps\":[{\"headers\":[{\"name\":\"A\"},{\"value\":3}]}]}", "/steps/0/headers/1/value: *" },
  { "{\"steps\":[{\"auth\":{\"type\":\"kerberos\"}}]}", "/steps/0/auth/type: *basic*" },
  { "{\"loadProfile\":{\"users\":1.5}}", "/loadProfile/users: *" },
  { "{\"loadProfile\":{\"users\":-1}}", "/loadProfile/users: *" },
  { "{\"loadProfile\":{\"users\":1e9}}", "/loadProfile/users: *" },
  { "{\"loadProfile\":{\"steady\":1e400}}", "*" },
  { "{\"loadProfile\":{\"executor\":\"constant\"}}", "/loadProfile/executor: *constant-vus*" },
  { "{\"loadProfile\":{\"timeUnit\":0}}", "/loadProfile/timeUnit: *" },
  { "{\"variables\":{\"a/b~c\":{\"secret\":1}}}", "/variables/a~1b~0c/secret: *" },
  { "{\"createdAt\":\"yesterday\"}", "/createdAt: *" },
  { "{\"thresholds\":[\"p(95)<300\"]}", "/thresholds: *object*" },
  { "{\"schema\":\"loadforge/spec/2\"}", "/schema: *newer*" },
  { "{\"schema\":\"k6\"}", "/schema: *loadforge/spec/1*" },
  { "{\"gracefulStop\":-0.5}", "/gracefulStop: *" },
  { "{\"steps\":[]} x", "line 1, column 14: *" },
  { "{\"name\":\"\xff\"}", "*UTF-8*" },
  { "{\"request\":{},\"steps\":[]}", "/request: *" },
  { "{\"name\":\"a\nb\"}", "line 1, column *" },
};

static void
test_unreadable (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (unreadable); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LfSpec) spec = lf_spec_from_text (unreadable[i].text, -1, &error);

      g_assert_null (spec);
      g_assert_nonnull (error);
      if (!g_pattern_match_simple (unreadable[i].message, error->message))
        g_error ("%s: “%s” instead of “%s”", unreadable[i].text, error->message,
                 unreadable[i].message);
    }
}

/* Specs that can be kept but not run: the pointer and words of the first problem. */
static const struct
{
  const char *text;
  const char *pointer;
  const char *message;
} wrong[] = {
  { "{}", "/steps", "*add one*" },
  { "{\"steps\":[]," PROFILE "}", "/steps", "*add one*" },
  { "{\"steps\":[{\"url\":\"http://a/\",\"enabled\":false}]," PROFILE "}", "/steps",
    "*enable one*" },
  { "{\"request\":{\"url\":\"http://a/\",\"enabled\":false}," PROFILE "}", "/request/enabled",
    "*off*" },
  { "{\"request\":{\"url\":\"a\"}," PROFILE "}", "/request/url", "not an http or https URL" },
  { "{\"steps\":[{\"url\":\"http://localhost/\"}]}", "/loadProfile", "*missing*" },
  { WITH_URL (""), "/steps/0/url", "*missing*" },
  { WITH_URL ("localhost:8080/x"), "/steps/0/url", "not an http or https URL" },
  { WITH_URL ("//localhost/"), "/steps/0/url", "not an http or https URL" },
  { WITH_URL ("ftp://localhost/"), "/steps/0/url", "not an http or https URL" },
  { WITH_URL ("httpx://localhost/"), "/steps/0/url", "not an http or https URL" },
  { WITH_URL ("http:///path"), "/steps/0/url", "*no host*" },
  { WITH_URL ("http://a b/"), "/steps/0/url", "*%20*" },
  { WITH_URL ("http://a/\\r\\nX: 1"), "/steps/0/url", "*line break*" },
  { WITH_URL ("http://localhost:0/"), "/steps/0/url", "*port*" },
  { WITH_URL ("http://localhost:65536/"), "/steps/0/url", "*Port*" },
  { WITH_URL ("http://[::1/"), "/steps/0/url", "*" },
  { WITH_STEP ("\"method\":\"G ET\""), "/steps/0/method", "*not a method*" },
  { WITH_STEP ("\"method\":\"\""), "/steps/0/method", "*not a method*" },
  { WITH_STEP ("\"method\":\"connect\""), "/steps/0/method", "*tunnel*" },
  { WITH_STEP ("\"headers\":[{\"name\":\"\",\"value\":\"x\"}]"), "/steps/0/headers/0/name",
    "*empty*" },
  { WITH_STEP ("\"headers\":[{\"name\":\"A\"},{\"name\":\"B\",\"value\":\"1\\r\\nC: 2\"}]"),
    "/steps/0/headers/1/value", "*line break*" },
  { WITH_STEP ("\"headers\":[{\"name\":\"A\\nB\",\"value\":\"1\"}]"), "/steps/0/headers/0/name",
    "*line break*" },
  { WITH_STEP ("\"headers\":[{\"name\":\"A:\",\"value\":\"1\"}]"), "/steps/0/headers/0/name",
    "*letters*" },
  { WITH_STEP ("\"headers\":[{\"name\":\"A\",\"value\":\"\\u0007\"}]"), "/steps/0/headers/0/value",
    "*control*" },
  { WITH_STEP ("\"headers\":[{\"name\":\"Content-Length\",\"value\":\"1\"}]"),
    "/steps/0/headers/0/name", "*body*" },
  { WITH_STEP ("\"params\":[{\"value\":\"1\"}]"), "/steps/0/params/0/name", "*empty*" },
  { WITH_STEP ("\"auth\":{\"type\":\"basic\"}"), "/steps/0/auth/username", "*missing*" },
  { WITH_STEP ("\"auth\":{\"type\":\"basic\",\"username\":\"a:b\"}"), "/steps/0/auth/username",
    "*colon*" },
  { WITH_STEP ("\"auth\":{\"type\":\"bearer\"}"), "/steps/0/auth/token", "*missing*" },
  { WITH_STEP ("\"auth\":{\"type\":\"bearer\",\"token\":\"a\\nb\"}"), "/steps/0/auth/token",
    "*line break*" },
  { WITH_STEP ("\"body\":{\"type\":\"json\",\"text\":\"{\\\"a\\\":}\"}"), "/steps/0/body/text",
    "*line 1*" },
  { WITH_STEP ("\"body\":{\"type\":\"file\"}"), "/steps/0/body/attachmentId", "*choose one*" },
  { WITH_STEP ("\"body\":{\"type\":\"multipart\",\"parts\":[{\"name\":\"a\","
               "\"attachmentId\":\"\"}]}"),
    "/steps/0/body/parts/0/attachmentId", "*choose one*" },
  { WITH_STEP ("\"body\":{\"type\":\"multipart\",\"parts\":[{\"name\":\"a\"},"
               "{\"name\":\"b\",\"file\":\"\"}]}"),
    "/steps/0/body/parts/1/file", "*choose one*" },
  { WITH_STEP ("\"body\":{\"type\":\"multipart\",\"parts\":[{\"file\":\"a.png\"}]}"),
    "/steps/0/body/parts/0/name", "*name the part*" },
  { WITH_STEP ("\"body\":{\"type\":\"multipart\",\"parts\":[{\"name\":\"a\","
               "\"value\":\"x\",\"file\":\"a.png\"}]}"),
    "/steps/0/body/parts/0/value", "*one of both*" },
  { WITH_STEP ("\"body\":{\"type\":\"graphql\"}"), "/steps/0/body/query", "*missing*" },
  { WITH_STEP ("\"thinkTime\":{\"min\":2,\"max\":1}"), "/steps/0/thinkTime/max", "*min*" },
  { WITH_STEP ("\"http\":{\"timeout\":0}"), "/steps/0/http/timeout", "*seconds*" },
  { WITH_SPEC ("\"http\":{\"connectTimeout\":0}"), "/http/connectTimeout", "*seconds*" },
  { WITH_SPEC ("\"http\":{\"proxy\":\"gopher://a\"}"), "/http/proxy", "*socks*" },
  { WITH_SPEC ("\"http\":{\"tls\":{\"keyFile\":\"k.pem\"}}"), "/http/tls/certFile",
    "*certificate*" },
  { WITH_SPEC ("\"http\":{\"resolve\":[\"a:1:::1\",\"a:b:c\"]}"), "/http/resolve/1",
    "*host:port:address*" },
  { WITH_SPEC ("\"warmup\":1"), "/warmup", "*whole run*" },
  { WITH_SPEC ("\"schedule\":{\"cron\":\"0 25 * * *\"}"), "/schedule/cron", "hour: *0 to 23" },
  { WITH_SPEC ("\"schedule\":{\"cron\":\"@daily\",\"timeZone\":\"Mars\"}"), "/schedule/timeZone",
    "*Mars*" },
  { WITH_PROFILE ("{\"users\":0,\"steady\":1}"), "/loadProfile/users", "*at least 1*" },
  { WITH_PROFILE ("{\"users\":1}"), "/loadProfile/steady", "*seconds*" },
  { WITH_PROFILE ("{\"vus\":1,\"duration\":1}"), "/loadProfile/executor", "*constant-vus*" },
  { WITH_PROFILE ("{\"executor\":\"constant-vus\",\"duration\":1}"), "/loadProfile/vus",
    "*at least 1*" },
  { WITH_PROFILE ("{\"executor\":\"constant-vus\",\"vus\":1}"), "/loadProfile/duration",
    "*seconds*" },
  { WITH_PROFILE ("{\"executor\":\"ramping-vus\"}"), "/loadProfile/stages", "*add one*" },
  { WITH_PROFILE ("{\"executor\":\"ramping-vus\",\"stages\":[{\"target\":9}]}"),
    "/loadProfile/stages", "*0 s*" },
  { WITH_PROFILE ("{\"executor\":\"ramping-vus\",\"stages\":[{\"duration\":9}]}"),
    "/loadProfile/stages", "*target*" },
  { WITH_PROFILE ("{\"executor\":\"constant-arrival-rate\",\"duration\":1,\"maxVUs\":1}"),
    "/loadProfile/rate", "*0*" },
  { WITH_PROFILE ("{\"executor\":\"constant-arrival-rate\",\"duration\":1,\"rate\":1}"),
    "/loadProfile/preAllocatedVUs", "*missing*" },
  { WITH_PROFILE ("{\"executor\":\"constant-arrival-rate\",\"duration\":1,\"rate\":1,"
                  "\"preAllocatedVUs\":2,\"maxVUs\":1}"),
    "/loadProfile/maxVUs", "*less*" },
  { WITH_PROFILE ("{\"executor\":\"shared-iterations\",\"iterations\":9}"), "/loadProfile/vus",
    "*at least 1*" },
  { WITH_PROFILE ("{\"executor\":\"shared-iterations\",\"vus\":9}"), "/loadProfile/iterations",
    "*give it some*" },
  { WITH_PROFILE ("{\"executor\":\"per-vu-iterations\",\"vus\":9}"), "/loadProfile/iterations",
    "*give it some*" },
  { WITH_PROFILE ("{\"executor\":\"per-vu-iterations\",\"vus\":1,\"iterations\":1,"
                  "\"duration\":2},\"warmup\":2"),
    "/warmup", "*whole run*" },
  { WITH_PROFILE ("{\"executor\":\"manual\",\"vus\":1,\"rate\":1}"), "/loadProfile/vus",
    "*either*" },
  { WITH_PROFILE ("{\"executor\":\"manual\",\"rate\":1}"), "/loadProfile/preAllocatedVUs",
    "*missing*" },
  { WITH_PROFILE ("{\"executor\":\"manual\",\"vus\":3,\"maxVUs\":2}"), "/loadProfile/maxVUs",
    "*less than vus*" },
  { WITH_PROFILE ("{\"executor\":\"capacity-search\",\"step\":1,\"hold\":1,\"max\":9,"
                  "\"objective\":{}}"),
    "/loadProfile/start", "*0*" },
  { WITH_PROFILE ("{\"executor\":\"capacity-search\",\"start\":5,\"step\":1,\"hold\":1,\"max\":4,"
                  "\"objective\":{}}"),
    "/loadProfile/max", "*less than start*" },
  { WITH_PROFILE ("{\"executor\":\"capacity-search\",\"start\":5,\"step\":1,\"hold\":1,\"max\":9}"),
    "/loadProfile/objective", "*p95Ms*" },
};

static void
test_wrong (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (LfSpec) spec = read_spec (wrong[i].text);
      g_autoptr (GPtrArray) problems = lf_spec_validate (spec);
      g_autoptr (GError) error = NULL;
      const LfProblem *first;

      if (problems->len == 0)
        g_error ("no problem in %s", wrong[i].text);
      first = problems->pdata[0];
      if (strcmp (first->pointer, wrong[i].pointer) != 0 ||
          !g_pattern_match_simple (wrong[i].message, first->message))
        g_error ("%s: “%s: %s”", wrong[i].text, first->pointer, first->message);
      g_assert_false (lf_spec_check (spec, &error));
      g_assert_error (error, LF_ERROR, LF_ERROR_VALUE);
      g_assert_true (g_str_has_prefix (error->message, wrong[i].pointer));
    }
}

static const char *const well[] = {
  WITH_URL ("http://localhost/"),
  WITH_URL ("HTTPS://user:pa%20ss@example.com:65535/a?b=c&d#e"),
  WITH_URL ("http://[::1]:8080/"),
  WITH_URL ("http://${host}:x/"), /* what a variable becomes is not known yet */
  WITH_STEP ("\"method\":\"PROPFIND\""),
  WITH_STEP ("\"headers\":[{\"name\":\"\",\"enabled\":false},{\"name\":\"X-Empty\"}]"),
  WITH_STEP ("\"params\":[{\"name\":\"\",\"value\":\"\"},{\"name\":\"a\\nb\",\"value\":\"=&\"}]"),
  WITH_STEP ("\"auth\":{\"type\":\"digest\",\"username\":\"a:b\"}"),
  WITH_STEP ("\"body\":{\"type\":\"json\",\"text\":\"\"}"),
  WITH_STEP ("\"body\":{\"type\":\"json\",\"text\":\"{\\\"a\\\":${n}}\"}"),
  WITH_STEP ("\"body\":{\"type\":\"text\",\"text\":\"a\\u0000\"}"),
  WITH_STEP ("\"body\":{\"type\":\"multipart\",\"parts\":[{\"name\":\"a\","
             "\"attachmentId\":\"\",\"file\":\"a.png\"}]}"),
  WITH_SPEC ("\"http\":{\"proxy\":\"\"}"),
  WITH_SPEC ("\"http\":{\"resolve\":[\"+a:443:127.0.0.1,127.0.0.2\"]}"),
  WITH_PROFILE ("{\"users\":1,\"rampDown\":0.001}"),
  WITH_PROFILE ("{\"executor\":\"manual\"}"),
  WITH_PROFILE ("{\"executor\":\"manual\",\"vus\":3,\"maxVUs\":9}"),
  WITH_PROFILE ("{\"executor\":\"manual\",\"rate\":3,\"maxVUs\":9,\"duration\":9}"),
  WITH_PROFILE ("{\"executor\":\"shared-iterations\",\"vus\":9,\"iterations\":1}"),
  WITH_PROFILE ("{\"executor\":\"ramping-vus\",\"startVUs\":5,\"stages\":[{\"duration\":9}]}"),
  WITH_PROFILE (
      "{\"executor\":\"constant-arrival-rate\",\"duration\":1,\"rate\":0.1,\"maxVUs\":1}"),
};

static void
test_well (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (well); i++)
    {
      g_autoptr (GError) read_error = NULL;
      g_autoptr (LfSpec) spec = lf_spec_from_text (well[i], -1, &read_error);
      g_autoptr (GError) error = NULL;

      if (!spec)
        {
          /* A NUL cannot stand in a C string: it is refused where it is read. */
          g_assert_nonnull (strstr (well[i], "u0000"));
          g_assert_error (read_error, LF_ERROR, LF_ERROR_SYNTAX);
        }
      else if (!lf_spec_check (spec, &error))
        g_error ("%s: %s", well[i], error->message);
    }
}

/* What this version keeps but does not run. */
static const char *const unsupported[][2] = {
  { WITH_SPEC ("\"variables\":{\"a\":{\"value\":\"1\"}}"), "/variables: *" },
  { WITH_SPEC ("\"data\":[{\"name\":\"users\"}]"), "/data: *" },
  { WITH_SPEC ("\"flow\":\"weighted\""), "/flow: *" },
  { WITH_SPEC ("\"thresholds\":{\"http_req_failed\":[\"rate<0.01\"]}"), "/thresholds: *" },
  { WITH_STEP ("\"extract\":[{\"variable\":\"a\"}]"), "/steps/0/extract: *" },
  { WITH_STEP ("\"checks\":[{\"on\":\"status\"}]"), "/steps/0/checks: *" },
  { WITH_STEP ("\"auth\":{\"type\":\"oauth2ClientCredentials\",\"clientId\":\"c\","
               "\"clientSecret\":\"s\",\"tokenUrl\":\"http://a/\",\"scope\":\"${a}\"}"),
    "/steps/0/auth/scope: *" },
  { WITH_STEP ("\"body\":{\"type\":\"text\",\"text\":\"hello ${name}\"}"),
    "/steps/0/body/text: *" },
  { WITH_STEP ("\"headers\":[{\"name\":\"A\",\"value\":\"${__uuid}\"}]"),
    "/steps/0/headers/0/value: *" },
  { WITH_URL ("http://localhost/${id}"), "/steps/0/url: *" },
};

static void
test_unsupported (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (unsupported); i++)
    {
      g_autoptr (LfSpec) spec = read_spec (unsupported[i][0]);
      g_autoptr (GError) error = NULL;

      g_assert_true (lf_spec_check (spec, NULL));
      g_assert_false (lf_spec_check_supported (spec, &error));
      g_assert_error (error, LF_ERROR, LF_ERROR_UNSUPPORTED);
      if (!g_pattern_match_simple (unsupported[i][1], error->message))
        g_error ("%s: %s", unsupported[i][0], error->message);
    }
}

/* A step that is switched off is in nobody's way. */
static void
test_disabled_step (void)
{
  g_autoptr (LfSpec) spec =
      read_spec ("{\"steps\":[{\"url\":\"\",\"enabled\":false,\"checks\":[{}]},"
                 "{\"url\":\"http://a/\"}]," PROFILE "}");

  g_assert_true (lf_spec_check (spec, NULL));
  g_assert_true (lf_spec_check_supported (spec, NULL));
}

static void
test_request_short_form (void)
{
  g_autoptr (LfSpec) spec = read_spec ("{\"request\":{\"url\":\"http://a/\"}," PROFILE "}");
  g_autoptr (GPtrArray) steps = lf_spec_get_steps (spec);
  g_autofree char *text = lf_record_to_text (spec, FALSE);

  g_assert_true (lf_spec_check (spec, NULL));
  g_assert_cmpuint (steps->len, ==, 1);
  g_assert_true (lf_spec_get_step (spec, 0) == spec->request);
  g_assert_null (lf_spec_get_step (spec, 1));
  g_assert_cmpstr (text, ==, "{\"request\":{\"url\":\"http://a/\"}," PROFILE "}");
}

/* Every mistake is told at once, so that a person corrects a file in one go. */
static void
test_all_problems (void)
{
  g_autoptr (LfSpec) spec =
      read_spec ("{\"steps\":[{\"method\":\" \",\"url\":\"x\"},{\"url\":\"y\"}],"
                 "\"loadProfile\":{},\"http\":{\"timeout\":0}}");
  g_autoptr (GPtrArray) problems = lf_spec_validate (spec);

  g_assert_cmpuint (problems->len, ==, 5);
}

/* 3 MB in one line: read, kept and told about like any other. */
static void
test_long_line (void)
{
  g_autofree char *body = g_strnfill (3 * 1024 * 1024, 'x');
  g_autofree char *text = g_strdup_printf (
      "{\"steps\":[{\"url\":\"http://a/\",\"body\":{\"type\":\"text\",\"text\":\"%s\"}}]," PROFILE
      "}",
      body);
  g_autofree char *broken = g_strconcat (text, "}", NULL);
  g_autoptr (LfSpec) spec = read_spec (text);
  g_autoptr (GError) error = NULL;

  g_assert_true (lf_spec_check (spec, NULL));
  g_assert_cmpstr (lf_spec_get_step (spec, 0)->body->text, ==, body);
  g_assert_null (lf_spec_from_text (broken, -1, &error));
  g_assert_error (error, LF_ERROR, LF_ERROR_SYNTAX);
  g_assert_cmpuint (strlen (error->message), <, 200);
}

static void
test_depth (void)
{
  g_autofree char *open = g_strnfill (100000, '[');
  g_autofree char *text = g_strconcat ("{\"thresholds\":", open, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (lf_spec_from_text (text, -1, &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (strlen (error->message), <, 200);
}

static void
test_attachments (void)
{
  g_autoptr (LfSpec) spec =
      read_spec ("{\"steps\":[{\"body\":{\"type\":\"file\",\"attachmentId\":\"a1\"}},"
                 "{\"body\":{\"type\":\"multipart\",\"parts\":[{\"attachmentId\":\"a2\"},{"
                 "\"value\":\"x\"}]}}]}");
  g_autoptr (GPtrArray) ids = lf_spec_get_attachment_ids (spec);

  g_assert_cmpuint (ids->len, ==, 2);
  g_assert_cmpstr (ids->pdata[0], ==, "a1");
  g_assert_cmpstr (ids->pdata[1], ==, "a2");
}

/* Bodies and parts, whatever the body's type: what is stored is put beside the spec one by one, and
 * back; nothing else changes. */
static void
test_sent_files (void)
{
  static const char *const pointers[] = { "/steps/0/body/file", "/steps/2/body/parts/1/file",
                                          "/steps/2/body/parts/2/file" };
  g_autoptr (LfSpec) spec =
      read_spec ("{\"steps\":[{\"body\":{\"type\":\"file\",\"attachmentId\":\"0\"}},{},"
                 "{\"body\":{\"type\":\"text\",\"parts\":[{\"attachmentId\":\"\"},"
                 "{\"attachmentId\":\"1\"},{\"attachmentId\":\"2\",\"enabled\":false}]}}]}");
  g_autoptr (LfSpec) original = lf_spec_copy (spec);
  LfSentFile file;

  g_assert_false (lf_sent_file_find_beside (spec, &file));
  for (guint i = 0; i < G_N_ELEMENTS (pointers); i++)
    {
      g_autofree char *pointer = NULL;

      g_assert_true (lf_sent_file_find_stored (spec, &file));
      pointer = lf_sent_file_get_pointer (&file, spec);
      g_assert_cmpstr (pointer, ==, pointers[i]);
      lf_sent_file_set_beside (&file, *file.attachment_id);
    }
  g_assert_false (lf_sent_file_find_stored (spec, &file));
  g_assert_false (lf_record_equal (spec, original));
  while (lf_sent_file_find_beside (spec, &file))
    lf_sent_file_set_stored (&file, *file.file);
  g_assert_true (lf_record_equal (spec, original));
}

static void
test_default (void)
{
  g_autoptr (LfSpec) spec = lf_spec_new_default ();
  g_autoptr (GPtrArray) problems = lf_spec_validate (spec);
  g_autofree char *text = lf_spec_to_text (spec);
  g_autoptr (LfSpec) read = read_spec (text);

  /* Only its URL is missing. */
  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_cmpstr (((LfProblem *) problems->pdata[0])->pointer, ==, "/steps/0/url");
  g_assert_true (lf_record_equal (spec, read));
  g_assert_true (g_str_has_suffix (text, "}\n"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/spec/unreadable", test_unreadable);
  g_test_add_func ("/spec/wrong", test_wrong);
  g_test_add_func ("/spec/well", test_well);
  g_test_add_func ("/spec/unsupported", test_unsupported);
  g_test_add_func ("/spec/disabled-step", test_disabled_step);
  g_test_add_func ("/spec/request-short-form", test_request_short_form);
  g_test_add_func ("/spec/all-problems", test_all_problems);
  g_test_add_func ("/spec/long-line", test_long_line);
  g_test_add_func ("/spec/depth", test_depth);
  g_test_add_func ("/spec/attachments", test_attachments);
  g_test_add_func ("/spec/sent-files", test_sent_files);
  g_test_add_func ("/spec/default", test_default);
  return g_test_run ();
}
