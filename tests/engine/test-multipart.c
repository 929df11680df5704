#include "config.h"

#include "lf-attachment.h"
#include "lf-test-peer.h"
#include "lf-test-run.h"

#include <string.h>
#include <sys/resource.h>

/* Multipart bodies, read by a parser that is not ours (Python's e-mail package). */

static const char parser[] =
    "import email, email.message, hashlib, sys\n"
    "head = sys.argv[1].encode('utf-8', 'surrogateescape')\n"
    "body = sys.stdin.buffer.read()\n"
    "whole = email.message_from_bytes(b'Content-Type: ' + head + b'\\r\\n\\r\\n' + body)\n"
    "assert whole.is_multipart() and not whole.defects, whole.defects\n"
    "print(whole.get_content_type())\n"
    "for part in whole.get_payload():\n"
    "    raw = dict((name.lower(), value) for name, value in part.raw_items())\n"
    "    text = raw['content-disposition'].encode('ascii', 'surrogateescape').decode('utf-8')\n"
    "    line = email.message.Message()\n"
    "    line['X'] = text\n"
    "    assert text.startswith('form-data;') and not part.defects, (text, part.defects)\n"
    "    print(line.get_param('name', header='X'), line.get_param('filename', header='X'),\n"
    "          raw.get('content-type'), "
    "hashlib.sha256(part.get_payload(decode=True)).hexdigest(),\n"
    "          sep='|')\n";

/* "TYPE\nNAME|FILENAME|TYPE|SHA256\n" for each part. (transfer full) */
static char *
parse (const LfTestRequest *request)
{
  g_autofree char *type = lf_test_request_header (request, "Content-Type");
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) python =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                        "python3", "-X", "utf8", "-c", parser, type, NULL);
  g_autoptr (GBytes) said = NULL;

  g_assert_no_error (error);
  g_subprocess_communicate (python, request->body, NULL, &said, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (python));
  return g_strndup (g_bytes_get_data (said, NULL), g_bytes_get_size (said));
}

static GHashTable *
new_attachments (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_bytes_unref);
}

/* @size bytes with all that a reader could take for a boundary. */
static GBytes *
make_file (gsize size)
{
  static const char bait[] = "\r\n--LoadForge-\r\n--\r\n\r\n";
  char *data = g_malloc (size);

  for (gsize i = 0; i < size; i++)
    data[i] = (i / 64) % 16 == 0 ? bait[i % (sizeof bait - 1)] : (char) (i * 2654435761u >> 13);
  return g_bytes_new_take (data, size);
}

static char *
sum_of (const char *text)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

static LfTestRun *
run_parts (LfTestPeer *peer, const char *parts, GHashTable *attachments)
{
  g_autofree char *text =
      g_strdup_printf ("{'steps': [{'name': 'up', 'method': 'POST', 'url': "
                       "'http://127.0.0.1:%u/up', 'body': {'type': 'multipart', %s}}]}",
                       lf_test_peer_get_port (peer), parts);
  g_autoptr (LfSpec) spec = lf_test_spec_once (text);

  return lf_test_run_spec (spec, attachments);
}

