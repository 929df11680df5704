#include "config.h"

#include "lf-error.h"
#include "lf-plan-private.h"
#include "lf-test-run.h"

#include <curl/curl.h>
#include <sys/resource.h>

/* What is refused before a run, and whether a person can tell from it what to change. */

#define URL     "'url': 'http://127.0.0.1:1/'"
#define PROFILE "'loadProfile': {'executor': 'constant-vus', 'vus': 1, 'duration': 1}"
#define SIGNED(region)                                                                             \
  "'auth': {'type': 'awsSigV4', 'accessKey': 'a', 'secretKey': 's', 'service': 'iam', "            \
  "'region': " region "}"
#define STEP(more) "{" PROFILE ", 'steps': [{" URL ", " more "}]}"

typedef struct
{
  const char *name;
  const char *spec;
  int code;            /* an LfError */
  const char *pointer; /* that the message begins with, before ": " */
} Refusal;

static const Refusal refusals[] = {
  { "variables", "{" PROFILE ", 'variables': {'a': {'value': '1'}}, 'steps': [{" URL "}]}",
    LF_ERROR_UNSUPPORTED, "/variables" },
  { "reference-url", "{" PROFILE ", 'steps': [{" URL "}, {'url': 'http://x.example/${id}'}]}",
    LF_ERROR_UNSUPPORTED, "/steps/1/url" },
  { "reference-header", STEP ("'headers': [{'name': 'A', 'value': '${id}'}]"), LF_ERROR_UNSUPPORTED,
    "/steps/0/headers/0/value" },
  { "reference-param", STEP ("'params': [{'name': '${id}', 'value': ''}]"), LF_ERROR_UNSUPPORTED,
    "/steps/0/params/0/name" },
  { "reference-body", STEP ("'body': {'type': 'text', 'text': '${__uuid}'}"), LF_ERROR_UNSUPPORTED,
    "/steps/0/body/text" },
  { "reference-token", STEP ("'auth': {'type': 'bearer', 'token': '${t}'}"), LF_ERROR_UNSUPPORTED,
    "/steps/0/auth/token" },
  { "extraction", STEP ("'extract': [{'variable': 'a', 'from': 'json', 'expression': '$.a'}]"),
    LF_ERROR_UNSUPPORTED, "/steps/0/extract" },
  { "check", STEP ("'checks': [{'on': 'status', 'op': '==', 'value': 200}]"), LF_ERROR_UNSUPPORTED,
    "/steps/0/checks" },
  { "threshold",
    "{" PROFILE ", 'thresholds': {'http_req_duration': ['p(95)<300']}, 'steps': [{" URL "}]}",
    LF_ERROR_UNSUPPORTED, "/thresholds" },
  { "data", "{" PROFILE ", 'data': [{'name': 'd', 'file': 'd.csv'}], 'steps': [{" URL "}]}",
    LF_ERROR_UNSUPPORTED, "/data" },
  { "weighted", "{" PROFILE ", 'flow': 'weighted', 'steps': [{" URL "}]}", LF_ERROR_UNSUPPORTED,
    "/flow" },
  { "oauth2-variable",
    STEP ("'auth': {'type': 'oauth2ClientCredentials', 'tokenUrl': 'http://a.example/',"
          " 'clientId': 'c', 'clientSecret': '${s}'}"),
    LF_ERROR_UNSUPPORTED, "/steps/0/auth/clientSecret" },
  { "oauth2-url",
    STEP ("'auth': {'type': 'oauth2ClientCredentials', 'tokenUrl': 'ftp://a.example/',"
          " 'clientId': 'c', 'clientSecret': 's'}"),
    LF_ERROR_VALUE, "/steps/0/auth/tokenUrl" },
  { "oauth2-user",
    STEP ("'auth': {'type': 'oauth2ClientCredentials', 'tokenUrl': 'http://u:p@a.example/',"
          " 'clientId': 'c', 'clientSecret': 's'}"),
    LF_ERROR_VALUE, "/steps/0/auth/tokenUrl" },
  { "oauth2-nobody",
    STEP ("'auth': {'type': 'oauth2ClientCredentials', 'tokenUrl': 'http://a.example/',"
          " 'clientSecret': 's'}"),
    LF_ERROR_VALUE, "/steps/0/auth/clientId" },
  { "oauth2-no-secret",
    STEP ("'auth': {'type': 'oauth2ClientCredentials', 'tokenUrl': 'http://a.example/',"
          " 'clientId': 'c'}"),
    LF_ERROR_VALUE, "/steps/0/auth/clientSecret" },
  { "digest-nobody", STEP ("'auth': {'type': 'digest', 'password': 'p'}"), LF_ERROR_VALUE,
    "/steps/0/auth/username" },
  { "api-key-place", STEP ("'auth': {'type': 'apiKey', 'name': 'k', 'value': 'v', 'in': 'body'}"),
    LF_ERROR_VALUE, "/steps/0/auth/in" },
  { "api-key-name", STEP ("'auth': {'type': 'apiKey', 'name': 'a b', 'value': 'v'}"),
    LF_ERROR_VALUE, "/steps/0/auth/name" },
  { "api-key-framing", STEP ("'auth': {'type': 'apiKey', 'name': 'Content-Length', 'value': '1'}"),
    LF_ERROR_VALUE, "/steps/0/auth/name" },
  { "api-key-newline", STEP ("'auth': {'type': 'apiKey', 'name': 'k', 'value': 'v\\r\\nX: y'}"),
    LF_ERROR_VALUE, "/steps/0/auth/value" },
  { "api-key-none", STEP ("'auth': {'type': 'apiKey', 'name': 'k'}"), LF_ERROR_VALUE,
    "/steps/0/auth/value" },
  { "signature-key",
    STEP ("'auth': {'type': 'awsSigV4', 'accessKey': 'a', 'region': 'r',"
          " 'service': 's'}"),
    LF_ERROR_VALUE, "/steps/0/auth/secretKey" },
  { "signature-region", STEP (SIGNED ("'a:b'")), LF_ERROR_VALUE, "/steps/0/auth/region" },
  { "signature-no-region", STEP (SIGNED ("''")), LF_ERROR_VALUE, "/steps/0/auth/region" },
  { "signature-path",
    "{" PROFILE ", 'steps': [{'url': 'http://a.example/b%20c', " SIGNED ("'r'") "}]}",
    LF_ERROR_UNSUPPORTED, "/steps/0/url" },
  { "signature-empty", STEP ("'headers': [{'name': 'A', 'value': ''}], " SIGNED ("'r'")),
    LF_ERROR_UNSUPPORTED, "/steps/0/headers/0" },
  { "signature-twice",
    STEP ("'headers': [{'name': 'A', 'value': '1'},"
          " {'name': 'a', 'value': '2'}], " SIGNED ("'r'")),
    LF_ERROR_UNSUPPORTED, "/steps/0/headers/1" },
  { "part-file",
    STEP ("'body': {'type': 'multipart', 'parts': [{'name': 'a', 'value': 'b'},"
          " {'name': 'c', 'attachmentId': 'gone'}]}"),
    LF_ERROR_NOT_FOUND, "/steps/0/body/parts/1/attachmentId" },
  { "part-beside",
    STEP ("'body': {'type': 'multipart', 'parts': [{'name': 'a', 'file': 'a.png'}]}"),
    LF_ERROR_NOT_FOUND, "/steps/0/body/parts/0/attachmentId" },
  { "part-name", STEP ("'body': {'type': 'multipart', 'parts': [{'value': 'b'}]}"), LF_ERROR_VALUE,
    "/steps/0/body/parts/0/name" },
  { "part-both",
    STEP ("'body': {'type': 'multipart', 'parts': [{'name': 'a', 'value': 'b',"
          " 'attachmentId': 'c'}]}"),
    LF_ERROR_VALUE, "/steps/0/body/parts/0/value" },
  { "part-reference",
    STEP ("'body': {'type': 'multipart', 'parts': [{'name': 'a',"
          " 'value': 'b', 'fileName': '${f}'}]}"),
    LF_ERROR_UNSUPPORTED, "/steps/0/body/parts/0/fileName" },
  { "part-type-newline",
    STEP ("'body': {'type': 'multipart', 'parts': [{'name': 'a',"
          " 'value': 'b', 'contentType': 'a/b\\r\\nX: y'}]}"),
    LF_ERROR_VALUE, "/steps/0/body/parts/0/contentType" },
  { "multipart-type", STEP ("'body': {'type': 'multipart', 'contentType': 'text/plain'}"),
    LF_ERROR_VALUE, "/steps/0/body/contentType" },
  { "multipart-header",
    STEP ("'headers': [{'name': 'content-type', 'value': 'multipart/mixed'}],"
          " 'body': {'type': 'multipart'}"),
    LF_ERROR_VALUE, "/steps/0/headers/0/name" },
  { "proxy-scheme", STEP ("'http': {'proxy': 'ftp://a.example:21'}"), LF_ERROR_VALUE,
    "/steps/0/http/proxy" },
  { "proxy-no-host", STEP ("'http': {'proxy': 'socks5://:1080'}"), LF_ERROR_VALUE,
    "/steps/0/http/proxy" },
  { "proxy-port", "{" PROFILE ", 'http': {'proxy': 'a.example:99999'}, 'steps': [{" URL "}]}",
    LF_ERROR_VALUE, "/http/proxy" },
  { "proxy-port-word", STEP ("'http': {'proxy': 'http://a.example:http'}"), LF_ERROR_VALUE,
    "/steps/0/http/proxy" },
  { "header-newline", STEP ("'headers': [{'name': 'A', 'value': '1\\r\\nB: 2'}]"), LF_ERROR_VALUE,
    "/steps/0/headers/0/value" },
  { "header-name-newline", STEP ("'headers': [{'name': 'A\\nB', 'value': '1'}]"), LF_ERROR_VALUE,
    "/steps/0/headers/0/name" },
  { "header-no-name", STEP ("'headers': [{'name': 'A', 'value': ''}, {'name': '', 'value': '1'}]"),
    LF_ERROR_VALUE, "/steps/0/headers/1/name" },
  { "header-length", STEP ("'headers': [{'name': 'content-length', 'value': '1'}]"), LF_ERROR_VALUE,
    "/steps/0/headers/0/name" },
  { "token-newline", STEP ("'auth': {'type': 'bearer', 'token': 'a\\nb'}"), LF_ERROR_VALUE,
    "/steps/0/auth/token" },
  { "no-scheme", "{" PROFILE ", 'steps': [{'url': 'example.com/a'}]}", LF_ERROR_VALUE,
    "/steps/0/url" },
  { "ftp", "{" PROFILE ", 'request': {'url': 'ftp://example.com/a'}}", LF_ERROR_VALUE,
    "/request/url" },
  { "no-host", "{" PROFILE ", 'steps': [{'url': 'http:///a'}]}", LF_ERROR_VALUE, "/steps/0/url" },
  { "no-url", "{" PROFILE ", 'steps': [{}]}", LF_ERROR_VALUE, "/steps/0/url" },
  { "space", "{" PROFILE ", 'steps': [{'url': 'http://a.example/b c'}]}", LF_ERROR_VALUE,
    "/steps/0/url" },
  { "method", STEP ("'method': 'GET /'"), LF_ERROR_VALUE, "/steps/0/method" },
  { "json", STEP ("'method': 'POST', 'body': {'type': 'json', 'text': '{a}'}"), LF_ERROR_VALUE,
    "/steps/0/body/text" },
  { "no-step", "{" PROFILE ", 'steps': []}", LF_ERROR_VALUE, "/steps" },
  { "all-off", "{" PROFILE ", 'steps': [{" URL ", 'enabled': false}]}", LF_ERROR_VALUE, "/steps" },
  { "attachment", STEP ("'body': {'type': 'file', 'attachmentId': 'gone'}"), LF_ERROR_NOT_FOUND,
    "/steps/0/body/attachmentId" },
  { "request-attachment",
    "{" PROFILE ", 'request': {" URL ", 'body': {'type': 'file', 'attachmentId': 'gone'}}}",
    LF_ERROR_NOT_FOUND, "/request/body/attachmentId" },
  { "ca-of-step", STEP ("'http': {'tls': {'caFile': '/no/such.pem'}}"), LF_ERROR_NOT_FOUND,
    "/steps/0/http/tls/caFile" },
  { "ca-of-spec",
    "{" PROFILE ", 'http': {'tls': {'caFile': '/no/such.pem'}}, 'steps': [{" URL ","
    " 'http': {'timeout': 1}}]}",
    LF_ERROR_NOT_FOUND, "/http/tls/caFile" },
  { "ca-folder", STEP ("'http': {'tls': {'caFile': '/tmp'}}"), LF_ERROR_NOT_FOUND,
    "/steps/0/http/tls/caFile" },
  { "key-alone", STEP ("'http': {'tls': {'keyFile': '/no/such.pem'}}"), LF_ERROR_VALUE,
    "/steps/0/http/tls/certFile" },
};

