#include "lf-http-response.h"

#include <string.h>

#define OK "HTTP/1.1 200 OK\r\n"

typedef struct
{
  const char *name;
  const char *text;
  gboolean head_request;
  LfHttpRead result; /* READ_MORE: it is not complete */
  guint status;
  guint64 body;
  gboolean keep_alive;
  gsize excess; /* bytes behind the answer */
} Case;

static const Case cases[] = {
  { "length", OK "Content-Length: 5\r\n\r\nhello", FALSE, LF_HTTP_READ_END, 200, 5, TRUE, 0 },
  { "chunk-zeros", OK "Transfer-Encoding: chunked\r\n\r\n00000000000000000001\r\na\r\n0\r\n\r\n",
    FALSE, LF_HTTP_READ_END, 200, 1, TRUE, 0 },
  { "no-body", OK "Content-Length: 0\r\n\r\n", FALSE, LF_HTTP_READ_END, 200, 0, TRUE, 0 },
  { "close", OK "Connection: Close\r\nContent-Length: 0\r\n\r\n", FALSE, LF_HTTP_READ_END, 200, 0,
    FALSE, 0 },
  { "close-in-list", OK "Connection: foo , close,bar\r\nContent-Length: 0\r\n\r\n", FALSE,
    LF_HTTP_READ_END, 200, 0, FALSE, 0 },
  { "no-close", OK "X-Connection: close\r\nContent-Length: 0\r\n\r\n", FALSE, LF_HTTP_READ_END, 200,
    0, TRUE, 0 },
  { "old", "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nab", FALSE, LF_HTTP_READ_END, 200, 2, FALSE,
    0 },
  { "old-kept", "HTTP/1.0 200 OK\r\nconnection: keep-alive\r\ncontent-length: 2\r\n\r\nab", FALSE,
    LF_HTTP_READ_END, 200, 2, TRUE, 0 },
  { "chunks", OK "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0a\r\n0123456789\r\n0\r\n\r\n",
    FALSE, LF_HTTP_READ_END, 200, 13, TRUE, 0 },
  { "trailer", OK "Transfer-Encoding: Chunked\r\n\r\n1;x=\"y\"\r\na\r\n000\r\nA: b\r\n\r\n", FALSE,
    LF_HTTP_READ_END, 200, 1, TRUE, 0 },
  { "chunks-and-length",
    OK "Content-Length: 99\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n", FALSE,
    LF_HTTP_READ_END, 200, 1, FALSE, 0 },
  { "old-chunks",
    "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n"
    "1\r\na\r\n0\r\n\r\n",
    FALSE, LF_HTTP_READ_END, 200, 1, FALSE, 0 },
  { "head", OK "Content-Length: 500\r\n\r\n", TRUE, LF_HTTP_READ_END, 200, 0, TRUE, 0 },
  { "head-chunks", OK "Transfer-Encoding: chunked\r\n\r\n", TRUE, LF_HTTP_READ_END, 200, 0, TRUE,
    0 },
  { "204", "HTTP/1.1 204 No Content\r\n\r\n", FALSE, LF_HTTP_READ_END, 204, 0, TRUE, 0 },
  { "304", "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", FALSE, LF_HTTP_READ_END, 304,
    0, TRUE, 0 },
  { "interim",
    "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\nA: b\r\n\r\n" OK
    "Content-Length: 1\r\n\r\nx",
    FALSE, LF_HTTP_READ_END, 200, 1, TRUE, 0 },
  { "interim-closes-not",
    "HTTP/1.1 103 Early Hints\r\nConnection: close\r\nContent-Length: 7\r\n\r\n" OK
    "Content-Length: 1\r\n\r\nx",
    FALSE, LF_HTTP_READ_END, 200, 1, TRUE, 0 },
  { "no-reason", "HTTP/1.1 404\r\nContent-Length: 0\r\n\r\n", FALSE, LF_HTTP_READ_END, 404, 0, TRUE,
    0 },
  { "bare-lf", "HTTP/1.1 200 OK\nContent-Length: 2\n\nab", FALSE, LF_HTTP_READ_END, 200, 2, TRUE,
    0 },
  { "excess", OK "Content-Length: 2\r\n\r\nabcd", FALSE, LF_HTTP_READ_END, 200, 2, TRUE, 2 },
  { "same-lengths", OK "Content-Length: 2, 2\r\nContent-Length:2 \r\n\r\nab", FALSE,
    LF_HTTP_READ_END, 200, 2, TRUE, 0 },
  { "fold", OK "A: b\r\n\t c\r\nContent-Length: 0\r\n\r\n", FALSE, LF_HTTP_READ_END, 200, 0, TRUE,
    0 },
  { "half-status", "HTTP/1.1 20", FALSE, LF_HTTP_READ_MORE, 0, 0, FALSE, 0 },
  { "half-head", OK "Content-Length: 2\r\n", FALSE, LF_HTTP_READ_MORE, 200, 0, TRUE, 0 },
  { "half-body", OK "Content-Length: 5\r\n\r\nhel", FALSE, LF_HTTP_READ_MORE, 200, 3, TRUE, 0 },
  { "no-last-chunk", OK "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n", FALSE, LF_HTTP_READ_MORE,
    200, 1, TRUE, 0 },
  { "until-close", OK "\r\nall there is", FALSE, LF_HTTP_READ_MORE, 200, 12, FALSE, 0 },
  { "two-lengths", OK "Content-Length: 2\r\nContent-Length: 3\r\n\r\nabc", FALSE,
    LF_HTTP_READ_ERROR, 200, 0, FALSE, 0 },
  { "length-negative", OK "Content-Length: -2\r\n\r\n", FALSE, LF_HTTP_READ_ERROR, 200, 0, FALSE,
    0 },
  { "length-huge", OK "Content-Length: 9999999999999999999\r\n\r\n", FALSE, LF_HTTP_READ_ERROR, 200,
    0, FALSE, 0 },
  { "length-comma", OK "Content-Length: 2,\r\n\r\n", FALSE, LF_HTTP_READ_ERROR, 200, 0, FALSE, 0 },
  { "coding", OK "Transfer-Encoding: gzip, chunked\r\n\r\n", FALSE, LF_HTTP_READ_ERROR, 200, 0,
    FALSE, 0 },
  { "chunk-none", OK "Transfer-Encoding: chunked\r\n\r\n;\r\n", FALSE, LF_HTTP_READ_ERROR, 200, 0,
    FALSE, 0 },
  { "chunk-huge", OK "Transfer-Encoding: chunked\r\n\r\n1234567890abcdef\r\n", FALSE,
    LF_HTTP_READ_ERROR, 200, 0, FALSE, 0 },
  { "chunk-longer", OK "Transfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n", FALSE, LF_HTTP_READ_ERROR,
    200, 2, FALSE, 0 },
  { "101", "HTTP/1.1 101 Switching Protocols\r\n\r\n", FALSE, LF_HTTP_READ_ERROR, 101, 0, FALSE,
    0 },
  { "garbage", "SSH-2.0-OpenSSH_9.2", FALSE, LF_HTTP_READ_ERROR, 0, 0, FALSE, 0 },
  { "garbage-late", "HTTP/1x", FALSE, LF_HTTP_READ_ERROR, 0, 0, FALSE, 0 },
  { "colon", OK ":\r\n\r\n", FALSE, LF_HTTP_READ_ERROR, 200, 0, FALSE, 0 },
  { "no-colon", OK "A\r\n\r\n", FALSE, LF_HTTP_READ_ERROR, 200, 0, FALSE, 0 },
  { "space-colon", OK "A : b\r\n\r\n", FALSE, LF_HTTP_READ_ERROR, 200, 0, FALSE, 0 },
};

