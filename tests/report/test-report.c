#include "lf-json.h"
#include "lf-report.h"

#include <string.h>

static LfRun *
make_run (void)
{
  LfRun *run = lf_run_new ();
  const char *const names[] = { "log in", "say \"hi\", you", "=1+2" };

  run->id = g_strdup ("0123456789abcdef01234567");
  run->spec_name = g_strdup ("Grüße 🙂");
  run->started_at = G_GINT64_CONSTANT (1795435200000); /* 2026-11-23T12:00:00Z */
  run->summary = lf_summary_new ();
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      LfSummaryStep *step = lf_summary_step_new ();

      step->name = g_strdup (names[i]);
      g_ptr_array_add (run->summary->steps, step);
    }
  return run;
}

static void
add_sample (GPtrArray *samples, double t, gint64 step, gint64 completed, double p50)
{
  LfSample *sample = lf_sample_new ();

  sample->t = t;
  sample->step = step;
  sample->users = 20;
  sample->started = completed + 1;
  sample->completed = completed;
  sample->failed = 1;
  sample->bytes_sent = G_GINT64_CONSTANT (5000000000);
  sample->bytes_received = 7;
  sample->duration = lf_sample_latency_new ();
  sample->duration->p50 = p50;
  sample->duration->max = 12345.678;
  g_ptr_array_add (samples, sample);
}

static GPtrArray *
make_samples (void)
{
  GPtrArray *samples = g_ptr_array_new_with_free_func (lf_record_free);

  add_sample (samples, 1, -1, 100, 0.001);
  add_sample (samples, 1, 0, 60, 1.5);
  add_sample (samples, 1, 1, 30, 2);
  add_sample (samples, 1, 2, 10, 0);
  add_sample (samples, 2, -1, 200, 1234567.891);
  add_sample (samples, 2.5, -1, 50, 3); /* a last second that is half a second */
  return samples;
}

typedef gboolean (*Write) (GOutputStream *, const LfRun *, LfSamples *, GCancellable *, GError **);

static LfSamples *
pack (GPtrArray *samples)
{
  LfSamples *packed = lf_samples_new ();

  for (guint i = 0; i < samples->len; i++)
    lf_samples_add (packed, samples->pdata[i]);
  return packed;
}

static char *
write_text (Write write, const LfRun *run, GPtrArray *samples)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (LfSamples) packed = pack (samples);
  g_autoptr (GError) error = NULL;

  g_assert_true (write (stream, run, packed, NULL, &error));
  g_assert_no_error (error);
  g_output_stream_write (stream, "", 1, NULL, NULL);
  g_output_stream_close (stream, NULL, NULL);
  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (stream));
}

static void
test_csv (void)
{
  g_autoptr (LfRun) run = make_run ();
  g_autoptr (GPtrArray) samples = make_samples ();
  g_autofree char *text = NULL;

  text = write_text (lf_report_write_csv, run, samples);
  g_assert_cmpstr (
      text, ==,
      LF_REPORT_CSV_HEADER
      "\r\n"
      "2026-11-23T12:00:01.000Z,1,,20,101,100,1,0,100,0.001,0,0,12345.678,0,5000000000,7\r\n"
      "2026-11-23T12:00:01.000Z,1,log in,20,61,60,1,0,60,1.5,0,0,12345.678,0,5000000000,7\r\n"
      "2026-11-23T12:00:01.000Z,1,\"say \"\"hi\"\", "
      "you\",20,31,30,1,0,30,2,0,0,12345.678,0,5000000000,7\r\n"
      "2026-11-23T12:00:01.000Z,1,\"'=1+2\",20,11,10,1,0,10,0,0,0,12345.678,0,5000000000,7\r\n"
      "2026-11-23T12:00:02.000Z,2,,20,201,200,1,0,200,1234567.891,0,0,12345.678,0,5000000000,7\r\n"
      "2026-11-23T12:00:02.500Z,2.5,,20,51,50,1,0,100,3,0,0,12345.678,0,5000000000,7\r\n");
}

/* A run that was lost before it had a summary, and one without a second: still a table. */
static void
test_csv_of_little (void)
{
  g_autoptr (LfRun) run = lf_run_new ();
  g_autoptr (GPtrArray) samples = g_ptr_array_new_with_free_func (lf_record_free);
  g_autofree char *empty = write_text (lf_report_write_csv, run, samples);
  g_autofree char *one = NULL;

  g_assert_cmpstr (empty, ==, LF_REPORT_CSV_HEADER "\r\n");
  add_sample (samples, 1, 0, 1, 1);
  g_clear_pointer ((LfSampleLatency **) &((LfSample *) samples->pdata[0])->duration,
                   lf_sample_latency_free);
  one = write_text (lf_report_write_csv, run, samples);
  g_assert_nonnull (strstr (one, ",1,,20,2,1,1,0,1,0,0,0,0,0,5000000000,7\r\n"));
}

