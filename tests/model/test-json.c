#include "lf-json.h"

#include "lf-error.h"

/* Texts that come back byte for byte. */
static const char *const exact[] = {
  "null",
  "true",
  "false",
  "0",
  "-1",
  "9007199254740993",
  "0.1",
  "1e+300",
  "-0.25",
  "\"\"",
  "\"\\\"\\\\\\b\\f\\n\\r\\t\\u0001\"",
  "\"ä€🙂\"",
  "[]",
  "{}",
  "[1,[2,[3]],{\"a\":{\"b\":[]}}]",
};

static void
test_exact (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (exact); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = lf_json_from_text (exact[i], -1, &error);
      g_autofree char *text = NULL;

      g_assert_no_error (error);
      text = lf_json_to_text (node, FALSE);
      g_assert_cmpstr (text, ==, exact[i]);
    }
}

/* Every double is written so that it reads back as the same, in any locale: this runs in one with a
 * decimal comma, too. */
static void
test_doubles (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      double value = g_test_rand_double_range (-1, 1);
      g_autoptr (JsonNode) node = json_node_init_double (json_node_alloc (), value);
      g_autofree char *text = lf_json_to_text (node, FALSE);
      g_autoptr (JsonNode) back = lf_json_from_text (text, -1, NULL);

      g_assert_cmpfloat (json_node_get_double (back), ==, value);
      g_assert_null (strchr (text, ','));
    }
}

static const struct
{
  const char *text;
  const char *message;
} refused[] = {
  { "", "line 1, column 1*" },
  { " ", "line 1, column 2*" },
  { "{", "line 1, column 2*" },
  { "[1,]", "line 1, column 4*" },
  { "{\"a\":1,}", "line 1, column 8*" },
  { "{\"a\" 1}", "line 1, column 6*" },
  { "{a:1}", "line 1, column 2*" },
  { "[1 2]", "line 1, column 4*" },
  { "01", "line 1, column *" },
  { "1.", "line 1, column *" },
  { "+1", "line 1, column 1*" },
  { "NaN", "line 1, column 1*" },
  { "tru", "line 1, column *" },
  { "\"a", "line 1, column *" },
  { "\"\\x\"", "line 1, column *" },
  { "\"\\ud800\"", "line 1, column *" },
  { "\"\\u0000\"", "line 1, column *" },
  { "// x\n1", "line 1, column 1*" },
  { "1 1", "line 1, column 3*" },
  { "{\n  \"a\": 1\n  \"b\": 2\n}", "line 3, column 3*" },
  { "{\"a\":1,\"a\":2}", "line 1, column *" },
  { "\xef\xbb\xbf", "line 1, column *" },
  { "{}\xef\xbb\xbf", "line 1, column 3*" },
  { "-", "line 1, column *" },
  { "-Infinity", "line 1, column *" },
  { "1e", "line 1, column *" },
  { "'a'", "line 1, column 1*" },
  { "[1]]", "line 1, column 4*" },
};

static void
test_refused (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = lf_json_from_text (refused[i].text, -1, &error);

      if (node)
        g_error ("“%s” was read", refused[i].text);
      g_assert_error (error, LF_ERROR, LF_ERROR_SYNTAX);
      if (!g_pattern_match_simple (refused[i].message, error->message))
        g_error ("“%s”: %s", refused[i].text, error->message);
    }
}

/* What some editors put in front of UTF-8 is no part of the document. */
static void
test_byte_order_mark (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = lf_json_from_text ("\xef\xbb\xbf[1]", -1, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = lf_json_to_text (node, FALSE);
  g_assert_cmpstr (text, ==, "[1]");
}

static void
test_depth (void)
{
  for (int depth = LF_JSON_DEPTH; depth <= LF_JSON_DEPTH + 1; depth++)
    {
      g_autofree char *open = g_strnfill ((gsize) depth, '[');
      g_autofree char *close = g_strnfill ((gsize) depth, ']');
      g_autofree char *text = g_strconcat (open, close, NULL);
      g_autoptr (JsonNode) node = lf_json_from_text (text, -1, NULL);

      g_assert_cmpint (node != NULL, ==, depth <= LF_JSON_DEPTH);
    }
}

static void
test_size (void)
{
  g_autofree char *text = g_strnfill (LF_JSON_LIMIT + 1, ' ');
  g_autoptr (GError) error = NULL;

  g_assert_null (lf_json_from_text (text, -1, &error));
  g_assert_error (error, LF_ERROR, LF_ERROR_TOO_LARGE);
}

static void
test_copy (void)
{
  g_autoptr (JsonNode) node = lf_json_from_text (exact[G_N_ELEMENTS (exact) - 1], -1, NULL);
  g_autoptr (JsonNode) copy = lf_json_copy (node);

  g_assert_true (json_node_equal (node, copy));
  json_array_add_null_element (json_node_get_array (copy));
  g_assert_false (json_node_equal (node, copy));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/exact", test_exact);
  g_test_add_func ("/json/doubles", test_doubles);
  g_test_add_func ("/json/refused", test_refused);
  g_test_add_func ("/json/byte-order-mark", test_byte_order_mark);
  g_test_add_func ("/json/depth", test_depth);
  g_test_add_func ("/json/size", test_size);
  g_test_add_func ("/json/copy", test_copy);
  return g_test_run ();
}
