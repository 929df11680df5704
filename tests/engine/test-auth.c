#include "config.h"

#include "lf-error-code.h"
#include "lf-test-peer.h"
#include "lf-test-run.h"
#include "lf-test-server.h"

#include <string.h>

/* Ways to sign in that take more than a header: Apache asks for digests, and what AWS would check
 * of a signature is computed anew in Python. */

static gboolean
says (LfTestRun *run, const char *secret)
{
  g_autofree char *text = lf_record_to_text (run->summary, FALSE);

  return lf_test_load_find_line (run->load, secret) != NULL || strstr (text, secret) != NULL;
}

static void
test_api_key (void)
{
  g_autoptr (LfTestPeer) peer = lf_test_peer_new (NULL);
  guint port = lf_test_peer_get_port (peer);
  g_autoptr (LfTestRun) run = lf_test_run (
      "{'steps': [{'url': 'http://127.0.0.1:%u/header', 'auth': {'type': 'apiKey',"
      "  'name': 'X-Key', 'value': 'hid den='}},"
      "{'url': 'http://127.0.0.1:%u/query?a=1', 'params': [{'name': 'b', 'value': '2'}], 'auth':"
      "  {'type': 'apiKey', 'in': 'query', 'name': 'my key', 'value': 'hid den='}},"
      "{'url': 'http://127.0.0.1:%u/first', 'auth':"
      "  {'type': 'apiKey', 'in': 'query', 'name': 'k', 'value': 'hid den='}},"
      "{'url': 'http://127.0.0.1:%u/after'}]}",
      port, port, port, port);
  g_autofree char *key = lf_test_request_header (lf_test_peer_get (peer, 0), "X-Key");
  g_autofree char *none = lf_test_request_header (lf_test_peer_get (peer, 3), "X-Key");

  g_assert_cmpint (run->summary->requests->failed, ==, 0);
  g_assert_cmpstr (key, ==, "hid den=");
  g_assert_cmpstr (lf_test_peer_get (peer, 1)->target, ==, "/query?a=1&b=2&my%20key=hid%20den%3D");
  g_assert_cmpstr (lf_test_peer_get (peer, 2)->target, ==, "/first?k=hid%20den%3D");
  g_assert_cmpstr (lf_test_peer_get (peer, 3)->target, ==, "/after");
  g_assert_null (none);
  g_assert_nonnull (lf_test_load_find_line (run->load, "/query?a=1&b=2"));
  g_assert_false (says (run, "hid"));
}

static const char apache[] =
    "ServerName 127.0.0.1\n"
    "DefaultRuntimeDir @DIR@\n"
    "PidFile @DIR@/pid\n"
    "Listen 127.0.0.1:@PORT@\n"
    "LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so\n"
    "LoadModule authn_core_module /usr/lib/apache2/modules/mod_authn_core.so\n"
    "LoadModule authn_file_module /usr/lib/apache2/modules/mod_authn_file.so\n"
    "LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so\n"
    "LoadModule authz_user_module /usr/lib/apache2/modules/mod_authz_user.so\n"
    "LoadModule auth_digest_module /usr/lib/apache2/modules/mod_auth_digest.so\n"
    "LoadModule proxy_module /usr/lib/apache2/modules/mod_proxy.so\n"
    "LoadModule proxy_http_module /usr/lib/apache2/modules/mod_proxy_http.so\n"
    "ErrorLog @DIR@/error.log\n"
    "LogFormat \"%s %U\" short\n"
    "CustomLog @DIR@/access.log short\n"
    "<Location />\n"
    "  ProxyPass http://127.0.0.1:PEER/\n"
    "  AuthType Digest\n"
    "  AuthName place\n"
    "  AuthDigestDomain /\n"
    "  AuthUserFile @DIR@/users\n"
    "  Require valid-user\n"
    "</Location>\n";

