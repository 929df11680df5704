#include "lf-attachment.h"
#include "lf-error.h"
#include "lf-log-line.h"
#include "lf-run.h"
#include "lf-sample.h"
#include "lf-spec.h"

/*
 * What holds for every record that the codec's tables can describe, tried with random ones: nothing
 * here knows a field by its name, so a new field is tested from the day it stands in a table.
 */

#define N_RECORDS 300
#define MAX_DEPTH 4

static const LfRecordType *const types[] = {
  &lf_spec_type,     &lf_run_type,     &lf_sample_type,
  &lf_log_line_type, &lf_summary_type, &lf_attachment_type,
};

static const char *const texts[] = {
  "",
  "a",
  "http://127.0.0.1/?q=1&r=%20",
  "Grüße, 世界 🙂",
  "\"\\/\b\f\n\r\t",
  "\x01\x1f\x7f",
  "null",
  "${name}",
  "\xe2\x80\xa8",
  "  spaces  ",
};

static char *
draw_text (void)
{
  return g_strdup (texts[g_test_rand_int_range (0, G_N_ELEMENTS (texts))]);
}

static double
draw_number (const LfField *field)
{
  double low = field->minimum, high = field->maximum;

  if (low == high)
    high = low + 1e9;
  switch (g_test_rand_int_range (0, 4))
    {
    case 0:
      return low;
    case 1:
      return high;
    default:
      return g_test_rand_double_range (low, high);
    }
}

static JsonNode *
draw_json (void)
{
  static const char *const documents[] = {
    "null",
    "true",
    "0.1",
    "-1e300",
    "9007199254740993",
    "\"x\"",
    "[]",
    "{}",
    "{\"a\":[1,{\"b\":null}],\"\":\"\"}",
  };

  return json_from_string (documents[g_test_rand_int_range (0, G_N_ELEMENTS (documents))], NULL);
}

static char **
draw_strings (void)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (int n = g_test_rand_int_range (0, 4); n > 0; n--)
    {
      g_autofree char *text = draw_text ();

      g_strv_builder_add (builder, text);
    }
  return g_strv_builder_end (builder);
}

static guint
count_words (const char *const *words)
{
  return g_strv_length ((char **) words);
}

static gpointer draw_record (const LfRecordType *type, guint depth);

static void
fill_list (GPtrArray *list, const LfField *field, guint depth)
{
  guint n = depth < MAX_DEPTH ? (guint) g_test_rand_int_range (0, 4) : 0;

  for (guint i = 0; i < n; i++)
    {
      gpointer item = draw_record (field->type, depth + 1);

      if (field->kind == LF_FIELD_MAP) /* the first field is the key */
        {
          char **key = G_STRUCT_MEMBER_P (item, field->type->fields[0].offset);

          g_free (*key);
          *key = g_strdup_printf ("key %u", i);
        }
      g_ptr_array_add (list, item);
    }
}

static void
fill_field (gpointer record, const LfField *field, guint depth)
{
  gpointer place = G_STRUCT_MEMBER_P (record, field->offset);

  switch (field->kind)
    {
    case LF_FIELD_STRING:
      g_free (*(char **) place);
      *(char **) place = draw_text ();
      break;
    case LF_FIELD_BOOLEAN:
      *(gboolean *) place = g_test_rand_bit ();
      break;
    case LF_FIELD_INTEGER:
      *(gint64 *) place = (gint64) draw_number (field);
      break;
    case LF_FIELD_NUMBER:
      *(double *) place = draw_number (field);
      break;
    case LF_FIELD_ENUM:
      *(int *) place = g_test_rand_int_range (0, (gint32) count_words (field->words));
      break;
    case LF_FIELD_TIME:
      *(gint64 *) place = (gint64) g_test_rand_double_range (1, 4e12);
      break;
    case LF_FIELD_STRINGS:
      g_strfreev (*(char ***) place);
      *(char ***) place = draw_strings ();
      break;
    case LF_FIELD_OBJECT:
      if (depth < MAX_DEPTH)
        *(gpointer *) place = draw_record (field->type, depth + 1);
      break;
    case LF_FIELD_LIST:
    case LF_FIELD_MAP:
      fill_list (*(GPtrArray **) place, field, depth);
      break;
    case LF_FIELD_COUNTS:
      lf_counts_add (*(LfCounts **) place, "200", g_test_rand_int_range (1, G_MAXINT32));
      lf_counts_add (*(LfCounts **) place, "404", g_test_rand_int_range (1, G_MAXINT32));
      break;
    case LF_FIELD_JSON:
      g_clear_pointer ((JsonNode **) place, json_node_unref);
      *(JsonNode **) place = draw_json ();
      break;
    }
}

