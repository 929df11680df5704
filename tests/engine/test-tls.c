#include "config.h"

#include "lf-error-code.h"
#include "lf-test-nginx.h"
#include "lf-test-run.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/prctl.h>

/* TLS and HTTP/2 against nginx, with certificates made here. */

/* Two authorities; certificates of the first for the server, for a time that is over, and for a
 * client. */
static const char script[] =
    "cd \"$0\" && exec 2>openssl.log\n"
    "new='-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes'\n"
    "for ca in ca other; do\n"
    "  openssl req -x509 $new -keyout $ca.key -out $ca.pem -days 2 -subj /CN=$ca || exit 1\n"
    "done\n"
    "sign () { openssl req $new -keyout $1.key -out $1.csr -subj /CN=$1 &&\n"
    "  echo \"subjectAltName=$2\" >$1.ext &&\n"
    "  openssl x509 -req -in $1.csr -CA ca.pem -CAkey ca.key -set_serial $3 $4 \\\n"
    "    -extfile $1.ext -out $1.pem; }\n"
    "sign server DNS:localhost,IP:127.0.0.1 1 '-days 2' &&\n"
    /* One that has run out: OpenSSL before 3.4 knows only the first way, and 3.5 only the other. */
    "{ sign old DNS:old.example 2 '-days -1' ||\n"
    "  sign old DNS:old.example 2 '-not_before 20200101000000Z -not_after 20200102000000Z'; } &&\n"
    "sign client DNS:client 3 '-days 2' && echo nonsense >nonsense.pem\n";

static const char servers[] =
    "log_format tls '$server_protocol $connection $uri $ssl_client_verify';\n"
    "access_log @DIR@/tls.log tls;\n"
    "ssl_certificate @DIR@/server.pem; ssl_certificate_key @DIR@/server.key;\n"
    "server { listen 127.0.0.1:@PORT0@ ssl http2; location / { return 200 ok; }\n"
    "  location /size/ { root @DIR@; } }\n"
    "server { listen 127.0.0.1:@PORT0@ ssl http2; server_name old.example;\n"
    "  ssl_certificate @DIR@/old.pem; ssl_certificate_key @DIR@/old.key;\n"
    "  location / { return 200 ok; } }\n"
    "server { listen 127.0.0.1:@PORT1@ ssl; ssl_client_certificate @DIR@/ca.pem;\n"
    "  ssl_verify_client on; location / { return 200 ok; } }\n"
    "server { listen 127.0.0.1:@PORT2@ http2; location / { return 200 ok; } }\n";

static void
make_certificates (const char *folder)
{
  const char *const argv[] = { "/bin/sh", "-c", script, folder, NULL };
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

/* Around what one read of a connection takes, and what one record holds. */
static const guint sizes[] = { 1,     1023,  1024,  8000,  15361,  16000,
                               16383, 16384, 16385, 32768, 100000, 1000000 };

static void
make_files (const char *folder)
{
  g_autofree char *sub = g_build_filename (folder, "size", NULL);

  make_certificates (folder);
  g_assert_cmpint (g_mkdir (sub, 0755), ==, 0);
  g_assert_cmpint (g_chmod (folder, 0755), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *name = g_strdup_printf ("%s/%u", sub, sizes[i]);
      g_autofree char *text = g_strnfill (sizes[i], 'x');

      g_assert_true (g_file_set_contents (name, text, -1, NULL));
    }
}

/* Steps are written with DIR and P0 to P3 in them. */
static LfTestRun *
run_steps (LfTestNginx *nginx, const char *steps)
{
  g_autoptr (GString) text = g_string_new (steps);

  for (guint i = 0; i < G_N_ELEMENTS (nginx->ports); i++)
    {
      g_autofree char *name = g_strdup_printf ("P%u", i);
      g_autofree char *port = g_strdup_printf ("%u", nginx->ports[i]);

      g_string_replace (text, name, port, 0);
    }
  /* Last: its own name may hold what looks like a port. */
  g_string_replace (text, "DIR", nginx->folder, 0);
  return lf_test_run ("{'steps': [%s]}", text->str);
}

/* The words of each line of the log, which is a moment behind the answers. */
static GPtrArray *
read_log (LfTestNginx *nginx, const char *last)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_autofree char *path = g_build_filename (nginx->folder, "tls.log", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) rows = NULL;

  for (guint i = 0; i < 3000 && (text == NULL || strstr (text, last) == NULL); i++)
    {
      g_clear_pointer (&text, g_free);
      g_usleep (10 * 1000);
      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
    }
  rows = g_strsplit (g_strchomp (text), "\n", -1);
  for (guint i = 0; rows[i] != NULL; i++)
    g_ptr_array_add (lines, g_strsplit (rows[i], " ", -1));
  return lines;
}