/* Apache before @peer, for the user me with the password my:word. */
static LfTestServer *
start_apache (LfTestPeer *peer)
{
  g_autofree char *port = g_strdup_printf ("%u", lf_test_peer_get_port (peer));
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_MD5, "me:place:my:word", -1);
  g_autofree char *command = g_strdup_printf ("echo me:place:%s >@DIR@/users\n"
                                              "[ \"$(id -u)\" -ne 0 ] || chmod 755 @DIR@\n"
                                              "exec apache2 -f @DIR@/server.conf -DFOREGROUND",
                                              sum);
  g_autoptr (GString) configuration = g_string_new (apache);

  g_string_replace (configuration, "PEER", port, 0);
  /* It gives up root's rights, and then wants a user that is there. */
  g_string_append (configuration, "<IfModule unixd_module>\nUser www-data\n</IfModule>\n");
  return lf_test_server_start (command, configuration->str);
}

static guint
count (const char *text, const char *what)
{
  guint n = 0;

  for (const char *at = text; (at = strstr (at, what)) != NULL; at += strlen (what))
    n++;
  return n;
}

/* One challenge for each user, and each is counted: with it, the totals are those of the log. */
static void
test_digest (void)
{
  g_autoptr (LfTestPeer) peer = lf_test_peer_new (NULL);
  g_autoptr (LfTestServer) server = start_apache (peer);
  g_autoptr (LfTestRun) run = lf_test_run (
      "{'loadProfile': {'executor': 'per-vu-iterations', 'vus': 2, 'iterations': 10},"
      " 'steps': [{'name': 'in', 'method': 'POST', 'url': 'http://127.0.0.1:%u/in?a=1',"
      "  'body': {'type': 'text', 'text': 'to be or not'},"
      "  'auth': {'type': 'digest', 'username': 'me', 'password': 'my:word'}}]}",
      server->port);
  g_autofree char *log = lf_test_server_read (server, "access.log", 22);

  lf_test_run_assert_step (run, "in", 200, 0);
  g_assert_cmpint (run->summary->requests->total, ==, 20);
  g_assert_cmpint (run->summary->requests->resent, ==, 2);
  g_assert_cmpuint (count (log, "200 /in\n"), ==, 20);
  g_assert_cmpuint (count (log, "401 /in\n"), ==, 2);
  g_assert_nonnull (lf_test_load_find_line (run->load, "asked for a digest"));
  g_assert_false (says (run, "my:word"));
  g_assert_cmpuint (lf_test_peer_n_requests (peer), ==, 20);
  for (guint i = 0; i < 20; i++)
    {
      GBytes *body = lf_test_peer_get (peer, i)->body;

      g_assert_cmpmem (g_bytes_get_data (body, NULL), g_bytes_get_size (body), "to be or not", 12);
    }
}

/* A body that leaves in pieces, and users who are not let in. */
static void
test_digest_refused (void)
{
  g_autoptr (LfTestPeer) peer = lf_test_peer_new (NULL);
  g_autoptr (LfTestServer) server = start_apache (peer);
  g_autofree char *text = g_strnfill (100000, 'x');
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  g_autoptr (LfTestRun) run =
      lf_test_run ("{'steps': [{'name': 'large', 'method': 'PUT', 'url': 'http://127.0.0.1:%u/l',"
                   " 'http': {'maxRedirects': 0},"
                   "  'body': {'type': 'text', 'text': '%s'},"
                   "  'auth': {'type': 'digest', 'username': 'me', 'password': 'my:word'}},"
                   "{'name': 'wrong', 'url': 'http://127.0.0.1:%u/w',"
                   "  'auth': {'type': 'digest', 'username': 'me', 'password': 'sesame'}},"
                   "{'name': 'nobody', 'url': 'http://127.0.0.1:%u/n',"
                   "  'auth': {'type': 'digest', 'username': 'no:body'}}]}",
                   server->port, text, server->port, server->port);
  g_autofree char *log = lf_test_server_read (server, "access.log", 6);

  lf_test_run_assert_step (run, "large", 200, 0);
  lf_test_run_assert_step (run, "wrong", 401, 1401);
  lf_test_run_assert_step (run, "nobody", 401, 1401);
  g_assert_cmpuint (count (log, "\n"), ==, 6);
  g_assert_cmpint (run->summary->requests->total + run->summary->requests->resent, ==, 6);
  g_assert_cmpuint (lf_test_peer_n_requests (peer), ==, 1);
  g_assert_cmpstr (lf_test_peer_get (peer, 0)->sha256, ==, sum);
  g_assert_false (says (run, "sesame"));
}