/* Feeds it in pieces; the excess of the last feed in *excess. */
static LfHttpRead
feed (LfHttpResponse *response, const char *text, gsize length, gsize piece, gsize *excess)
{
  LfHttpRead read = LF_HTTP_READ_MORE;

  *excess = 0;
  for (gsize at = 0; at < length && read == LF_HTTP_READ_MORE; at += piece)
    {
      gsize n = MIN (piece, length - at);
      gsize taken = 0;

      read = lf_http_response_feed (response, text + at, n, &taken);
      g_assert_cmpuint (taken, <=, n);
      if (read == LF_HTTP_READ_MORE)
        g_assert_cmpuint (taken, ==, n);
      *excess = length - at - taken;
    }
  return read;
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  gsize length = strlen (c->text);
  LfHttpResponse response = { 0 };

  for (gsize piece = 1; piece <= length; piece++)
    {
      gsize excess;

      lf_http_response_begin (&response, c->head_request, 0);
      g_assert_cmpint (feed (&response, c->text, length, piece, &excess), ==, c->result);
      g_assert_cmpuint (response.status, ==, c->status);
      g_assert_cmpuint (response.body_size, ==, c->body);
      g_assert_cmpint (response.keep_alive, ==, c->keep_alive);
      if (c->result == LF_HTTP_READ_END)
        g_assert_cmpuint (excess, ==, c->excess);
    }
  lf_http_response_clear (&response);
}