static void
test_refusal (gconstpointer data)
{
  const Refusal *refusal = data;
  g_autoptr (LfSpec) spec = lf_test_spec_once (refusal->spec);
  g_autoptr (GError) error = NULL;
  LfPlan *plan = lf_plan_new (spec, NULL, NULL, &error);
  g_autofree char *begin = g_strconcat (refusal->pointer, ": ", NULL);

  g_assert_null (plan);
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_error (error, LF_ERROR, refusal->code);
  g_assert_true (g_str_has_prefix (error->message, begin));
  /* More than the place: a sentence. */
  g_assert_cmpuint (strlen (error->message), >, strlen (begin) + 10);
}

/* What is switched off, or empty as an editor leaves it, hinders nobody. */
static void
test_accepted (void)
{
  static const char *const specs[] = {
    "{" PROFILE ", 'steps': [{" URL "}, {'url': 'nonsense', 'enabled': false,"
    " 'checks': [{'on': 'status', 'op': '==', 'value': 200}]}]}",
    "{" PROFILE ", 'variables': {}, 'data': [], 'thresholds': {}, 'steps': [{" URL ","
    " 'extract': [], 'checks': []}]}",
    STEP ("'headers': [{'name': 'a b', 'value': '${x}', 'enabled': false}]"),
    STEP ("'http': {'tls': {'caFile': '', 'certFile': '', 'keyFile': ''}}"),
    STEP ("'body': {'type': 'graphql', 'query': 'query Q { a(b: 1) }'}"),
    "{" PROFILE ", 'request': {" URL "}}",
    "{'loadProfile': {'rampUp': 1, 'users': 2, 'steady': 1, 'rampDown': 0}, 'steps': [{" URL "}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (specs); i++)
    {
      g_autoptr (LfSpec) spec = lf_test_spec_once (specs[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (LfPlan) plan = lf_plan_new (spec, NULL, NULL, &error);

      g_assert_no_error (error);
      g_assert_nonnull (plan);
    }
}

/* A user's connections are counted by places, not by steps. */
static void
test_origins (void)
{
  g_autoptr (LfSpec) spec =
      lf_test_spec_once ("{'steps': [{'url': 'http://a.test/1'}, {'url': 'http://b.test/'},"
                         " {'url': 'http://a.test/2'}, {'url': 'http://a.test:81/'}]}");
  g_autoptr (GError) error = NULL;
  g_autoptr (LfPlan) plan = lf_plan_new (spec, NULL, NULL, &error);
  const guint origins[] = { 0, 1, 0, 2 };

  g_assert_no_error (error);
  g_assert_cmpuint (plan->n_origins, ==, 3);
  for (guint i = 0; i < G_N_ELEMENTS (origins); i++)
    g_assert_cmpuint (plan->steps[i].lean->origin, ==, origins[i]);
}

static LfPlan *
plan_users (guint users, const LfPlanOptions *options, GError **error)
{
  g_autofree char *text =
      g_strdup_printf ("{'loadProfile': {'executor': 'constant-vus', 'vus': %u, 'duration': 1},"
                       " 'steps': [{" URL "}]}",
                       users);
  g_autoptr (LfSpec) spec = lf_test_spec_once (text);

  return lf_plan_new (spec, NULL, options, error);
}

/* In a process of its own, for who lowers a hard limit cannot raise it again. */
static void
test_file_limit (void)
{
  struct rlimit limit = { .rlim_cur = 150, .rlim_max = 300 };
  g_autoptr (LfPlan) plan = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_test_trap_assert_passed ();
      return;
    }
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &limit), ==, 0);
  plan = plan_users (200, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (plan);
  /* All that the hard limit allows is taken. */
  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &limit), ==, 0);
  g_assert_cmpuint (limit.rlim_cur, ==, 300);
  g_assert_null (plan_users (201, NULL, &error));
  g_assert_error (error, LF_ERROR, LF_ERROR_LIMIT);
  g_assert_cmpstr (error->message, ==,
                   "/loadProfile: 201 users need a connection each, and this process may open 300 "
                   "files; use at most 200 users, or raise the limit with “ulimit -n”");
}

