#include "lf-secret-marks.h"

#include "lf-error.h"
#include "lf-json.h"

static JsonNode *
read_json (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = lf_json_from_text (text, -1, &error);

  g_assert_no_error (error);
  return node;
}

static const char stored[] =
    "{\"steps\":[{\"name\":\"a\",\"token\":\"one\"},{\"name\":\"a\",\"token\":\"two\"},"
    "{\"name\":\"b\",\"url\":\"http://me:three@host/\"}]}";
static const char redacted[] = "{\"steps\":[{\"name\":\"a\",\"token\":\"[redacted]\"},{\"name\":"
                               "\"a\",\"token\":\"[redacted]\"},"
                               "{\"name\":\"b\",\"url\":\"http://me:[redacted]@host/\"}]}";

static void
test_put (void)
{
  g_autoptr (JsonNode) node =
      read_json ("{\"a\":\"[redacted]\",\"b\":[\"x\",\"[redacted]\"],\"c\":{\"d\":1,\"e\":null}}");
  g_autoptr (JsonNode) marked = lf_secret_marks_put (node);
  g_autofree char *text = lf_json_to_text (marked, FALSE);

  g_assert_cmpstr (text, ==,
                   "{\"a\":{\"redacted\":true},\"b\":[\"x\",{\"redacted\":true}],"
                   "\"c\":{\"d\":1,\"e\":null}}");
}

/* What is sent, and what comes of it; or where it is refused. */
static void
test_fill (void)
{
  static const struct
  {
    const char *sent;
    const char *filled;
    const char *pointer;
  } cases[] = {
    { "{\"steps\":[{\"name\":\"a\",\"token\":{\"redacted\":true}}]}",
      "{\"steps\":[{\"name\":\"a\",\"token\":\"one\"}]}", NULL },
    /* Other steps in front, and those of one name in their order. */
    { "{\"steps\":[{\"name\":\"c\"},{\"name\":\"a\",\"token\":\"new\"},{\"name\":\"a\",\"token\":{"
      "\"redacted\":true}}]}",
      "{\"steps\":[{\"name\":\"c\"},{\"name\":\"a\",\"token\":\"new\"},{\"name\":\"a\",\"token\":"
      "\"two\"}]}",
      NULL },
    { "{\"steps\":[{\"name\":\"b\",\"url\":\"http://me:[redacted]@host/\"}]}",
      "{\"steps\":[{\"name\":\"b\",\"url\":\"http://me:three@host/\"}]}", NULL },
    /* The password of one host is not for another. */
    { "{\"steps\":[{\"name\":\"b\",\"url\":\"http://me:[redacted]@other/\"}]}", NULL,
      "/steps/0/url: " },
    { "{\"steps\":[{\"name\":\"c\",\"token\":{\"redacted\":true}}]}", NULL, "/steps/0/token: " },
    { "{\"x/y\":{\"redacted\":true}}", NULL, "/x~1y: " },
    { "{\"steps\":{\"redacted\":true}}", NULL, "/steps: " },
    { "{\"redacted\":false}", "{\"redacted\":false}", NULL },
  };
  g_autoptr (JsonNode) before = read_json (stored);
  g_autoptr (JsonNode) told = read_json (redacted);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) sent = read_json (cases[i].sent);
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) filled = lf_secret_marks_fill (sent, before, told, &error);
      g_autofree char *text = filled != NULL ? lf_json_to_text (filled, FALSE) : NULL;

      g_test_message ("%s", cases[i].sent);
      g_assert_cmpstr (text, ==, cases[i].filled);
      if (cases[i].pointer == NULL)
        continue;
      g_assert_error (error, LF_ERROR, LF_ERROR_VALUE);
      g_assert_true (g_str_has_prefix (error->message, cases[i].pointer));
    }
}

static void
test_nothing_stored (void)
{
  g_autoptr (JsonNode) sent = read_json ("{\"token\":{\"redacted\":true}}");
  g_autoptr (GError) error = NULL;
  JsonNode *filled = lf_secret_marks_fill (sent, NULL, NULL, &error);

  g_assert_null (filled);
  g_assert_error (error, LF_ERROR, LF_ERROR_VALUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/secret-marks/put", test_put);
  g_test_add_func ("/server/secret-marks/fill", test_fill);
  g_test_add_func ("/server/secret-marks/nothing-stored", test_nothing_stored);
  return g_test_run ();
}