static void
assert_logged (GPtrArray *lines, const char *uri, guint word, const char *value)
{
  for (guint i = 0; i < lines->len; i++)
    {
      char **words = lines->pdata[i];

      if (!g_str_equal (words[2], uri))
        continue;
      g_test_message ("%s: %s", uri, words[word]);
      g_assert_cmpstr (words[word], ==, value);
      return;
    }
  g_error ("nginx did not log %s", uri);
}

static void
test_trust (void)
{
  g_autoptr (LfTestNginx) nginx = lf_test_nginx_start_servers (servers, make_certificates);
  g_autoptr (LfTestRun) run = NULL;

  if (nginx == NULL)
    return;
  run = run_steps (
      nginx,
      "{'name': 'off', 'url': 'https://127.0.0.1:P0/', 'http': {'tls': {'verify': false}}},"
      /* A connection that nobody verified must not serve those who do. */
      "{'name': 'unknown', 'url': 'https://127.0.0.1:P0/'},"
      "{'name': 'known', 'url': 'https://127.0.0.1:P0/', 'http': {'tls': {'caFile': "
      "'DIR/ca.pem'}}},"
      "{'name': 'stranger', 'url': 'https://127.0.0.1:P0/',"
      " 'http': {'tls': {'caFile': 'DIR/other.pem'}}},"
      "{'name': 'mismatch', 'url': 'https://shop.example:P0/',"
      " 'http': {'resolve': ['shop.example:P0:127.0.0.1'], 'tls': {'caFile': 'DIR/ca.pem'}}},"
      "{'name': 'mismatch off', 'url': 'https://shop.example:P0/',"
      " 'http': {'resolve': ['shop.example:P0:127.0.0.1'], 'tls': {'verify': false}}},"
      "{'name': 'old', 'url': 'https://old.example:P0/',"
      " 'http': {'resolve': ['old.example:P0:127.0.0.1'], 'tls': {'caFile': 'DIR/ca.pem'}}},"
      "{'name': 'nonsense', 'url': 'https://127.0.0.1:P0/',"
      " 'http': {'tls': {'caFile': 'DIR/nonsense.pem'}}},"
      "{'name': 'plain', 'url': 'https://127.0.0.1:P2/'}");

  lf_test_run_assert_step (run, "off", 200, 0);
  lf_test_run_assert_step (run, "unknown", 0, LF_ERROR_CODE_TLS_UNKNOWN_AUTHORITY);
  lf_test_run_assert_step (run, "known", 200, 0);
  lf_test_run_assert_step (run, "stranger", 0, LF_ERROR_CODE_TLS_UNKNOWN_AUTHORITY);
  lf_test_run_assert_step (run, "mismatch", 0, LF_ERROR_CODE_TLS_CERTIFICATE);
  lf_test_run_assert_step (run, "mismatch off", 200, 0);
  lf_test_run_assert_step (run, "old", 0, LF_ERROR_CODE_TLS_EXPIRED);
  lf_test_run_assert_step (run, "nonsense", 0, LF_ERROR_CODE_TLS_OWN_AUTHORITIES);
  lf_test_run_assert_step (run, "plain", 0, LF_ERROR_CODE_TLS);
  g_assert_nonnull (
      lf_test_load_find_line (run->load, "unknown: The certificate is signed by an unknown"));
  /* The handshake took time, and it was told apart. */
  g_assert_cmpfloat (lf_test_run_get_step (run, "known")->latency->tls_handshaking->max, >, 0);
}

