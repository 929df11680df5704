#include "lf-bson-private.h"

#include "lf-error.h"
#include "lf-spec.h"

/* Documents that must come back as they were. */
static const char *const documents[] = {
  "{}",
  "{\"id\":\"6570f1a2b3c4d5e6f7a8b9c0\",\"name\":\"n\"}",
  "{\"id\":\"not-an-object-id\"}",
  "{\"id\":\"6570F1A2B3C4D5E6F7A8B9C0\"}",
  "{\"_id\":\"a key of that name\",\"id\":\"x\"}",
  "{\"tags\":[\"6570f1a2b3c4d5e6f7a8b9c0\",\"\",\"ü\"],\"revision\":9007199254740993}",
  "{\"\":0,\"%\":1,\"%25\":2,\"$set\":3,\"a.b\":4,\"a$b\":5,\"%2E\":6,\"$\":7,\".\":8,\"%%\":9,"
  "\"100%\":10}",
  "{\"x\":{\"\":{\"$a.b\":[[],{},[{\"\":null}]]}}}",
  "{\"variables\":{\"user.name\":{\"value\":\"mia\"},\"$x\":{\"value\":\"1\",\"secret\":true},\"\":"
  "{}}}",
  "{\"thresholds\":{\"http_req_duration{step:a.b}\":[\"p(95)<300\"],\"x\":1.0,\"y\":-0.5,\"z\":"
  "1e300}}",
  "{\"createdAt\":\"2026-11-23T12:00:00.123Z\",\"note\":\"2026-11-23T12:00:00.123Z\"}",
  "{\"createdAt\":\"1969-12-31T23:59:59.999Z\"}",
  "{\"warmup\":5,\"gracefulStop\":0.25,\"loadProfile\":{\"users\":3,\"steady\":2.5,\"rampUp\":1}}",
  "{\"request\":{\"url\":\"http://h/\",\"headers\":[{\"name\":\"A\",\"value\":\"\"}],"
  "\"auth\":{\"type\":\"oauth2ClientCredentials\",\"clientId\":\"6570f1a2b3c4d5e6f7a8b9c0\"},"
  "\"body\":{\"type\":\"graphql\",\"variables\":{\"a.b\":null,\"n\":1}}}}",
  "{\"steps\":[{\"url\":\"http://h/"
  "\",\"checks\":[{\"on\":\"status\",\"op\":\"==\",\"value\":200}]},"
  "{\"url\":\"http://h/2\",\"thinkTime\":{\"min\":1,\"max\":2}}],\"big\":-9223372036854775808}",
};

static void
test_round_trip (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LfSpec) spec = lf_spec_from_text (documents[i], -1, &error);
      g_autoptr (LfSpec) again = NULL;
      g_autoptr (bson_t) bson = NULL;
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;

      g_assert_no_error (error);
      bson = _lf_bson_from_record (spec, &error);
      g_assert_no_error (error);
      g_assert_true (bson_validate (bson,
                                    BSON_VALIDATE_UTF8 | BSON_VALIDATE_DOT_KEYS |
                                        BSON_VALIDATE_DOLLAR_KEYS | BSON_VALIDATE_EMPTY_KEYS,
                                    NULL));
      again = _lf_bson_to_record (&lf_spec_type, bson, &error);
      g_assert_no_error (error);
      before = lf_record_to_text (spec, TRUE);
      after = lf_record_to_text (again, TRUE);
      g_assert_cmpstr (after, ==, before);
      g_assert_true (lf_record_equal (spec, again));
    }
}

static void
test_id (void)
{
  g_autoptr (bson_t) document = bson_new ();
  g_autoptr (bson_t) other = bson_new ();
  g_autoptr (bson_t) number = BCON_NEW ("_id", BCON_INT32 (7));
  g_autofree char *id = NULL;
  g_autofree char *text = NULL;
  g_autofree char *unknown = NULL;
  bson_iter_t iter;

  _lf_bson_append_id (document, "_id", "6570f1a2b3c4d5e6f7a8b9c0");
  g_assert_true (bson_iter_init_find (&iter, document, "_id") && BSON_ITER_HOLDS_OID (&iter));
  id = _lf_bson_get_id (document);
  g_assert_cmpstr (id, ==, "6570f1a2b3c4d5e6f7a8b9c0");
  _lf_bson_append_id (other, "_id", "login");
  text = _lf_bson_get_id (other);
  g_assert_cmpstr (text, ==, "login");
  unknown = _lf_bson_get_id (number);
  g_assert_cmpstr (unknown, ==, "of an unknown kind");
}

static void
test_wrong (void)
{
  g_autoptr (bson_t) document = BCON_NEW ("name", BCON_UTF8 ("n"), "steps", BCON_UTF8 ("none"));
  g_autoptr (GError) error = NULL;

  g_assert_null (_lf_bson_to_record (&lf_spec_type, document, &error));
  g_assert_error (error, LF_ERROR, LF_ERROR_VALUE);
  g_assert_true (g_str_has_prefix (error->message, "/steps"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/bson/round-trip", test_round_trip);
  g_test_add_func ("/bson/id", test_id);
  g_test_add_func ("/bson/wrong", test_wrong);

  return g_test_run ();
}
