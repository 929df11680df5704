#include "lf-set-cookie.h"

#define NOW 1000000

/* host, path, field and the line that it becomes; NULL: not kept. */
static const struct
{
  const char *host;
  const char *path;
  const char *field;
  const char *line;
} cases[] = {
  { "a.example", "/x/y", "Set-Cookie: n=v", "a.example\tFALSE\t/x\tFALSE\t0\tn\tv" },
  { "a.example", "/x", "set-cookie:n=v", "a.example\tFALSE\t/\tFALSE\t0\tn\tv" },
  { "a.example", "/x/?q=/z/", "Set-Cookie: n=v", "a.example\tFALSE\t/x\tFALSE\t0\tn\tv" },
  { "a.example", "", "Set-Cookie: n=v", "a.example\tFALSE\t/\tFALSE\t0\tn\tv" },
  { "a.example", "/", "Set-Cookie: n = v w ; Path=/p ; HttpOnly",
    "a.example\tFALSE\t/p\tFALSE\t0\tn\tv w" },
  { "a.example", "/", "Set-Cookie: n=; Secure; SameSite=Lax", "a.example\tFALSE\t/\tTRUE\t0\tn\t" },
  { "a.example", "/", "Set-Cookie: n=a=b==", "a.example\tFALSE\t/\tFALSE\t0\tn\ta=b==" },
  { "a.example", "/", "Set-Cookie: n=v; path=relative", "a.example\tFALSE\t/\tFALSE\t0\tn\tv" },
  { "a.example", "/", "Set-Cookie: n=v; Max-Age=60", "a.example\tFALSE\t/\tFALSE\t1000060\tn\tv" },
  { "a.example", "/", "Set-Cookie: n=v; Max-Age=0", "a.example\tFALSE\t/\tFALSE\t1\tn\tv" },
  { "a.example", "/", "Set-Cookie: n=v; Max-Age=x", "a.example\tFALSE\t/\tFALSE\t0\tn\tv" },
  { "a.example", "/", "Set-Cookie: n=v; Expires=Thu, 01 Jan 2032 00:00:00 GMT",
    "a.example\tFALSE\t/\tFALSE\t1956528000\tn\tv" },
  { "a.example", "/", "Set-Cookie: n=v; Max-Age=60; Expires=Thu, 01 Jan 2032 00:00:00 GMT",
    "a.example\tFALSE\t/\tFALSE\t1000060\tn\tv" },
  { "a.example", "/", "Set-Cookie: n=v; Domain=.a.example", "a.example\tTRUE\t/\tFALSE\t0\tn\tv" },
  { "b.a.example", "/", "Set-Cookie: n=v; Domain=a.example", "a.example\tTRUE\t/\tFALSE\t0\tn\tv" },
  { "a.example", "/", "Set-Cookie: n=v; Domain=other.example", NULL },
  { "ba.example", "/", "Set-Cookie: n=v; Domain=a.example", NULL },
  { "a.example", "/", "Set-Cookie: n=v; Domain=b.a.example", NULL },
  { "127.0.0.1", "/", "Set-Cookie: n=v; Domain=0.0.1", NULL },
  { "127.0.0.1", "/", "Set-Cookie: n=v; Domain=127.0.0.1", "127.0.0.1\tTRUE\t/\tFALSE\t0\tn\tv" },
  { "a.example", "/", "Set-Cookie: nothing", NULL },
  { "a.example", "/", "Set-Cookie: =v", NULL },
  { "a.example", "/", "Set-Cookie:", NULL },
  { "a.example", "/", "Set-Cookie: n=tab\there", NULL },
  { "a.example", "/", "Set-Cookie: n=v; Path=/tab\there", NULL },
  { "a.example", "/", "Set-Cookie:\tn=v", "a.example\tFALSE\t/\tFALSE\t0\tn\tv" },
  { "a.example", "/", "Set-Cookie: n=v; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
    "a.example\tFALSE\t/\tFALSE\t1\tn\tv" },
  { "a.example", "/", "Set-Cookie: n=v; Expires=never", "a.example\tFALSE\t/\tFALSE\t0\tn\tv" },
};

static void
test_lines (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *line =
          lf_set_cookie_to_netscape (cases[i].field, cases[i].host, cases[i].path, NOW);

      g_test_message ("%s", cases[i].field);
      g_assert_cmpstr (line, ==, cases[i].line);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/set-cookie/lines", test_lines);
  return g_test_run ();
}