static void
test_values (void)
{
  g_autoptr (LfTestPeer) peer = lf_test_peer_new (NULL);
  g_autoptr (LfTestRun) run = run_parts (
      peer,
      "'parts': [{'name': 'plain', 'value': 'one two'}, {'name': 'empty', 'value': ''},"
      "{'name': 'off', 'value': 'x', 'enabled': false}, {'name': '', 'value': ''},"
      "{'name': 'gr\xc3\xbc\xc3\x9f', 'value': 'W\xc3\xa4lder\\r\\n--\\r\\n'},"
      "{'name': 'a\\\"b\\r\\nc%', 'value': '1'},"
      "{'name': 'meta', 'value': '[1]', 'contentType': 'application/json'},"
      "{'name': 'typed in', 'value': 'a,b', 'fileName': 'a;b.csv', 'contentType': 'text/csv'},"
      "{'name': 'plain', 'value': 'again'}]",
      NULL);
  const LfTestRequest *request = lf_test_peer_find (peer, "/up");
  g_autofree char *parts = parse (request);
  const char *const values[] = { "one two", "", "Wälder\r\n--\r\n", "1", "[1]", "a,b", "again" };
  char *sums[G_N_ELEMENTS (values)];
  g_autofree char *wanted = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    sums[i] = sum_of (values[i]);
  wanted = g_strdup_printf ("multipart/form-data\n"
                            "plain|None|None|%s\n"
                            "empty|None|None|%s\n"
                            "grüß|None|None|%s\n"
                            "a%%22b%%0D%%0Ac%%|None|None|%s\n"
                            "meta|None|application/json|%s\n"
                            "typed in|a;b.csv|text/csv|%s\n"
                            "plain|None|None|%s\n",
                            sums[0], sums[1], sums[2], sums[3], sums[4], sums[5], sums[6]);

  g_assert_cmpstr (parts, ==, wanted);
  lf_test_run_assert_step (run, "up", 200, 0);
  for (guint i = 0; i < G_N_ELEMENTS (sums); i++)
    g_free (sums[i]);
}

/* No part is still a whole body, which ends. */
static void
test_nothing (void)
{
  g_autoptr (LfTestPeer) peer = lf_test_peer_new (NULL);
  g_autoptr (LfTestRun) run = run_parts (peer, "'contentType': 'multipart/mixed'", NULL);
  const LfTestRequest *request = lf_test_peer_find (peer, "/up");
  g_autofree char *type = lf_test_request_header (request, "Content-Type");
  g_autofree char *wanted = NULL;
  const char *boundary = strstr (type, "; boundary=");

  g_assert_true (g_str_has_prefix (type, "multipart/mixed; boundary="));
  wanted = g_strdup_printf ("--%s--\r\n", boundary + strlen ("; boundary="));
  g_assert_cmpmem (g_bytes_get_data (request->body, NULL), g_bytes_get_size (request->body), wanted,
                   strlen (wanted));
  lf_test_run_assert_step (run, "up", 200, 0);
}

/* Sizes around what leaves in one write, and around what libcurl takes at a time. */
static void
test_files (void)
{
  static const gsize sizes[] = { 0, 1, 16000, 16384, 65536, 300001 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (LfTestPeer) peer = lf_test_peer_new (NULL);
      g_autoptr (GHashTable) attachments = new_attachments ();
      GBytes *file = make_file (sizes[i]);
      g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, file);
      g_autofree char *value = sum_of ("v");
      g_autofree char *parts = NULL;
      g_autofree char *wanted =
          g_strdup_printf ("multipart/form-data\nfile|blob|application/octet-stream|%s\n"
                           "v|None|None|%s\nphoto|ä%%22.png|image/png|%s\n",
                           sum, value, sum);
      g_autoptr (LfTestRun) run = NULL;

      g_hash_table_insert (attachments, "f1", file);
      run = run_parts (peer,
                       "'parts': [{'name': 'file', 'attachmentId': 'f1'},"
                       "{'name': 'v', 'value': 'v'}, {'name': 'photo', 'attachmentId': 'f1',"
                       " 'fileName': 'ä\\\".png', 'contentType': 'image/png'}]",
                       attachments);
      parts = parse (lf_test_peer_find (peer, "/up"));
      g_assert_cmpstr (parts, ==, wanted);
      lf_test_run_assert_step (run, "up", 200, 0);
    }
}

static gboolean
answer_elsewhere (GSocket *socket, const LfTestRequest *request)
{
  if (strcmp (request->target, "/there") == 0)
    return lf_test_answer_ok (socket, request);
  return lf_test_send (
      socket, "HTTP/1.1 307 Temporary Redirect\r\nLocation: /there\r\nContent-Length: 0\r\n\r\n");
}

