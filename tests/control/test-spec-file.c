#include "lf-spec-file.h"

static LfSpec *
read_spec (const char *text)
{
  g_autoptr (GError) error = NULL;
  LfSpec *spec = lf_spec_from_text (text, -1, &error);

  g_assert_no_error (error);
  return spec;
}

static void
test_name (void)
{
  static const char *const names[][2] = {
    { "/a/b/shop.loadforge.json", "shop" },
    { "shop.json", "shop" },
    { "shop.loadforge", "shop" },
    { "shop", "shop" },
    { "shop.json.txt", "shop.json.txt" },
    { "a/caf\xe9.json", "caf\xef\xbf\xbd" }, /* no UTF-8: shown, not refused */
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (LfSpec) spec = lf_spec_new ();

      lf_spec_file_ensure_name (spec, names[i][0]);
      g_assert_cmpstr (spec->name, ==, names[i][1]);
      lf_spec_file_ensure_name (spec, "other.json"); /* it has one now */
      g_assert_cmpstr (spec->name, ==, names[i][1]);
      lf_set_string (&spec->name, "");
      lf_spec_file_ensure_name (spec, "other.json");
      g_assert_cmpstr (spec->name, ==, "other");
    }
}

static void
test_certificates (void)
{
  g_autoptr (LfSpec) spec = read_spec (
      "{\"schema\":\"loadforge/spec/1\",\"loadProfile\":{\"users\":1,\"steady\":1},"
      "\"http\":{\"tls\":{\"caFile\":\"ca.pem\",\"certFile\":\"../c.pem\",\"keyFile\":\"/k.pem\"}},"
      "\"steps\":[{\"url\":\"http://a/\",\"http\":{\"tls\":{\"caFile\":\"sub/"
      "ca.pem\",\"certFile\":\"\"}}},"
      "{\"url\":\"http://b/\"},{\"url\":\"http://c/\",\"http\":{}}]}");
  const LfTlsOptions *tls;

  for (guint i = 0; i < 2; i++) /* what is whole stays so */
    lf_spec_file_locate_certificates (spec, i == 0 ? "/specs/shop" : "/elsewhere");
  g_assert_cmpstr (spec->http->tls->ca_file, ==, "/specs/shop/ca.pem");
  g_assert_cmpstr (spec->http->tls->cert_file, ==, "/specs/c.pem");
  g_assert_cmpstr (spec->http->tls->key_file, ==, "/k.pem");
  tls = lf_spec_get_step (spec, 0)->http->tls;
  g_assert_cmpstr (tls->ca_file, ==, "/specs/shop/sub/ca.pem");
  g_assert_cmpstr (tls->cert_file, ==, "");
  g_assert_null (tls->key_file);
}

static void
test_identity (void)
{
  g_autoptr (LfSpec) spec = read_spec (
      "{\"schema\":\"loadforge/spec/1\",\"id\":\"0123456789abcdef01234567\",\"revision\":7,"
      "\"name\":\"shop\",\"steps\":[{\"url\":\"http://a/\"}],"
      "\"loadProfile\":{\"users\":1,\"steady\":1}}");
  g_autofree char *text = NULL;

  lf_spec_file_forget_identity (spec);
  g_assert_null (spec->id);
  g_assert_cmpint (spec->revision, ==, 0);
  g_assert_cmpstr (spec->name, ==, "shop");
  text = lf_spec_to_text (spec);
  g_assert_null (strstr (text, "\"id\""));
  g_assert_null (strstr (text, "revision"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/spec-file/name", test_name);
  g_test_add_func ("/spec-file/certificates", test_certificates);
  g_test_add_func ("/spec-file/identity", test_identity);
  return g_test_run ();
}
