#include "lf-test-run.h"

static const char once[] = "{\"executor\": \"constant-arrival-rate\", \"rate\": 1, \"duration\": 1,"
                           " \"preAllocatedVUs\": 1, \"maxVUs\": 1}";

LfSpec *
lf_test_spec_once (const char *text)
{
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (json, &error);
  LfSpec *spec;

  g_assert_no_error (error);
  if (!json_object_has_member (json_node_get_object (node), "loadProfile"))
    json_object_set_member (json_node_get_object (node), "loadProfile",
                            json_from_string (once, NULL));
  spec = lf_spec_from_json (node, &error);
  g_assert_no_error (error);
  return spec;
}

LfTestRun *
lf_test_run_spec (const LfSpec *spec, GHashTable *attachments)
{
  LfTestRun *self = g_new0 (LfTestRun, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (LfSpec) chosen = lf_spec_copy (spec);
  g_autoptr (LfPlan) plan = NULL;

  lf_test_choose_transport (chosen);
  plan = lf_plan_new (chosen, attachments, NULL, &error);
  g_assert_no_error (error);
  self->load = lf_test_load_start (plan);
  lf_test_load_wait (self->load);
  self->summary = lf_load_get_summary (self->load->load);
  return self;
}

LfTestRun *
lf_test_run (const char *format, ...)
{
  g_autoptr (LfSpec) spec = NULL;
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  spec = lf_test_spec_once (text);
  return lf_test_run_spec (spec, NULL);
}

void
lf_test_run_free (LfTestRun *self)
{
  if (self == NULL)
    return;
  lf_summary_free (self->summary);
  lf_test_load_free (self->load);
  g_free (self);
}

LfSummaryStep *
lf_test_run_get_step (LfTestRun *self, const char *name)
{
  for (guint i = 0; i < self->summary->steps->len; i++)
    {
      LfSummaryStep *step = self->summary->steps->pdata[i];

      if (g_str_equal (step->name, name))
        return step;
    }
  g_error ("no step “%s”", name);
}

static char *
describe (const LfCounts *counts)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < counts->n; i++)
    {
      const LfCount *count = &counts->entries[i];

      g_string_append_printf (text, " %sx%" G_GINT64_FORMAT, count->key, count->count);
    }
  return g_string_free (text, FALSE);
}

static char *
expect (guint number, gint64 count)
{
  return number == 0 ? g_strdup ("") : g_strdup_printf (" %ux%" G_GINT64_FORMAT, number, count);
}

void
lf_test_run_assert_step (LfTestRun *self, const char *name, guint status, guint code)
{
  LfSummaryStep *step = lf_test_run_get_step (self, name);
  gint64 total = step->requests->total;
  g_autofree char *statuses = describe (step->status_codes);
  g_autofree char *codes = describe (step->error_codes);
  g_autofree char *wanted_status = expect (status, total);
  g_autofree char *wanted_code = expect (code, total);

  g_test_message ("%s: status%s, error%s", name, statuses, codes);
  g_assert_cmpint (total, >, 0);
  g_assert_cmpstr (statuses, ==, wanted_status);
  g_assert_cmpstr (codes, ==, wanted_code);
  g_assert_cmpint (step->requests->failed, ==, code == 0 ? 0 : total);
}