static void
test_client (void)
{
  g_autoptr (LfTestNginx) nginx = lf_test_nginx_start_servers (servers, make_certificates);
  g_autoptr (LfTestRun) run = NULL;
  g_autoptr (GPtrArray) lines = NULL;

  if (nginx == NULL)
    return;
  run = run_steps (
      nginx,
      /* First, since libcurl lets one with another key share a connection. */
      "{'name': 'wrong key', 'url': 'https://127.0.0.1:P1/', 'http': {'tls':"
      "  {'caFile': 'DIR/ca.pem', 'certFile': 'DIR/client.pem', 'keyFile': 'DIR/server.key'}}},"
      "{'name': 'without', 'url': 'https://127.0.0.1:P1/without',"
      " 'http': {'tls': {'caFile': 'DIR/ca.pem'}}},"
      "{'name': 'with', 'url': 'https://127.0.0.1:P1/with', 'http': {'tls':"
      "  {'caFile': 'DIR/ca.pem', 'certFile': 'DIR/client.pem', 'keyFile': 'DIR/client.key'}}},"
      "{'name': 'foreign', 'url': 'https://127.0.0.1:P1/foreign', 'http': {'tls':"
      "  {'caFile': 'DIR/ca.pem', 'certFile': 'DIR/other.pem', 'keyFile': 'DIR/other.key'}}},"
      "{'name': 'nonsense', 'url': 'https://127.0.0.1:P1/', 'http': {'tls': {'caFile': "
      "'DIR/ca.pem',"
      "  'certFile': 'DIR/nonsense.pem', 'keyFile': 'DIR/client.key'}}}");

  /* nginx shakes hands first and refuses then. */
  lf_test_run_assert_step (run, "without", 400, 1400);
  lf_test_run_assert_step (run, "with", 200, 0);
  lf_test_run_assert_step (run, "foreign", 400, 1400);
  lf_test_run_assert_step (run, "wrong key", 0, LF_ERROR_CODE_TLS_OWN_CERTIFICATE);
  lf_test_run_assert_step (run, "nonsense", 0, LF_ERROR_CODE_TLS_OWN_CERTIFICATE);
  lines = read_log (nginx, "/foreign");
  assert_logged (lines, "/without", 3, "NONE");
  assert_logged (lines, "/with", 3, "SUCCESS");
}

static void
die_with_test_cb (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

/* A server that breaks off where a client shows no certificate, as most but nginx do. With TLS 1.3
 * the client has finished its handshake by then. */
static GSubprocess *
start_strict_server (const char *folder, guint port)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autofree char *address = g_strdup_printf ("127.0.0.1:%u", port);
  g_autoptr (GError) error = NULL;
  GSubprocess *server;

  g_subprocess_launcher_set_cwd (launcher, folder);
  g_subprocess_launcher_set_child_setup (launcher, die_with_test_cb, NULL, NULL);
  server = g_subprocess_launcher_spawn (
      launcher, &error, "openssl", "s_server", "-accept", address, "-cert", "server.pem", "-key",
      "server.key", "-CAfile", "ca.pem", "-Verify", "1", "-verify_return_error", "-www", NULL);
  g_assert_no_error (error);
  for (guint i = 0; i < 1500; i++)
    {
      g_autoptr (GSocketConnection) connection =
          g_socket_client_connect_to_host (client, address, 443, NULL, NULL);

      if (connection != NULL)
        return server;
      g_usleep (20 * 1000);
    }
  g_error ("openssl s_server does not start");
}