static void
test_end (void)
{
  LfHttpResponse response = { 0 };
  gsize excess;
  const struct
  {
    const char *text;
    LfHttpRead result;
  } ends[] = {
    { "", LF_HTTP_READ_ERROR },
    { OK, LF_HTTP_READ_ERROR },
    { OK "\r\n", LF_HTTP_READ_END },
    { OK "\r\nany", LF_HTTP_READ_END },
    { OK "Content-Length: 2\r\n\r\na", LF_HTTP_READ_ERROR },
    { OK "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n", LF_HTTP_READ_ERROR },
    { OK "Transfer-Encoding: chunked\r\n\r\n0\r\n", LF_HTTP_READ_ERROR },
    { "HTTP/1.1 100 Continue\r\n\r\n", LF_HTTP_READ_ERROR },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      lf_http_response_begin (&response, FALSE, 0);
      feed (&response, ends[i].text, strlen (ends[i].text), 1024, &excess);
      g_assert_cmpint (lf_http_response_feed_end (&response), ==, ends[i].result);
      g_assert_false (response.keep_alive);
    }
  lf_http_response_clear (&response);
}

static void
test_facts (void)
{
  static const char text[] = OK "set-cookie: a=b; Path=/\r\nLocation: /next\r\nSet-Cookie: c=d\r\n"
                                "Content-Encoding: gzip\r\nContent-Length: 0\r\n\r\n";
  LfHttpResponse response = { 0 };
  const GPtrArray *kept;
  gsize excess;

  lf_http_response_begin (&response, FALSE, LF_HTTP_HAS_COOKIE | LF_HTTP_HAS_LOCATION);
  g_assert_cmpint (feed (&response, text, strlen (text), 7, &excess), ==, LF_HTTP_READ_END);
  g_assert_cmpuint (response.facts, ==,
                    LF_HTTP_HAS_COOKIE | LF_HTTP_HAS_LOCATION | LF_HTTP_HAS_CODING);
  kept = lf_http_response_get_kept (&response);
  g_assert_cmpuint (kept->len, ==, 3);
  g_assert_cmpstr (kept->pdata[0], ==, "set-cookie: a=b; Path=/");
  g_assert_cmpstr (kept->pdata[1], ==, "Location: /next");
  g_assert_cmpstr (kept->pdata[2], ==, "Set-Cookie: c=d");

  lf_http_response_begin (&response, FALSE, LF_HTTP_HAS_LOCATION);
  g_assert_null (lf_http_response_get_kept (&response));
  feed (&response, text, strlen (text), sizeof text, &excess);
  g_assert_cmpuint (lf_http_response_get_kept (&response)->len, ==, 1);
  lf_http_response_clear (&response);
}

/* What is passed over counts like what is fed. */
static void
test_skip (void)
{
  static const char start[] = OK "Content-Length: 100000\r\n\r\nabc";
  LfHttpResponse response = { 0 };
  gsize excess;

  lf_http_response_begin (&response, FALSE, 0);
  g_assert_cmpuint (lf_http_response_get_skippable (&response), ==, 0);
  feed (&response, start, strlen (start), 100, &excess);
  g_assert_cmpuint (lf_http_response_get_skippable (&response), ==, 99997);
  g_assert_cmpint (lf_http_response_skip (&response, 99996), ==, LF_HTTP_READ_MORE);
  g_assert_cmpint (lf_http_response_skip (&response, 1), ==, LF_HTTP_READ_END);
  g_assert_cmpuint (response.body_size, ==, 100000);
  g_assert_true (response.keep_alive);
  lf_http_response_clear (&response);
}

/* A head, and a trailer, have an end; chunks may be any number. */
static void
test_bounds (void)
{
  static const char chunked[] = OK "Transfer-Encoding: chunked\r\n\r\n";
  LfHttpResponse response = { 0 };
  LfHttpRead read = LF_HTTP_READ_MORE;
  gsize taken, excess;
  guint n = 0;

  lf_http_response_begin (&response, FALSE, 0);
  feed (&response, OK, strlen (OK), 100, &excess);
  for (; read == LF_HTTP_READ_MORE; n++)
    read = lf_http_response_feed (&response, "A: b\r\n", 6, &taken);
  g_assert_cmpint (read, ==, LF_HTTP_READ_ERROR);
  g_assert_cmpuint (n, ==, (LF_HTTP_MAX_ANSWER_HEAD - strlen (OK)) / 6 + 1);

  lf_http_response_begin (&response, FALSE, 0);
  feed (&response, chunked, strlen (chunked), 100, &excess);
  for (n = 0; n < LF_HTTP_MAX_ANSWER_HEAD; n++)
    g_assert_cmpint (lf_http_response_feed (&response, "1\r\na\r\n", 6, &taken), ==,
                     LF_HTTP_READ_MORE);
  g_assert_cmpint (feed (&response, "0\r\n\r\n", 5, 100, &excess), ==, LF_HTTP_READ_END);
  g_assert_cmpuint (response.body_size, ==, LF_HTTP_MAX_ANSWER_HEAD);
  lf_http_response_clear (&response);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/http/response/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/http/response/end", test_end);
  g_test_add_func ("/http/response/facts", test_facts);
  g_test_add_func ("/http/response/skip", test_skip);
  g_test_add_func ("/http/response/bounds", test_bounds);
  return g_test_run ();
}
