#include "config.h"

#include "lf-error-code.h"
#include "lf-test-nginx.h"
#include "lf-test-run.h"
#include "lf-test-server.h"

#include <string.h>

/* Through real proxies, which want a name and a password: tinyproxy and microsocks. */

static const char servers[] =
    "ssl_certificate @DIR@/server.pem; ssl_certificate_key @DIR@/server.key;\n"
    "server { listen 127.0.0.1:@PORT0@; location / { return 200 ok; }\n"
    "  location /guarded { if ($http_authorization != \"Bearer opaque\") { return 403; } return "
    "200 ok; } }\n"
    "server { listen 127.0.0.1:@PORT1@ ssl http2; location / { return 200 ok; }\n"
    "  location /token { return 200 '{\"access_token\": \"opaque\", \"token_type\": \"Bearer\", "
    "\"expires_in\": 600}'; } }\n";

static void
make_certificate (const char *folder)
{
  static const char script[] =
      "cd \"$0\" && exec openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes "
      "-keyout server.key -out server.pem -days 2 -subj /CN=server 2>openssl.log";
  const char *const argv[] = { "/bin/sh", "-c", script, folder, NULL };
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

/* Steps are written with PROXY, PLAIN and SECURE for the ports. */
static LfTestRun *
run_steps (LfTestServer *proxy, LfTestNginx *nginx, const char *steps)
{
  const char *const names[] = { "PROXY", "PLAIN", "SECURE" };
  const guint ports[] = { proxy->port, nginx->ports[0], nginx->ports[1] };
  g_autoptr (GString) text = g_string_new (steps);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *port = g_strdup_printf ("%u", ports[i]);

      g_string_replace (text, names[i], port, 0);
    }
  return lf_test_run ("{'http': {'tls': {'verify': false}}, 'steps': [%s]}", text->str);
}

static void
assert_untold (LfTestRun *run, const char *secret)
{
  g_autofree char *text = lf_record_to_text (run->summary, FALSE);

  g_assert_null (strstr (text, secret));
  g_assert_null (lf_test_load_find_line (run->load, secret));
}

static void
test_http (void)
{
  g_autoptr (LfTestNginx) nginx = lf_test_nginx_start_servers (servers, make_certificate);
  g_autoptr (LfTestServer) proxy = NULL;
  g_autoptr (LfTestRun) run = NULL;
  g_autofree char *log = NULL;

  if (nginx == NULL)
    return;
  proxy = lf_test_server_start ("exec tinyproxy -d -c @DIR@/server.conf",
                                "Port @PORT@\nListen 127.0.0.1\nTimeout 60\nMaxClients 20\n"
                                "LogLevel Connect\nBasicAuth me my.word\n");
  run = run_steps (
      proxy, nginx,
      "{'name': 'plain', 'url': 'http://127.0.0.1:PLAIN/plain',"
      " 'http': {'proxy': 'http://me:my.word@127.0.0.1:PROXY'}},"
      "{'name': 'tunnel', 'url': 'https://127.0.0.1:SECURE/tunnel',"
      " 'http': {'proxy': 'http://me:my.word@127.0.0.1:PROXY'}},"
      "{'name': 'no scheme', 'url': 'https://127.0.0.1:SECURE/old', 'method': 'POST', 'http':"
      "  {'version': '1.1', 'proxy': 'me:my.word@127.0.0.1:PROXY'},"
      "  'body': {'type': 'text', 'text': 'x'}},"
      "{'name': 'wrong plain', 'url': 'http://127.0.0.1:PLAIN/',"
      " 'http': {'proxy': 'http://me:sesame@127.0.0.1:PROXY'}},"
      "{'name': 'wrong tunnel', 'url': 'https://127.0.0.1:SECURE/',"
      " 'http': {'proxy': 'http://me:sesame@127.0.0.1:PROXY'}},"
      "{'name': 'nobody', 'url': 'http://127.0.0.1:PLAIN/',"
      " 'http': {'proxy': 'http://127.0.0.1:PROXY'}},"
      "{'name': 'no target', 'url': 'https://127.0.0.1:1/',"
      " 'http': {'proxy': 'http://me:my.word@127.0.0.1:PROXY'}},"
      "{'name': 'no proxy', 'url': 'http://127.0.0.1:PLAIN/', 'http': {'proxy': "
      "'http://proxy.invalid:3128'}}");

  lf_test_run_assert_step (run, "plain", 200, 0);
  lf_test_run_assert_step (run, "tunnel", 200, 0);
  lf_test_run_assert_step (run, "no scheme", 200, 0);
  lf_test_run_assert_step (run, "wrong plain", 401, 1401);
  lf_test_run_assert_step (run, "wrong tunnel", 0, LF_ERROR_CODE_TCP_DIAL);
  lf_test_run_assert_step (run, "nobody", 407, 1407);
  lf_test_run_assert_step (run, "no target", 0, LF_ERROR_CODE_TCP_DIAL);
  lf_test_run_assert_step (run, "no proxy", 0, LF_ERROR_CODE_DNS);
  assert_untold (run, "my.word");
  assert_untold (run, "sesame");
  log = lf_test_server_read (proxy, "log", 4);
  g_assert_nonnull (strstr (log, "/plain HTTP"));
  g_assert_nonnull (strstr (log, "CONNECT 127.0.0.1:"));
  g_assert_null (strstr (log, "/tunnel"));
  g_assert_cmpuint (lf_test_nginx_stop (nginx).requests, ==, 3);
}