static void
test_max_sockets (void)
{
  const LfPlanOptions options = { .max_sockets = 10 };
  g_autoptr (GError) error = NULL;
  g_autoptr (LfPlan) plan = plan_users (10, &options, &error);

  g_assert_no_error (error);
  g_assert_null (plan_users (11, &options, &error));
  g_assert_error (error, LF_ERROR, LF_ERROR_LIMIT);
  g_assert_nonnull (strstr (error->message, "MAX_SOCKETS allows 10"));
}

/* More than there are port numbers. Where the file limit is lower, that is what is told. */
/* A user has a connection with each place that its steps name. */
static void
test_places (void)
{
  const LfPlanOptions options = { .max_sockets = 100 };
  g_autoptr (LfSpec) one = lf_test_spec_once (
      "{'loadProfile': {'executor': 'constant-vus', 'vus': 60, 'duration': 1}, 'steps': ["
      "{'url': 'http://127.0.0.1:9/a'}, {'url': 'http://127.0.0.1:9/b'}]}");
  g_autoptr (LfSpec) two = lf_test_spec_once (
      "{'loadProfile': {'executor': 'constant-vus', 'vus': 60, 'duration': 1}, 'steps': ["
      "{'url': 'http://127.0.0.1:9/a'}, {'url': 'http://127.0.0.1:10/b'}]}");
  g_autoptr (GError) error = NULL;
  g_autoptr (LfPlan) plan = lf_plan_new (one, NULL, &options, &error);

  g_assert_no_error (error);
  g_assert_null (lf_plan_new (two, NULL, &options, &error));
  g_assert_error (error, LF_ERROR, LF_ERROR_LIMIT);
  g_assert_cmpstr (error->message, ==,
                   "/loadProfile: 60 users with a connection to each of 2 places need 120 "
                   "connections, and MAX_SOCKETS allows 100; use at most 50 users, or raise it");
}