static void
test_alert (void)
{
  g_autoptr (LfTestNginx) nginx = lf_test_nginx_start_servers (servers, make_certificates);
  g_autoptr (GSubprocess) server = NULL;
  g_autoptr (LfTestRun) run = NULL;

  if (nginx == NULL)
    return;
  /* nginx leaves its last port to the other server. */
  server = start_strict_server (nginx->folder, nginx->ports[3]);
  run = run_steps (
      nginx,
      "{'name': 'without', 'url': 'https://127.0.0.1:P3/',"
      " 'http': {'tls': {'caFile': 'DIR/ca.pem'}}},"
      "{'name': 'with', 'url': 'https://127.0.0.1:P3/', 'http': {'tls':"
      "  {'caFile': 'DIR/ca.pem', 'certFile': 'DIR/client.pem', 'keyFile': 'DIR/client.key'}}}");
  g_subprocess_force_exit (server);
  g_subprocess_wait (server, NULL, NULL);

  lf_test_run_assert_step (run, "without", 0, LF_ERROR_CODE_TLS);
  lf_test_run_assert_step (run, "with", 200, 0);
}

static void
test_versions (void)
{
  g_autoptr (LfTestNginx) nginx = lf_test_nginx_start_servers (servers, make_certificates);
  g_autoptr (LfTestRun) run = NULL;
  g_autoptr (GPtrArray) lines = NULL;

  if (nginx == NULL)
    return;
  run = run_steps (
      nginx,
      "{'name': 'auto', 'url': 'https://localhost:P0/auto', 'http': {"
      " 'tls': {'caFile': 'DIR/ca.pem'}}},"
      "{'name': 'again', 'url': 'https://localhost:P0/again', 'http': {"
      " 'tls': {'caFile': 'DIR/ca.pem'}}},"
      "{'name': 'close', 'url': 'https://localhost:P0/close', 'http': {'keepAlive': false,"
      " 'tls': {'caFile': 'DIR/ca.pem'}}},"
      "{'name': '1.1', 'url': 'https://localhost:P0/1.1', 'http': {'version': '1.1',"
      " 'tls': {'caFile': 'DIR/ca.pem'}}},"
      "{'name': '2', 'method': 'POST', 'url': 'https://localhost:P0/2', 'http': {'version': '2',"
      " 'tls': {'caFile': 'DIR/ca.pem'}}, 'body': {'type': 'text', 'text': 'x'}},"
      "{'name': 'other', 'url': 'https://127.0.0.1:P1/other', 'http': {'version': '2', 'tls':"
      "  {'caFile': 'DIR/ca.pem', 'certFile': 'DIR/client.pem', 'keyFile': 'DIR/client.key'}}},"
      "{'name': 'prior', 'url': 'http://127.0.0.1:P2/prior',"
      " 'http': {'version': '2-prior-knowledge'}},"
      "{'name': 'not 1.1', 'url': 'http://127.0.0.1:P2/', 'http': {'version': '1.1'}}");

  lf_test_run_assert_step (run, "auto", 200, 0);
  lf_test_run_assert_step (run, "again", 200, 0);
  lf_test_run_assert_step (run, "close", 200, 0);
  lf_test_run_assert_step (run, "1.1", 200, 0);
  lf_test_run_assert_step (run, "2", 200, 0);
  lf_test_run_assert_step (run, "other", 200, 0);
  lf_test_run_assert_step (run, "prior", 200, 0);
  /* nginx since 1.25 answers HTTP/1.1 there as well. */
  if (lf_test_run_get_step (run, "not 1.1")->requests->failed > 0)
    lf_test_run_assert_step (run, "not 1.1", 0, LF_ERROR_CODE_PROTOCOL);
  else
    lf_test_run_assert_step (run, "not 1.1", 200, 0);
  lines = read_log (nginx, "/prior");
  assert_logged (lines, "/auto", 0, "HTTP/2.0");
  assert_logged (lines, "/again", 0, "HTTP/2.0");
  assert_logged (lines, "/again", 1, ((char **) lines->pdata[0])[1]);
  assert_logged (lines, "/close", 0, "HTTP/2.0");
  assert_logged (lines, "/1.1", 0, "HTTP/1.1");
  assert_logged (lines, "/2", 0, "HTTP/2.0");
  assert_logged (lines, "/other", 0, "HTTP/1.1"); /* where the server has no more */
  assert_logged (lines, "/prior", 0, "HTTP/2.0");
}