/* A token is fetched as the step's requests are sent: through its proxy, and TLS as it says. */
static void
test_token (void)
{
  g_autoptr (LfTestNginx) nginx = lf_test_nginx_start_servers (servers, make_certificate);
  g_autoptr (LfTestServer) proxy = NULL;
  g_autoptr (LfTestRun) run = NULL;
  g_autoptr (LfTestRun) strict = NULL;
  g_autofree char *log = NULL;

  if (nginx == NULL)
    return;
  proxy = lf_test_server_start ("exec tinyproxy -d -c @DIR@/server.conf",
                                "Port @PORT@\nListen 127.0.0.1\nTimeout 60\nMaxClients 20\n"
                                "LogLevel Connect\n");
#define GUARDED                                                                                    \
  "{'name': 'guarded', 'url': 'http://127.0.0.1:PLAIN/guarded', 'auth': {'type': "                 \
  "'oauth2ClientCredentials', 'tokenUrl': 'https://127.0.0.1:SECURE/token', 'clientId': 'me', "    \
  "'clientSecret': 'my.word'}, 'http': {'proxy': 'http://127.0.0.1:PROXY'"
  run = run_steps (proxy, nginx, GUARDED "}}");
  strict = run_steps (proxy, nginx, GUARDED ", 'tls': {'verify': true}}}");
#undef GUARDED

  lf_test_run_assert_step (run, "guarded", 200, 0);
  g_assert_cmpint (strict->summary->verdict, ==, LF_VERDICT_ERROR);
  g_assert_nonnull (lf_test_load_find_line (strict->load, "unknown authority (1310)"));
  assert_untold (run, "my.word");
  log = lf_test_server_read (proxy, "log", 4);
  g_assert_nonnull (strstr (log, "CONNECT 127.0.0.1:"));
  g_assert_nonnull (strstr (log, "/guarded HTTP"));
  g_assert_cmpuint (lf_test_nginx_stop (nginx).requests, ==, 2);
}

static void
test_socks (void)
{
  g_autoptr (LfTestNginx) nginx = lf_test_nginx_start_servers (servers, make_certificate);
  g_autoptr (LfTestServer) proxy = NULL;
  g_autoptr (LfTestRun) run = NULL;
  g_autofree char *log = NULL;

  if (nginx == NULL)
    return;
  proxy = lf_test_server_start (
      "exec microsocks -i 127.0.0.1 -b 127.0.0.1 -p @PORT@ -u me -P my%word", NULL);
  run = run_steps (proxy, nginx,
                   "{'name': 'plain', 'url': 'http://127.0.0.1:PLAIN/',"
                   " 'http': {'proxy': 'socks5://me:my%25word@127.0.0.1:PROXY'}},"
                   "{'name': 'secure', 'url': 'https://127.0.0.1:SECURE/',"
                   " 'http': {'proxy': 'socks5://me:my%25word@127.0.0.1:PROXY'}},"
                   "{'name': 'named there', 'url': 'http://localhost:PLAIN/',"
                   " 'http': {'proxy': 'socks5h://me:my%25word@127.0.0.1:PROXY'}},"
                   "{'name': 'named here', 'url': 'http://shop.example:PLAIN/', 'http':"
                   "  {'resolve': ['shop.example:PLAIN:127.0.0.1'],"
                   "   'proxy': 'socks5://me:my%25word@127.0.0.1:PROXY'}},"
                   "{'name': 'wrong', 'url': 'http://127.0.0.1:PLAIN/',"
                   " 'http': {'proxy': 'socks5://me:sesame@127.0.0.1:PROXY'}},"
                   "{'name': 'no target', 'url': 'http://127.0.0.1:1/',"
                   " 'http': {'proxy': 'socks5h://me:my%25word@127.0.0.1:PROXY'}},"
                   "{'name': 'no proxy', 'url': 'http://127.0.0.1:PLAIN/',"
                   " 'http': {'proxy': 'socks5://127.0.0.1:1'}},"
                   "{'name': 'no socks', 'url': 'http://127.0.0.1:PLAIN/',"
                   " 'http': {'proxy': 'socks5://127.0.0.1:PLAIN'}}");

  lf_test_run_assert_step (run, "plain", 200, 0);
  lf_test_run_assert_step (run, "secure", 200, 0);
  lf_test_run_assert_step (run, "named there", 200, 0);
  lf_test_run_assert_step (run, "named here", 200, 0);
  lf_test_run_assert_step (run, "wrong", 0, LF_ERROR_CODE_TCP_DIAL);
  lf_test_run_assert_step (run, "no target", 0, LF_ERROR_CODE_TCP_DIAL);
  lf_test_run_assert_step (run, "no proxy", 0, LF_ERROR_CODE_TCP_REFUSED);
  lf_test_run_assert_step (run, "no socks", 0, LF_ERROR_CODE_TCP_DIAL);
  assert_untold (run, "my%");
  assert_untold (run, "sesame");
  log = lf_test_server_read (proxy, "log", 4);
  g_assert_nonnull (strstr (log, "localhost"));
  g_assert_null (strstr (log, "shop.example"));
  /* The last of the steps asked for none: nginx logs it as a bad request. */
  g_assert_cmpuint (lf_test_nginx_stop (nginx).answered, ==, 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/proxy/http", test_http);
  g_test_add_func ("/engine/proxy/token", test_token);
  g_test_add_func ("/engine/proxy/socks", test_socks);
  return g_test_run ();
}