static void
test_ports (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (plan_users (66000, NULL, &error));
  g_assert_error (error, LF_ERROR, LF_ERROR_LIMIT);
  g_test_message ("%s", error->message);
  g_assert_true (g_str_has_prefix (error->message, "/loadProfile: 66000 users need "));
  g_assert_true (strstr (error->message, "ip_local_port_range") != NULL ||
                 strstr (error->message, "ulimit -n") != NULL);
}

/* The plan is its own: what becomes of the spec meanwhile does not matter. */
static void
test_copy (void)
{
  g_autoptr (GError) error = NULL;
  LfSpec *spec = lf_test_spec_once (STEP ("'name': 'before'"));
  g_autoptr (LfPlan) plan = lf_plan_new (spec, NULL, NULL, &error);

  g_assert_no_error (error);
  lf_set_string (&lf_spec_get_step (spec, 0)->name, "after");
  lf_spec_free (spec);
  g_assert_cmpstr (lf_spec_get_step (lf_plan_get_spec (plan), 0)->name, ==, "before");
}

/* Where libcurl knows HTTP/3 it is sent, else refused with the place that says so. */
static void
test_http3 (void)
{
  static const char *const specs[][2] = {
    { STEP ("'http': {'version': '3'}"), "/steps/0/http/version: " },
    { "{" PROFILE ", 'http': {'version': '3'}, 'steps': [{" URL ", 'http': {'timeout': 1}}]}",
      "/http/version: " },
  };
  gboolean known = (curl_version_info (CURLVERSION_NOW)->features & CURL_VERSION_HTTP3) != 0;

  for (guint i = 0; i < G_N_ELEMENTS (specs); i++)
    {
      g_autoptr (LfSpec) spec = lf_test_spec_once (specs[i][0]);
      g_autoptr (GError) error = NULL;
      g_autoptr (LfPlan) plan = lf_plan_new (spec, NULL, NULL, &error);

      g_assert_cmpint (plan != NULL, ==, known);
      if (known)
        continue;
      g_assert_error (error, LF_ERROR, LF_ERROR_UNSUPPORTED);
      g_assert_true (g_str_has_prefix (error->message, specs[i][1]));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *path = g_strconcat ("/engine/plan/refuses/", refusals[i].name, NULL);

      g_test_add_data_func (path, &refusals[i], test_refusal);
    }
  g_test_add_func ("/engine/plan/origins", test_origins);
  g_test_add_func ("/engine/plan/accepted", test_accepted);
  g_test_add_func ("/engine/plan/http-3", test_http3);
  g_test_add_func ("/engine/plan/file-limit", test_file_limit);
  g_test_add_func ("/engine/plan/max-sockets", test_max_sockets);
  g_test_add_func ("/engine/plan/places", test_places);
  g_test_add_func ("/engine/plan/ports", test_ports);
  g_test_add_func ("/engine/plan/copy", test_copy);
  return g_test_run ();
}