/* A body of any size arrives, three times over one connection: what TLS has read ahead of us is not
 * left lying there. */
static void
test_sizes (void)
{
  g_autoptr (LfTestNginx) nginx = lf_test_nginx_start_servers (servers, make_files);
  g_autoptr (GString) steps = g_string_new (NULL);
  g_autoptr (LfTestRun) run = NULL;

  if (nginx == NULL)
    return;
  for (guint i = 0; i < 3 * G_N_ELEMENTS (sizes); i++)
    g_string_append_printf (steps,
                            "%s{'name': '%u', 'url': 'https://127.0.0.1:P0/size/%u', 'http': {"
                            "'version': '1.1', 'timeout': 10, 'tls': {'verify': false}}}",
                            i > 0 ? "," : "", i, sizes[i / 3]);
  run = run_steps (nginx, steps->str);
  g_assert_cmpint (run->summary->requests->failed, ==, 0);
  for (guint i = 0; i < 3 * G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);
      const LfSummaryStep *step = lf_test_run_get_step (run, name);

      lf_test_run_assert_step (run, name, 200, 0);
      g_assert_cmpint (step->data->received, >, sizes[i / 3]);
      g_assert_cmpint (step->data->received, <, sizes[i / 3] + 1000);
      g_assert_cmpint (step->latency->connecting->count, ==, i == 0 ? 1 : 0);
    }
}

/* A target that has seen enough of a body says so before it has all of it. */
static void
test_too_large (void)
{
  g_autoptr (LfTestNginx) nginx = lf_test_nginx_start_servers (servers, make_certificates);
  g_autofree char *body = g_strnfill (2 * 1024 * 1024, 'x');
  g_autofree char *steps = g_strdup_printf (
      "{'name': '1.1', 'method': 'POST', 'url': 'https://127.0.0.1:P0/', 'http': {"
      " 'version': '1.1', 'tls': {'verify': false}}, 'body': {'type': 'text', 'text': '%s'}},"
      "{'name': '2', 'method': 'POST', 'url': 'https://127.0.0.1:P0/', 'http': {"
      " 'version': '2', 'tls': {'verify': false}}, 'body': {'type': 'text', 'text': '%s'}},"
      "{'name': 'after', 'url': 'https://127.0.0.1:P0/', 'http': {'tls': {'verify': false}}}",
      body, body);
  g_autoptr (LfTestRun) run = NULL;

  if (nginx == NULL)
    return;
  run = run_steps (nginx, steps);

  lf_test_run_assert_step (run, "1.1", 413, 1413);
  lf_test_run_assert_step (run, "2", 413, 1413);
  lf_test_run_assert_step (run, "after", 200, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/tls/trust", test_trust);
  g_test_add_func ("/engine/tls/client", test_client);
  g_test_add_func ("/engine/tls/alert", test_alert);
  g_test_add_func ("/engine/tls/too-large", test_too_large);
  g_test_add_func ("/engine/tls/sizes", test_sizes);
  if (g_getenv ("LF_TEST_TRANSPORT") == NULL) /* which may name a version */
    g_test_add_func ("/engine/tls/versions", test_versions);
  return g_test_run ();
}