static gpointer
draw_record (const LfRecordType *type, guint depth)
{
  gpointer record = lf_record_new (type);

  for (const LfField *field = type->fields; field->name; field++)
    if (g_test_rand_bit ())
      fill_field (record, field, depth);
    else if (g_test_rand_int_range (0, 4) == 0)
      lf_record_set_present (record, field->offset, TRUE);
  return record;
}

/* As a reader has it: a field that was marked but has nothing to write is not there. */
static gpointer
settle (const LfRecordType *type, gpointer drawn)
{
  g_autofree char *text = lf_record_to_text (drawn, FALSE);
  g_autoptr (GError) error = NULL;
  gpointer settled = lf_record_from_text (type, text, -1, &error);

  g_assert_no_error (error);
  lf_record_free (drawn);
  return settled;
}

static void
check_round_trip (const LfRecordType *type, gconstpointer record, gboolean pretty)
{
  g_autofree char *text = lf_record_to_text (record, pretty);
  g_autofree char *again = NULL;
  g_autoptr (GError) error = NULL;
  gpointer read = lf_record_from_text (type, text, -1, &error);

  g_assert_no_error (error);
  g_assert_true (lf_record_equal (record, read));
  again = lf_record_to_text (read, pretty);
  g_assert_cmpstr (text, ==, again);
  lf_record_free (read);
}

static void
test_round_trip (gconstpointer data)
{
  const LfRecordType *type = data;

  for (guint i = 0; i < N_RECORDS; i++)
    {
      gpointer record = settle (type, draw_record (type, 0));
      gpointer copy = lf_record_copy (record);

      check_round_trip (type, record, FALSE);
      check_round_trip (type, record, TRUE);
      g_assert_true (lf_record_equal (record, copy));
      lf_record_free (record);
      lf_record_free (copy);
    }
}

/* What a newer version wrote comes back as it was, wherever it stood. */
static void
test_unknown_keys (gconstpointer data)
{
  const LfRecordType *type = data;

  for (guint i = 0; i < N_RECORDS; i++)
    {
      gpointer record = settle (type, draw_record (type, 0));
      g_autoptr (JsonNode) node = lf_record_to_json (record);
      g_autoptr (JsonNode) back = NULL;
      g_autoptr (GError) error = NULL;
      gpointer read;

      json_object_set_member (json_node_get_object (node), "of a newer version", draw_json ());
      read = lf_record_from_json (type, node, "", &error);
      g_assert_no_error (error);
      g_assert_false (lf_record_equal (record, read));
      back = lf_record_to_json (read);
      g_assert_true (json_node_equal (node, back));
      lf_record_free (record);
      lf_record_free (read);
    }
}

/* Two records with one difference are not equal: each field is looked at. */
static void
test_differences (gconstpointer data)
{
  const LfRecordType *type = data;

  for (const LfField *field = type->fields; field->name; field++)
    {
      gpointer one = lf_record_new (type);
      gpointer other = lf_record_new (type);
      g_autofree char *text = NULL;
      g_autofree char *before = lf_record_to_text (one, FALSE);

      g_assert_true (lf_record_equal (one, other));
      do
        {
          fill_field (other, field, MAX_DEPTH - 1);
          g_clear_pointer (&text, g_free);
          text = lf_record_to_text (other, FALSE);
        }
      while (strcmp (text, before) == 0);
      if (lf_record_equal (one, other))
        g_error ("%s.%s is not compared", type->name, field->name);
      lf_record_free (one);
      lf_record_free (other);
    }
}

/* Cut short, or with a byte changed: a record or an error with words, never a crash. */
static void
test_damaged (gconstpointer data)
{
  const LfRecordType *type = data;

  for (guint i = 0; i < N_RECORDS; i++)
    {
      gpointer record = draw_record (type, 0);
      g_autofree char *text = lf_record_to_text (record, g_test_rand_bit ());
      gsize length = strlen (text);
      g_autoptr (GError) error = NULL;
      gpointer read;

      if (g_test_rand_bit ())
        length = (gsize) g_test_rand_int_range (0, (gint32) length);
      else
        text[g_test_rand_int_range (0, (gint32) length)] = (char) g_test_rand_int_range (-128, 128);
      read = lf_record_from_text (type, text, (gssize) length, &error);
      g_assert_true ((read == NULL) == (error != NULL));
      if (error)
        g_assert_cmpuint (strlen (error->message), >, 8);
      lf_record_free (read);
      lf_record_free (record);
    }
}

static void
add (const char *name, GTestDataFunc func)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *path = g_strdup_printf ("/record/%s/%s", name, types[i]->name);

      g_test_add_data_func (path, types[i], func);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("round-trip", test_round_trip);
  add ("unknown-keys", test_unknown_keys);
  add ("differences", test_differences);
  add ("damaged", test_damaged);
  return g_test_run ();
}
