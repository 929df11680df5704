#include "lf-http-reader.h"

#include <string.h>

/* What a client sent, as the reader told it: "GET /a 1.1 keep body=5:hello" and so on, one part a
 * request; "error=400" ends it, "..." is a request that is not complete. */
static char *
read_all (const char *text, gsize length, gsize piece)
{
  g_autoptr (LfHttpReader) reader = lf_http_reader_new ();
  g_autoptr (GString) told = g_string_new (NULL);
  g_autoptr (GString) body = g_string_new (NULL);
  gsize at = 0;

  while (at < length)
    {
      gsize left = MIN (piece, length - at);

      while (TRUE)
        {
          gsize taken = 0;
          LfHttpRead read = lf_http_reader_feed (reader, text + at, left, &taken);

          g_assert_cmpuint (taken, <=, left);
          at += taken;
          left -= taken;
          if (read == LF_HTTP_READ_MORE)
            break;
          if (read == LF_HTTP_READ_HEAD)
            {
              const LfHttpRequest *request = lf_http_reader_get_request (reader);

              g_string_append_printf (told, "%s%.*s %.*s 1.%u %s", told->len > 0 ? " | " : "",
                                      (int) request->method_length, request->method,
                                      (int) request->target_length, request->target, request->minor,
                                      request->keep_alive ? "keep" : "close");
              g_string_truncate (body, 0);
            }
          else if (read == LF_HTTP_READ_BODY)
            {
              gsize n;
              const char *part = lf_http_reader_get_body (reader, &n);

              g_assert_cmpuint (n, >, 0);
              g_string_append_len (body, part, (gssize) n);
            }
          else if (read == LF_HTTP_READ_END)
            {
              if (body->len > 0)
                g_string_append_printf (told, " body=%s", body->str);
            }
          else
            {
              g_string_append_printf (told, "%serror=%u", told->len > 0 ? " | " : "",
                                      lf_http_reader_get_error_status (reader));
              return g_strdup (told->str);
            }
        }
    }
  if (lf_http_reader_is_inside (reader))
    g_string_append (told, " ...");
  return g_strdup (told->str);
}

#define HOST "Host: x\r\n"

static const struct
{
  const char *text;
  const char *told;
} cases[] = {
  { "GET /a?b HTTP/1.1\r\n" HOST "\r\n", "GET /a?b 1.1 keep" },
  { "GET / HTTP/1.1\r\n" HOST "Connection: close\r\n\r\n", "GET / 1.1 close" },
  { "GET / HTTP/1.1\r\n" HOST "Connection: a, CLOSE\r\n\r\n", "GET / 1.1 close" },
  { "GET / HTTP/1.0\r\n\r\n", "GET / 1.0 close" },
  { "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", "GET / 1.0 keep" },
  { "\r\nGET / HTTP/1.1\r\n" HOST "\r\n", "GET / 1.1 keep" },
  { "GET /1 HTTP/1.1\r\n" HOST "\r\nGET /2 HTTP/1.1\r\n" HOST "\r\n",
    "GET /1 1.1 keep | GET /2 1.1 keep" },
  { "PUT / HTTP/1.1\r\n" HOST "Content-Length: 5\r\n\r\nhelloGET / HTTP/1.1\r\n" HOST "\r\n",
    "PUT / 1.1 keep body=hello | GET / 1.1 keep" },
  { "PUT / HTTP/1.1\r\n" HOST "Content-Length: 0\r\n\r\n", "PUT / 1.1 keep" },
  { "PUT / HTTP/1.1\r\n" HOST
    "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA;x=\"y\"\r\n0123456789\r\n0\r\n\r\n",
    "PUT / 1.1 keep body=abc0123456789" },
  { "PUT / HTTP/1.1\r\n" HOST
    "Transfer-Encoding: Chunked\r\n\r\n1\r\nx\r\n000\r\nA: b\r\nC: d\r\n\r\nGET / HTTP/1.1\r\n" HOST
    "\r\n",
    "PUT / 1.1 keep body=x | GET / 1.1 keep" },
  { "GET / HTTP/1.1\r\n" HOST "X:\r\n\r\n", "GET / 1.1 keep" },
  { "GET / HTTP/1.1\r\nHost: x", " ..." },
  { "GET / HTTP/1.1\r\nHost:\r\n\r\n", "GET / 1.1 keep" },
  { "GET / HTTP/1.1\r\nhost: [::1]:8080\r\n\r\n", "GET / 1.1 keep" },
  { "GET / HTTP/1.0\r\nHost: a.test\r\n\r\n", "GET / 1.0 close" },

  { "GET / HTTP/1.1\r\n\r\n", "error=400" },
  { "GET / HTTP/1.1\r\nHosts: x\r\n\r\n", "error=400" },
  { "GET / HTTP/1.1\r\n" HOST HOST "\r\n", "error=400" },
  { "GET / HTTP/1.0\r\n" HOST "Host: y\r\n\r\n", "error=400" },
  { "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", "error=400" },
  { "GET / HTTP/1.1\r\nHost: user@a\r\n\r\n", "error=400" },
  { "GET /1 HTTP/1.1\r\n" HOST "\r\nGET /2 HTTP/1.1\r\n\r\n", "GET /1 1.1 keep | error=400" },

  { "GET / HTTP/2.0\r\n\r\n", "error=505" },
  { "GET / http/1.1\r\n\r\n", "error=400" },
  { "GET  / HTTP/1.1\r\n\r\n", "error=400" },
  { "GET /\r\n\r\n", "error=400" },
  { "G@T / HTTP/1.1\r\n\r\n", "error=400" },
  { "GET / HTTP/1.1\r\n" HOST " folded\r\n\r\n", "error=400" },
  { "GET / HTTP/1.1\r\n" HOST "A : b\r\n\r\n", "error=400" },
  { "GET / HTTP/1.1\r\n" HOST ": b\r\n\r\n", "error=400" },
  { "GET / HTTP/1.1\r\n" HOST "A: b\rc\r\n\r\n", "error=400" },
  { "PUT / HTTP/1.1\r\n" HOST "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
    "error=400" },
  { "PUT / HTTP/1.1\r\n" HOST "Content-Length: 1\r\nContent-Length: 2\r\n\r\n", "error=400" },
  { "PUT / HTTP/1.1\r\n" HOST "Content-Length: +1\r\n\r\n", "error=400" },
  { "PUT / HTTP/1.1\r\n" HOST "Content-Length: 0x1\r\n\r\n", "error=400" },
  { "PUT / HTTP/1.1\r\n" HOST "Content-Length: 99999999999999999999\r\n\r\n", "error=400" },
  { "PUT / HTTP/1.1\r\n" HOST "Content-Length: \r\n\r\n", "error=400" },
  { "PUT / HTTP/1.1\r\n" HOST "Transfer-Encoding: gzip, chunked\r\n\r\n", "error=400" },
  { "PUT / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked, gzip\r\n\r\n", "error=400" },
};

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *told = read_all (cases[i].text, strlen (cases[i].text), G_MAXSIZE);

      if (strcmp (told, cases[i].told) != 0)
        g_error ("“%s”: %s", cases[i].text, told);
    }
}