static void
test_cells (void)
{
  static const char *const cells[][2] = {
    { "plain", "plain" },
    { "", "" },
    { "a,b", "\"a,b\"" },
    { "a\"b", "\"a\"\"b\"" },
    { "a\nb", "\"a\nb\"" },
    { "a\rb", "\"a\rb\"" },
    { "=x", "\"'=x\"" },
    { "+x", "\"'+x\"" },
    { "-x", "\"'-x\"" },
    { "@x", "\"'@x\"" },
    { "\tx", "\"'\tx\"" },
    { "x=1", "x=1" },
    { "Grüße 🙂", "Grüße 🙂" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      g_autoptr (GString) line = g_string_new (NULL);

      lf_report_append_cell (line, cells[i][0]);
      g_assert_cmpstr (line->str, ==, cells[i][1]);
    }
}

/* What was written reads back as the same records. */
static void
test_json (void)
{
  g_autoptr (LfRun) run = make_run ();
  g_autoptr (GPtrArray) samples = make_samples ();
  g_autofree char *text = write_text (lf_report_write_json, run, samples);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = lf_json_from_text (text, -1, &error);
  g_autoptr (LfRun) read = NULL;
  JsonArray *list;

  g_assert_no_error (error);
  read = lf_record_from_json (
      &lf_run_type, json_object_get_member (json_node_get_object (node), "run"), "", &error);
  g_assert_no_error (error);
  g_assert_true (lf_record_equal (run, read));
  list = json_object_get_array_member (json_node_get_object (node), "samples");
  g_assert_cmpuint (json_array_get_length (list), ==, samples->len);
  for (guint i = 0; i < samples->len; i++)
    {
      g_autoptr (LfSample) sample =
          lf_record_from_json (&lf_sample_type, json_array_get_element (list, i), "", &error);

      g_assert_no_error (error);
      g_assert_true (lf_record_equal (sample, samples->pdata[i]));
    }
}

static void
test_json_without_samples (void)
{
  g_autoptr (LfRun) run = lf_run_new ();
  g_autoptr (GPtrArray) samples = g_ptr_array_new ();
  g_autofree char *text = write_text (lf_report_write_json, run, samples);
  g_autoptr (JsonNode) node = lf_json_from_text (text, -1, NULL);

  g_assert_nonnull (node);
  g_assert_cmpuint (
      json_array_get_length (json_object_get_array_member (json_node_get_object (node), "samples")),
      ==, 0);
}

/* A disk that is full, or a pipe that nobody reads: told, not passed over. */
static void
test_failing_stream (void)
{
  g_autoptr (LfRun) run = make_run ();
  g_autoptr (LfSamples) samples = lf_samples_new_of (make_samples ());
  const Write writes[] = { lf_report_write_csv, lf_report_write_json };

  for (guint i = 0; i < G_N_ELEMENTS (writes); i++)
    {
      char room[16];
      g_autoptr (GOutputStream) stream = g_memory_output_stream_new (room, sizeof room, NULL, NULL);
      g_autoptr (GError) full = NULL;

      g_assert_false (writes[i](stream, run, samples, NULL, &full));
      g_assert_error (full, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
    }
}

static LfSummary *
make_summary (void)
{
  g_autoptr (GError) error = NULL;
  LfSummary *summary = lf_record_from_text (
      &lf_summary_type,
      "{\"verdict\":\"passed\",\"duration\":10,\"iterations\":1000,\"vusMax\":20,"
      "\"requests\":{\"total\":1000,\"failed\":10,\"rate\":100,\"throughput\":99},"
      "\"data\":{\"sent\":133000,\"received\":500000},"
      "\"statusCodes\":{\"200\":990},"
      "\"steps\":[{\"name\":\"a\",\"transport\":\"lean\"},{\"name\":\"b\"}],"
      "\"errors\":[{\"code\":1212,\"message\":\"Connection refused\",\"count\":10}],"
      "\"latency\":{\"duration\":{\"count\":1000,\"min\":0.5,\"mean\":1.25,\"p50\":1,\"p90\":2,"
      "\"p95\":3,\"p99\":20000,\"p99_9\":20500,\"max\":21000}}}",
      -1, &error);

  g_assert_no_error (error);
  return summary;
}

/* The lines that a person looks for; what is not known is left out. */
static void
test_text (void)
{
  g_autoptr (LfSummary) summary = make_summary ();
  g_autofree char *text = lf_report_summary_text (summary);

  g_assert_nonnull (strstr (text, "  verdict                      passed   after 10.0 s\n"));
  g_assert_nonnull (strstr (text, "  http_reqs                      1000   100.00/s\n"));
  g_assert_nonnull (strstr (text, "  http_req_failed               1.00%   10 of 1000\n"));
  g_assert_nonnull (strstr (text, "  status codes                    990   200\n"));
  g_assert_nonnull (
      strstr (text, "  errors                           10   Connection refused (1212)\n"));
  /* And what to do about it. */
  g_assert_nonnull (
      strstr (text, "Check that the target runs and listens on the port of the URL."));
  g_assert_nonnull (strstr (text, "  transport                lean\n"));
  g_assert_nonnull (strstr (text, "  http_req_duration             500µs     1.25ms     1.00ms"
                                  "     2.00ms     3.00ms     20.00s     20.50s     21.00s\n"));
  g_assert_null (strstr (text, "generator"));
  g_assert_null (strstr (text, "dropped_iterations"));
}

/* What a capacity-search found, and how. */
/* What came in the warm-up is not counted, nor are its seconds. */
static void
test_text_of_warmup (void)
{
  g_autoptr (LfSummary) summary = make_summary ();
  g_autofree char *text = NULL;

  summary->duration = 20;
  text = lf_report_summary_text (summary);
  g_assert_nonnull (strstr (text, "50.0\xc2\xa0kB/s\n"));
  g_assert_nonnull (strstr (text, "after 20.0 s\n"));
}

static void
test_text_of_search (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LfSummary) summary =
      lf_record_from_text (&lf_summary_type,
                           "{\"capacity\":{\"rate\":312.5,\"p95\":40,\"confirmed\":true,\"tries\":["
                           "{\"rate\":312.5,\"p95\":40.25,\"held\":true},"
                           "{\"rate\":400,\"p95\":90,\"failRate\":0.25},"
                           "{\"rate\":312.5,\"p95\":40,\"held\":true,\"confirmation\":true}]}}",
                           -1, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = lf_report_summary_text (summary);
  g_assert_nonnull (
      strstr (text, "  capacity                      312.5/s held, and held again\n"));
  g_assert_nonnull (strstr (
      text, "  tries                         312.5/s held, p95 40.25 ms, 0.00 % failed or dropped\n"
            "                                  400/s failed, p95 90.00 ms, 25.00 % failed or "
            "dropped\n"));
  g_assert_nonnull (strstr (text, "0.00 % failed or dropped, once more\n"));
  g_clear_pointer (&summary->capacity, lf_capacity_free);
  g_free (text);
  text = lf_report_summary_text (summary);
  g_assert_null (strstr (text, "capacity"));
}

static void
test_text_of_nothing (void)
{
  g_autoptr (LfSummary) summary = lf_summary_new ();
  g_autofree char *text = lf_report_summary_text (summary);

  g_assert_nonnull (strstr (text, "verdict"));
  g_assert_null (strstr (text, "nan"));
  g_assert_null (strstr (text, "null"));
}

/* Histograms are written where a sample has them. */
static void
test_json_histograms (void)
{
  g_autoptr (LfRun) run = make_run ();
  g_autoptr (GPtrArray) samples = make_samples ();
  g_autofree char *text = NULL;

  for (guint i = 0; i < samples->len; i += 2)
    {
      LfSample *sample = samples->pdata[i];

      sample->histograms = lf_sample_histograms_new ();
      sample->histograms->duration = g_strdup_printf ("HISTFAAA%u", i);
    }
  text = write_text (lf_report_write_json, run, samples);
  for (guint i = 0; i < samples->len; i++)
    {
      g_autofree char *histogram = g_strdup_printf ("\"HISTFAAA%u\"", i);

      g_assert_true ((strstr (text, histogram) != NULL) == (i % 2 == 0));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/csv", test_csv);
  g_test_add_func ("/report/csv/of-little", test_csv_of_little);
  g_test_add_func ("/report/csv/cells", test_cells);
  g_test_add_func ("/report/json/histograms", test_json_histograms);
  g_test_add_func ("/report/json", test_json);
  g_test_add_func ("/report/json/without-samples", test_json_without_samples);
  g_test_add_func ("/report/failing-stream", test_failing_stream);
  g_test_add_func ("/report/text", test_text);
  g_test_add_func ("/report/text/of-warmup", test_text_of_warmup);
  g_test_add_func ("/report/text/of-search", test_text_of_search);
  g_test_add_func ("/report/text/of-nothing", test_text_of_nothing);
  return g_test_run ();
}
