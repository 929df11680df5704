#include "lf-test-load.h"

/* No run of these tests is planned for so long. */
#define LIMIT (100 * G_USEC_PER_SEC)

char *
lf_test_spec (const char *url, const char *profile)
{
  return g_strdup_printf (
      "{\"schema\": \"loadforge/spec/1\", \"name\": \"test\","
      " \"gracefulStop\": 10, \"loadProfile\": %s,"
      " \"steps\": [{\"name\": \"one\", \"method\": \"GET\", \"url\": \"%s\"}]}",
      profile, url);
}

void
lf_test_choose_transport (LfSpec *spec)
{
  const char *wanted = g_getenv ("LF_TEST_TRANSPORT");

  if (wanted == NULL)
    return;
  if (spec->http == NULL)
    spec->http = lf_http_options_new ();
  if (g_str_equal (wanted, "curl"))
    spec->http->transport = LF_HTTP_TRANSPORT_CURL;
  else
    spec->http->version = LF_HTTP_VERSION_1_1;
}

LfPlan *
lf_test_plan (const char *text, guint workers)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LfSpec) spec = lf_spec_from_text (text, -1, &error);
  g_autoptr (GHashTable) attachments = g_hash_table_new (g_str_hash, g_str_equal);
  LfPlanOptions options = { .workers = workers };
  LfPlan *plan;

  g_assert_no_error (error);
  lf_test_choose_transport (spec);
  plan = lf_plan_new (spec, attachments, &options, &error);
  g_assert_no_error (error);
  return plan;
}

static void
sample_cb (LfLoad *load, GPtrArray *samples, LfTestLoad *self)
{
  g_assert_cmpuint (self->finished, ==, 0);
  for (guint i = 0; i < samples->len; i++)
    {
      LfSample *sample = lf_sample_copy (samples->pdata[i]);

      g_ptr_array_add (sample->step < 0 ? self->totals : self->steps, sample);
    }
}

static void
log_cb (LfLoad *load, GPtrArray *lines, LfTestLoad *self)
{
  g_assert_cmpuint (self->finished, ==, 0);
  for (guint i = 0; i < lines->len; i++)
    g_ptr_array_add (self->lines, lf_log_line_copy (lines->pdata[i]));
}

static void
finished_cb (LfLoad *load, LfTestLoad *self)
{
  self->finished++;
}

LfTestLoad *
lf_test_load_start (LfPlan *plan)
{
  LfTestLoad *self = g_new0 (LfTestLoad, 1);
  g_autoptr (GError) error = NULL;

  self->totals = g_ptr_array_new_with_free_func (lf_record_free);
  self->steps = g_ptr_array_new_with_free_func (lf_record_free);
  self->lines = g_ptr_array_new_with_free_func (lf_record_free);
  self->load = lf_load_new (plan);
  g_signal_connect (self->load, "sample", G_CALLBACK (sample_cb), self);
  g_signal_connect (self->load, "log", G_CALLBACK (log_cb), self);
  g_signal_connect (self->load, "finished", G_CALLBACK (finished_cb), self);
  g_assert_true (lf_load_start (self->load, &error));
  g_assert_no_error (error);
  return self;
}

LfTestLoad *
lf_test_load_start_spec (const char *url, const char *profile, guint workers)
{
  g_autofree char *spec = lf_test_spec (url, profile);
  g_autoptr (LfPlan) plan = lf_test_plan (spec, workers);

  return lf_test_load_start (plan);
}

void
lf_test_load_free (LfTestLoad *self)
{
  lf_load_abort (self->load);
  lf_test_load_wait (self);
  g_signal_handlers_disconnect_by_data (self->load, self);
  g_object_unref (self->load);
  g_ptr_array_unref (self->totals);
  g_ptr_array_unref (self->steps);
  g_ptr_array_unref (self->lines);
  g_free (self);
}

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* One turn of the main loop, 20 ms long at most. */
static void
iterate (gint64 since)
{
  guint timer = g_timeout_add (20, wake_cb, NULL);

  g_main_context_iteration (NULL, TRUE);
  g_source_remove (timer);
  g_assert_cmpint (g_get_monotonic_time () - since, <, LIMIT);
}

void
lf_test_load_wait (LfTestLoad *self)
{
  gint64 since = g_get_monotonic_time ();

  while (self->finished == 0)
    iterate (since);
}

void
lf_test_load_pass (LfTestLoad *self, double seconds)
{
  gint64 since = g_get_monotonic_time ();

  while (lf_load_get_elapsed (self->load) < seconds)
    iterate (since);
}

gint64
lf_test_load_completed (LfTestLoad *self)
{
  gint64 completed = 0;

  for (guint i = 0; i < self->totals->len; i++)
    completed += ((LfSample *) self->totals->pdata[i])->completed;
  return completed;
}

void
lf_test_load_await (LfTestLoad *self, gint64 completed)
{
  gint64 since = g_get_monotonic_time ();

  while (lf_test_load_completed (self) < completed)
    iterate (since);
}

static gboolean
is_silent (const LfSample *sample)
{
  return sample->started == 0 && sample->completed == 0 && sample->in_flight == 0;
}

void
lf_test_load_await_silence (LfTestLoad *self)
{
  gint64 since = g_get_monotonic_time ();
  guint seen = self->totals->len;

  while (self->totals->len == seen || !is_silent (self->totals->pdata[self->totals->len - 1]))
    iterate (since);
}

const LfLogLine *
lf_test_load_find_line (LfTestLoad *self, const char *text)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      const LfLogLine *line = self->lines->pdata[i];

      if (strstr (line->message, text) != NULL)
        return line;
    }
  return NULL;
}