/* However the network cuts it, the same is understood. */
static void
test_pieces (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize length = strlen (cases[i].text);
      g_autofree char *whole = read_all (cases[i].text, length, G_MAXSIZE);

      for (gsize piece = 1; piece <= length; piece++)
        {
          g_autofree char *told = read_all (cases[i].text, length, piece);

          if (strcmp (told, whole) != 0)
            g_error ("“%s” in pieces of %zu: %s, not %s", cases[i].text, piece, told, whole);
        }
    }
}

static const char *const bad_chunks[] = { "x\r\n",
                                          "\r\n",
                                          "-1\r\n",
                                          " 1\r\nx\r\n",
                                          "1\r\nxy\r\n",
                                          "0x1\r\n",
                                          "ffffffffffffffff1\r\n",
                                          "1;a\rb\r\nx\r\n",
                                          "1;a\x01\r\nx\r\n",
                                          "1;a=\"\x7f\"\r\nx\r\n",
                                          "0;\r\r\n\r\n" };

static void
test_bad_chunks (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad_chunks); i++)
    {
      g_autofree char *text = g_strconcat (
          "PUT / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n", bad_chunks[i], NULL);
      g_autofree char *told = read_all (text, strlen (text), G_MAXSIZE);

      if (!g_str_has_suffix (told, "error=400"))
        g_error ("chunk “%s”: %s", bad_chunks[i], told);
    }
}

static void
test_nul (void)
{
  static const char head[] = "GET / HTTP/1.1\r\nA: b\0c\r\n\r\n";
  static const char target[] = "GET /\0 HTTP/1.1\r\n\r\n";
  g_autofree char *one = read_all (head, sizeof head - 1, G_MAXSIZE);
  g_autofree char *other = read_all (target, sizeof target - 1, G_MAXSIZE);

  g_assert_cmpstr (one, ==, "error=400");
  g_assert_cmpstr (other, ==, "error=400");
}

