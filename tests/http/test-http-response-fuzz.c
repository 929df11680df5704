#include "fuzz-http-response.h"

#include <string.h>

/* Answers bent at random, the same ones in each run: what ./dev fuzz looks for by coverage, in
 * small. */

#define ROUNDS 100000

static const char *const seeds[] = {
  "0HTTP/1.1 200 OK\r\nServer: x\r\nContent-Length: 5\r\nConnection: keep-alive\r\n\r\nhello",
  "\x04HTTP/1.1 200 OK\r\nTransfer-Encoding: "
  "chunked\r\n\r\n5\r\nhello\r\n0a;x=y\r\n0123456789\r\n0\r\nA: b\r\n\r\n",
  "\x08HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 302 Found\r\nLocation: /\r\n"
  "Set-Cookie: a=b\r\nContent-Length: 0\r\n\r\n",
  "\x01HTTP/1.0 404 Not Found\r\nConnection: keep-alive\r\nContent-Length: 2, 2\r\n\r\nab",
  "\x10HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nX: y\r\n  folded\r\n\r\nuntil close",
};

/* What an answer is made of: put in anywhere, it leads somewhere. */
static const char *const words[] = {
  "\r\n",
  "\r\n\r\n",
  "\n",
  ":",
  " ",
  ",",
  "0",
  "0\r\n\r\n",
  "Content-Length: ",
  "chunked",
  "Transfer-Encoding: chunked\r\n",
  "Connection: close\r\n",
  "HTTP/1.1 200 OK\r\n",
  "ffffffffffffffff",
  "Set-Cookie: ",
  "\t",
};

static void
bend (GByteArray *text, GRand *random)
{
  guint at = (guint) g_rand_int_range (random, 0, (gint32) text->len);
  const char *word = words[g_rand_int_range (random, 0, G_N_ELEMENTS (words))];
  GByteArray *rest;

  switch (g_rand_int_range (random, 0, 4))
    {
    case 0:
      text->data[at] = (guint8) g_rand_int_range (random, 0, 256);
      break;
    case 1:
      g_byte_array_remove_index (text, at);
      break;
    case 2:
      g_byte_array_set_size (text, at + 1);
      break;
    default:
      rest = g_byte_array_new ();
      g_byte_array_append (rest, text->data + at, text->len - at);
      g_byte_array_set_size (text, at);
      g_byte_array_append (text, (const guint8 *) word, (guint) strlen (word));
      g_byte_array_append (text, rest->data, rest->len);
      g_byte_array_unref (rest);
      break;
    }
}

static void
test_bent (gconstpointer seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (9112);

  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (GByteArray) text = g_byte_array_new ();
      guint n = (guint) g_rand_int_range (random, 0, 8);

      g_byte_array_append (text, seed, (guint) strlen (seed));
      for (guint k = 0; k < n && text->len > 0; k++)
        bend (text, random);
      LLVMFuzzerTestOneInput (text->data, text->len);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (seeds); i++)
    {
      g_autofree char *path = g_strdup_printf ("/http/response-fuzz/%u", i);

      g_test_add_data_func (path, seeds[i], test_bent);
    }
  return g_test_run ();
}