/* AWS Signature Version 4, as its documentation has it ("Create a signed AWS API request"). */
static const char verifier[] =
    "import hashlib, hmac, sys, datetime\n"
    "from urllib.parse import quote, unquote\n"
    "service, secret, body = sys.argv[1], sys.argv[2], sys.argv[3]\n"
    "lines = sys.stdin.read().split('\\r\\n')\n"
    "method, target, _ = lines[0].split(' ')\n"
    "fields = [(l.split(':', 1)[0].lower(), l.split(':', 1)[1].strip()) for l in lines[1:] if l]\n"
    "have = dict(fields)\n"
    "way, _, rest = have['authorization'].partition(' ')\n"
    "said = dict(item.strip().split('=', 1) for item in rest.split(','))\n"
    "signed = said['SignedHeaders'].split(';')\n"
    "assert way == 'AWS4-HMAC-SHA256' and 'host' in signed and signed == sorted(set(signed)), "
    "rest\n"
    "assert all(name in have for name in signed), (signed, fields)\n"
    "assert service != 's3' or 'x-amz-content-sha256' in have\n"
    "must = [name for name in have if name.startswith('x-amz-')]\n"
    "assert all(name in signed for name in must), (signed, must)\n"
    "path, _, query = target.partition('?')\n"
    "if service != 's3':\n"
    "    path = quote(path, safe='/-_.~')\n"
    "pairs = sorted((quote(unquote(p.partition('=')[0]), safe='-_.~'),\n"
    "                quote(unquote(p.partition('=')[2]), safe='-_.~')) for p in query.split('&') "
    "if p)\n"
    "given = have.get('x-amz-content-sha256', body)\n"
    "assert given == body, 'not the sum of the body'\n"
    "values = ''.join('%s:%s\\n' % (name, ' '.join(have[name].split())) for name in signed)\n"
    "canonical = '\\n'.join([method, path, '&'.join('%s=%s' % p for p in pairs), values,\n"
    "                       said['SignedHeaders'], body])\n"
    "date = have['x-amz-date']\n"
    "now = datetime.datetime.now(datetime.timezone.utc)\n"
    "then = datetime.datetime.strptime(date + '+0000', '%Y%m%dT%H%M%SZ%z')\n"
    "assert abs((now - then).total_seconds()) < 300, date\n"
    "scope = '%s/eu-central-1/%s/aws4_request' % (date[:8], service)\n"
    "assert said['Credential'] == 'AKIDEXAMPLE/' + scope, said\n"
    "text = '\\n'.join(['AWS4-HMAC-SHA256', date, scope, hashlib.sha256(canonical.encode())"
    ".hexdigest()])\n"
    "key = ('AWS4' + secret).encode()\n"
    "for part in (date[:8], 'eu-central-1', service, 'aws4_request', text):\n"
    "    key = hmac.new(key, part.encode(), hashlib.sha256).digest()\n"
    "assert key.hex() == said['Signature'], canonical\n";

static gboolean
verify (const LfTestRequest *request, const char *service, const char *secret)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) python =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE, &error, "python3", "-X", "utf8", "-c",
                        verifier, service, secret, request->sha256, NULL);

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (python, request->head, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return g_subprocess_get_successful (python);
}

#define SIGNED(service)                                                                            \
  "'auth': {'type': 'awsSigV4', 'accessKey': 'AKIDEXAMPLE', 'secretKey': 'wJalr+XU/sec:ret',"      \
  " 'region': 'eu-central-1', 'service': '" service "'}"