/* The body goes along, and begins anew. */
static void
test_redirect (void)
{
  g_autoptr (LfTestPeer) peer = lf_test_peer_new (answer_elsewhere);
  g_autoptr (GHashTable) attachments = new_attachments ();
  g_autoptr (LfTestRun) run = NULL;

  g_hash_table_insert (attachments, "f1", make_file (100000));
  run = run_parts (peer, "'parts': [{'name': 'file', 'attachmentId': 'f1'}]", attachments);
  lf_test_run_assert_step (run, "up", 200, 0);
  g_assert_cmpuint (lf_test_peer_n_requests (peer), ==, 2);
  g_assert_cmpuint (lf_test_peer_get (peer, 0)->length, >, 100000);
  g_assert_cmpstr (lf_test_peer_get (peer, 1)->sha256, ==, lf_test_peer_get (peer, 0)->sha256);
}

static gint64
peak_memory (void) /* bytes */
{
  struct rusage usage;

  g_assert_cmpint (getrusage (RUSAGE_SELF, &usage), ==, 0);
  return usage.ru_maxrss * 1024;
}

/* What the whole must be, by the boundary that the request names. */
static char *
sum_whole (const LfTestRequest *request, GBytes *file)
{
  g_autofree char *type = lf_test_request_header (request, "Content-Type");
  const char *boundary = strstr (type, "boundary=") + strlen ("boundary=");
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *head = g_strdup_printf (
      "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"blob\"\r\n"
      "Content-Type: application/octet-stream\r\n\r\n",
      boundary);
  g_autofree char *tail = g_strdup_printf ("\r\n--%s--\r\n", boundary);

  g_checksum_update (sum, (guint8 *) head, -1);
  g_checksum_update (sum, g_bytes_get_data (file, NULL), (gssize) g_bytes_get_size (file));
  g_checksum_update (sum, (guint8 *) tail, -1);
  return g_strdup (g_checksum_get_string (sum));
}

#define N_USERS 20

static void
test_memory (void)
{
  g_autoptr (LfTestPeer) peer = lf_test_peer_new (NULL);
  g_autoptr (GHashTable) attachments = new_attachments ();
  GBytes *file = make_file (LF_ATTACHMENT_LIMIT);
  g_autofree char *text = g_strdup_printf (
      "{'loadProfile': {'executor': 'constant-arrival-rate', 'rate': %u, 'duration': 1,"
      "  'preAllocatedVUs': %u}, 'http': {'timeout': 80}, 'gracefulStop': 80, 'steps': ["
      " {'name': 'up', 'method': 'POST', 'url': 'http://127.0.0.1:%u/up', 'body':"
      "  {'type': 'multipart', 'parts': [{'name': 'file', 'attachmentId': 'f1'}]}}]}",
      N_USERS, N_USERS, lf_test_peer_get_port (peer));
  g_autoptr (LfSpec) spec = lf_test_spec_once (text);
  g_autofree char *sum = NULL;
  g_autoptr (LfTestRun) run = NULL;
  gint64 before;

  g_hash_table_insert (attachments, "f1", file);
  before = peak_memory ();
  run = lf_test_run_spec (spec, attachments);
  g_test_message ("peak memory grew by %" G_GINT64_FORMAT " MiB",
                  (peak_memory () - before) / 1024 / 1024);
  lf_test_run_assert_step (run, "up", 200, 0);
  g_assert_cmpint (run->summary->requests->total, >=, 2);
  sum = sum_whole (lf_test_peer_get (peer, 0), file);
  for (guint i = 0; i < lf_test_peer_n_requests (peer); i++)
    g_assert_cmpstr (lf_test_peer_get (peer, i)->sha256, ==, sum);
  /* A copy for each user would be 500 MiB. */
  g_assert_cmpint (peak_memory () - before, <, N_USERS / 2 * (gint64) LF_ATTACHMENT_LIMIT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/multipart/values", test_values);
  g_test_add_func ("/engine/multipart/nothing", test_nothing);
  g_test_add_func ("/engine/multipart/files", test_files);
  g_test_add_func ("/engine/multipart/redirect", test_redirect);
  g_test_add_func ("/engine/multipart/memory", test_memory);
  return g_test_run ();
}