/* What never ends is cut off at the limit, wherever it stands. */
static void
test_endless (void)
{
  static const struct
  {
    const char *begin;
    const char *repeat;
    guint status;
  } endless[] = {
    { "", "G", 431 },
    { "", "\r\n", 400 },
    { "GET / HTTP/1.1\r\n" HOST "\r\n", "\r\n", 400 },
    { "GET /", "a", 431 },
    { "GET / HTTP/1.1\r\nA: ", "b", 431 },
    { "GET / HTTP/1.1\r\n", "A: b\r\n", 431 },
    { "PUT / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n1;", "a", 400 },
    { "PUT / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n0\r\n", "A: b\r\n", 400 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (endless); i++)
    {
      g_autoptr (GString) text = g_string_new (endless[i].begin);
      g_autofree char *told = NULL;
      g_autofree char *wanted = g_strdup_printf ("error=%u", endless[i].status);
      g_autofree char *alternative = g_strdup ("error=431");

      while (text->len < 4 * LF_HTTP_MAX_HEAD)
        g_string_append (text, endless[i].repeat);
      told = read_all (text->str, text->len, 1000);
      if (!g_str_has_suffix (told, wanted) && !g_str_has_suffix (told, alternative))
        g_error ("“%s%s…”: %s", endless[i].begin, endless[i].repeat, told);
    }
}

/* Random damage: an answer, never a read past the input (the sanitizers see to that). */
static void
test_damaged (void)
{
  for (guint round = 0; round < 20000; round++)
    {
      const char *text = cases[g_test_rand_int_range (0, G_N_ELEMENTS (cases))].text;
      gsize length = strlen (text);
      g_autofree char *copy = g_strndup (text, length);
      g_autofree char *told = NULL;

      for (int n = g_test_rand_int_range (1, 4); n > 0; n--)
        copy[g_test_rand_int_range (0, (gint32) length)] = (char) g_test_rand_int_range (-128, 128);
      told = read_all (copy, length, (gsize) g_test_rand_int_range (1, 64));
      g_assert_nonnull (told);
    }
}

static void
test_fields (void)
{
  static const char text[] =
      "Accept:  text/html \t\r\nX-Empty:\r\naccept: b\r\nTE: a, Trailers ,c\r\n\r\n";
  LfHttpFields fields;
  const LfHttpField *field;

  g_assert_true (lf_http_fields_read (&fields, text, sizeof text - 1));
  g_assert_cmpuint (fields.n_fields, ==, 4);
  field = lf_http_fields_find (&fields, "ACCEPT");
  g_assert_cmpmem (field->value, field->value_length, "text/html", 9);
  field = lf_http_fields_find (&fields, "x-empty");
  g_assert_cmpuint (field->value_length, ==, 0);
  g_assert_null (lf_http_fields_find (&fields, "x-emp"));
  g_assert_true (lf_http_fields_have_word (&fields, "te", "trailers"));
  g_assert_false (lf_http_fields_have_word (&fields, "te", "trailer"));
  g_assert_false (lf_http_fields_have_word (&fields, "none", "a"));
  g_assert_true (lf_http_is_token ("X-Token_1!", 10));
  g_assert_false (lf_http_is_token ("a b", 3));
  g_assert_false (lf_http_is_token ("", 0));
}

static void
test_too_many_fields (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  LfHttpFields fields;

  for (guint i = 0; i < LF_HTTP_MAX_FIELDS; i++)
    g_string_append (text, "A: b\r\n");
  g_string_append (text, "\r\n");
  g_assert_true (lf_http_fields_read (&fields, text->str, text->len));
  g_string_prepend (text, "A: b\r\n");
  g_assert_false (lf_http_fields_read (&fields, text->str, text->len));
}

/* A head with so many field lines, and a trailer. */
static void
test_many_fields (void)
{
  for (guint n = LF_HTTP_MAX_FIELDS - 1; n <= LF_HTTP_MAX_FIELDS; n++)
    for (guint trailer = 0; trailer < 2; trailer++)
      {
        g_autoptr (GString) text = g_string_new ("PUT / HTTP/1.1\r\n" HOST);
        g_autofree char *told = NULL;

        if (trailer)
          g_string_append (text, "Transfer-Encoding: chunked\r\n\r\n0\r\nB: c\r\n");
        for (guint i = 0; i < n; i++)
          g_string_append (text, "A: b\r\n");
        g_string_append (text, "\r\n");
        told = read_all (text->str, text->len, G_MAXSIZE);
        if (n < LF_HTTP_MAX_FIELDS)
          g_assert_cmpstr (told, ==, "PUT / 1.1 keep");
        else
          g_assert_true (g_str_has_suffix (told, "error=431"));
      }
}

/* The limit is for one request, not for a connection. */
static void
test_empty_lines (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *told = NULL;

  for (guint i = 0; i < 40; i++)
    g_string_append (text, "\r\n\r\nGET / HTTP/1.1\r\n" HOST "\r\n");
  told = read_all (text->str, text->len, 100);
  g_assert_null (strstr (told, "error"));
  g_assert_true (g_str_has_suffix (told, "keep"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http-reader/cases", test_cases);
  g_test_add_func ("/http-reader/pieces", test_pieces);
  g_test_add_func ("/http-reader/bad-chunks", test_bad_chunks);
  g_test_add_func ("/http-reader/nul", test_nul);
  g_test_add_func ("/http-reader/endless", test_endless);
  g_test_add_func ("/http-reader/many-fields", test_many_fields);
  g_test_add_func ("/http-reader/empty-lines", test_empty_lines);
  g_test_add_func ("/http-reader/damaged", test_damaged);
  g_test_add_func ("/http-fields/read", test_fields);
  g_test_add_func ("/http-fields/too-many", test_too_many_fields);
  return g_test_run ();
}