static void
test_signature (void)
{
  static const char *const steps[] = {
    "'url': 'URL/plain', " SIGNED ("execute-api"),
    "'url': 'URL', " SIGNED ("execute-api"),
    "'url': 'URL/query?b=2&a=1&a-b=3&flag&sp=a+b%%20c&lower=%%2f&a=0', 'params': "
    "[{'name': 'Z', 'value': '\xc3\xbc&='}], " SIGNED ("execute-api"),
    "'url': 'URL/json', 'method': 'POST', 'headers': [{'name': 'X-Own', 'value': 'a  b'}], 'body': "
    "{'type': 'json', 'text': '{}'}, " SIGNED ("execute-api"),
    "'url': 'URL/empty', 'method': 'POST', " SIGNED ("execute-api"),
    "'url': 'URL/delete', 'method': 'DELETE', 'http': {'keepAlive': false}, " SIGNED (
        "execute-api"),
    "'url': 'URL/large', 'method': 'PUT', 'body': {'type': 'file', 'attachmentId': 'f1'}, " SIGNED (
        "execute-api"),
    "'url': 'URL/parts', 'method': 'POST', 'body': {'type': 'multipart', 'parts': [{'name': 'f',"
    " 'attachmentId': 'f1'}]}, " SIGNED ("execute-api"),
    "'url': 'URL/s%%20p/\xc3\xbc', " SIGNED ("s3"),
    "'url': 'URL/bucket/large', 'method': 'PUT', 'body': {'type': 'file', 'attachmentId': "
    "'f1'}, " SIGNED ("s3"),
  };
  g_autoptr (LfTestPeer) peer = lf_test_peer_new (NULL);
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u", lf_test_peer_get_port (peer));
  g_autoptr (GHashTable) attachments =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_bytes_unref);
  g_autoptr (GString) text = g_string_new ("{'steps': [");
  g_autoptr (LfSpec) spec = NULL;
  g_autoptr (LfTestRun) run = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    g_string_append_printf (text, "%s{'name': '%u', %s}", i > 0 ? "," : "", i, steps[i]);
  g_string_append (text, "]}");
  g_string_replace (text, "URL", url, 0);
  g_string_replace (text, "%%", "%", 0);
  spec = lf_test_spec_once (text->str);
  g_hash_table_insert (attachments, "f1", g_bytes_new_take (g_strnfill (50000, 'y'), 50000));
  run = lf_test_run_spec (spec, attachments);

  g_assert_cmpint (run->summary->requests->failed, ==, 0);
  g_assert_cmpuint (lf_test_peer_n_requests (peer), ==, G_N_ELEMENTS (steps));
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      const char *service = strstr (steps[i], "'s3'") != NULL ? "s3" : "execute-api";

      g_test_message ("%s", lf_test_peer_get (peer, i)->head);
      g_assert_true (verify (lf_test_peer_get (peer, i), service, "wJalr+XU/sec:ret"));
    }
  g_assert_false (says (run, "wJalr"));
}

/* A temporary key, whose token is signed, too; and the check can fail. */
static void
test_session_token (void)
{
  g_autoptr (LfTestPeer) peer = lf_test_peer_new (NULL);
  g_autoptr (LfTestRun) run =
      lf_test_run ("{'steps': [{'url': 'http://127.0.0.1:%u/', 'auth': {'type': 'awsSigV4',"
                   " 'accessKey': 'AKIDEXAMPLE', 'secretKey': 's3same', 'sessionToken': 'tok/en+=',"
                   " 'region': 'eu-central-1', 'service': 'iam'}}]}",
                   lf_test_peer_get_port (peer));
  const LfTestRequest *request = lf_test_peer_get (peer, 0);
  g_autofree char *token = lf_test_request_header (request, "X-Amz-Security-Token");

  g_assert_cmpstr (token, ==, "tok/en+=");
  g_assert_true (verify (request, "iam", "s3same"));
  g_assert_false (verify (request, "iam", "other"));
  g_assert_false (says (run, "s3same"));
  g_assert_false (says (run, "tok/en"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/auth/api-key", test_api_key);
  g_test_add_func ("/engine/auth/digest", test_digest);
  g_test_add_func ("/engine/auth/digest-refused", test_digest_refused);
  g_test_add_func ("/engine/auth/signature", test_signature);
  g_test_add_func ("/engine/auth/session-token", test_session_token);
  return g_test_run ();
}
