#include "lf-compare.h"
#include "lf-json.h"

#include <math.h>
#include <string.h>

/* One run that another is held against. */
static LfRun *
make_run (void)
{
  LfRun *run = lf_run_new ();
  LfSummary *summary = lf_summary_new ();
  LfLatency *latency = lf_latency_new ();

  run->id = g_strdup ("0123456789abcdef01234567");
  run->spec_id = g_strdup ("spec");
  run->spec_revision = 3;
  run->host = g_strdup ("here");
  run->status = LF_RUN_FINISHED;
  run->summary = summary;
  summary->duration = 10;
  summary->vus_max = 5;
  summary->requests = lf_summary_requests_new ();
  *summary->requests = (LfSummaryRequests){
    .record = summary->requests->record, .total = 1000, .failed = 10, .rate = 100, .throughput = 99
  };
  summary->data = lf_summary_data_new ();
  summary->data->received = 50000;
  summary->latency = lf_latencies_new ();
  summary->latency->duration = latency;
  latency->count = 1000;
  latency->mean = 11;
  latency->p50 = 10;
  latency->p90 = 18;
  latency->p95 = 20;
  latency->p99 = 40;
  latency->max = 100;
  return run;
}

static const LfCompareRow *
find_row (const GArray *rows, const char *metric, const char *stat)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const LfCompareRow *row = &g_array_index (rows, LfCompareRow, i);

      if (g_str_equal (row->metric, metric) && g_strcmp0 (row->stat, stat) == 0)
        return row;
    }
  return NULL;
}

static LfCompareJudgement
judge (const LfRun *before, const LfRun *after, const char *metric, const char *stat)
{
  g_autoptr (GArray) rows =
      lf_compare_summaries (before->summary, after->summary, LF_COMPARE_TOLERANCE);
  const LfCompareRow *row = find_row (rows, metric, stat);

  g_assert_nonnull (row);
  return row->judgement;
}

static void
test_equal (void)
{
  g_autoptr (LfRun) before = make_run ();
  g_autoptr (LfRun) after = make_run ();
  g_autoptr (GArray) rows = lf_compare_summaries (before->summary, after->summary, 0);
  g_auto (GStrv) caveats = lf_compare_caveats (before, after);

  for (guint i = 0; i < rows->len; i++)
    {
      const LfCompareRow *row = &g_array_index (rows, LfCompareRow, i);

      g_assert_cmpint (row->judgement, ==, LF_COMPARE_SAME);
      g_assert_true (lf_compare_row_get_change (row) == 0);
    }
  g_assert_false (lf_compare_is_worse (rows));
  g_assert_cmpuint (g_strv_length (caveats), ==, 0);
  g_assert_null (find_row (rows, "dropped_iterations", NULL)); /* neither dropped any */
  g_assert_null (find_row (rows, "http_req_response_time", "p(95)"));
}

/* More requests are better, more milliseconds worse; and the other way round. */
static void
test_directions (void)
{
  g_autoptr (LfRun) before = make_run ();
  g_autoptr (LfRun) after = make_run ();

  after->summary->requests->rate = 80;
  after->summary->latency->duration->p95 = 30;
  after->summary->latency->duration->p50 = 5;
  after->summary->latency->duration->max = 200;
  after->summary->requests->failed = 30;
  after->summary->dropped_iterations = 1;
  after->summary->vus_max = 50;
  g_assert_cmpint (judge (before, after, "http_reqs", NULL), ==, LF_COMPARE_WORSE);
  g_assert_cmpint (judge (after, before, "http_reqs", NULL), ==, LF_COMPARE_BETTER);
  g_assert_cmpint (judge (before, after, "http_reqs", "successful"), ==, LF_COMPARE_SAME);
  g_assert_cmpint (judge (before, after, "http_req_duration", "p(95)"), ==, LF_COMPARE_WORSE);
  g_assert_cmpint (judge (before, after, "http_req_duration", "med"), ==, LF_COMPARE_BETTER);
  g_assert_cmpint (judge (before, after, "http_req_duration", "max"), ==, LF_COMPARE_CHANGED);
  g_assert_cmpint (judge (before, after, "http_req_failed", NULL), ==, LF_COMPARE_WORSE);
  g_assert_cmpint (judge (before, after, "dropped_iterations", NULL), ==, LF_COMPARE_WORSE);
  g_assert_cmpint (judge (after, before, "dropped_iterations", NULL), ==, LF_COMPARE_BETTER);
  g_assert_cmpint (judge (before, after, "vus_max", NULL), ==, LF_COMPARE_CHANGED);
}

/* What is within the tolerance, or too small to be felt, is the same. */
static void
test_tolerance (void)
{
  g_autoptr (LfRun) before = make_run ();
  g_autoptr (LfRun) after = make_run ();
  g_autoptr (GArray) strict = NULL;

  after->summary->requests->rate = 95;
  g_assert_cmpint (judge (before, after, "http_reqs", NULL), ==, LF_COMPARE_SAME);
  after->summary->requests->rate = 94.9;
  g_assert_cmpint (judge (before, after, "http_reqs", NULL), ==, LF_COMPARE_WORSE);
  before->summary->latency->duration->p50 = 0.1;
  after->summary->latency->duration->p50 = 0.19; /* by 90 %, of nothing */
  g_assert_cmpint (judge (before, after, "http_req_duration", "med"), ==, LF_COMPARE_SAME);
  after->summary->latency->duration->p50 = 0.3;
  g_assert_cmpint (judge (before, after, "http_req_duration", "med"), ==, LF_COMPARE_WORSE);
  before->summary->requests->failed = 0;
  after->summary->requests->failed = 1; /* one of a thousand */
  g_assert_cmpint (judge (before, after, "http_req_failed", NULL), ==, LF_COMPARE_SAME);
  after->summary->requests->failed = 2;
  g_assert_cmpint (judge (before, after, "http_req_failed", NULL), ==, LF_COMPARE_WORSE);
  after->summary->requests->rate = 99;
  strict = lf_compare_summaries (before->summary, after->summary, 0);
  g_assert_cmpint (find_row (strict, "http_reqs", NULL)->judgement, ==, LF_COMPARE_WORSE);
}

/* A run in which nothing was answered, or whose end was lost, has less to compare. */
static void
test_missing (void)
{
  g_autoptr (LfRun) before = make_run ();
  g_autoptr (LfRun) after = make_run ();
  g_autoptr (LfRun) empty = lf_run_new ();
  g_autoptr (GArray) rows = NULL;
  g_autoptr (GArray) fewer = NULL;
  const LfCompareRow *rate;

  after->summary->latency->duration->count = 0;
  before->summary->requests->rate = 0;
  rows = lf_compare_summaries (before->summary, after->summary, LF_COMPARE_TOLERANCE);
  g_assert_null (find_row (rows, "http_req_duration", "p(95)"));
  rate = find_row (rows, "http_reqs", NULL);
  g_assert_true (isnan (lf_compare_row_get_change (rate)));
  g_assert_cmpint (rate->judgement, ==, LF_COMPARE_BETTER);
  empty->summary = lf_summary_new ();
  fewer = lf_compare_summaries (before->summary, empty->summary, LF_COMPARE_TOLERANCE);
  g_assert_null (find_row (fewer, "http_req_duration", "p(95)"));
}

static void
test_caveats (void)
{
  g_autoptr (LfRun) before = make_run ();
  g_autoptr (LfRun) after = make_run ();
  g_auto (GStrv) of_revision = NULL;
  g_auto (GStrv) all = NULL;

  after->spec_revision = 4;
  of_revision = lf_compare_caveats (before, after);
  g_assert_cmpuint (g_strv_length (of_revision), ==, 1);
  g_assert_nonnull (strstr (of_revision[0], "changed between"));
  lf_set_string (&after->spec_id, "other");
  lf_set_string (&after->host, "there");
  after->status = LF_RUN_STOPPED;
  after->summary->generator = lf_summary_generator_new ();
  after->summary->generator->saturated = TRUE;
  all = lf_compare_caveats (before, after);
  g_assert_cmpuint (g_strv_length (all), ==, 4);
  g_assert_nonnull (strstr (all[0], "different specs"));
  g_assert_nonnull (strstr (all[1], "different machines"));
  g_assert_nonnull (strstr (all[2], "second run was stopped"));
  g_assert_nonnull (strstr (all[3], "second run"));
}

static void
test_text (void)
{
  g_autoptr (LfRun) before = make_run ();
  g_autoptr (LfRun) after = make_run ();
  g_autoptr (GArray) rows = NULL;
  g_autofree char *text = NULL;

  after->summary->latency->duration->p95 = 25;
  after->summary->requests->failed = 30;
  after->status = LF_RUN_STOPPED;
  rows = lf_compare_summaries (before->summary, after->summary, LF_COMPARE_TOLERANCE);
  text = lf_compare_text (before, after, rows);
  g_assert_true (g_regex_match_simple (
      "^  http_req_duration p\\(95\\) +20\\.00ms +25\\.00ms +\\+25\\.0%   worse$", text,
      G_REGEX_MULTILINE, 0));
  g_assert_true (g_regex_match_simple (
      "^  http_req_failed +1\\.00% +3\\.00% +\\+2\\.00 pp   worse$", text, G_REGEX_MULTILINE, 0));
  g_assert_true (g_regex_match_simple ("^  http_reqs +100\\.00/s +100\\.00/s +\\+0\\.0%$", text,
                                       G_REGEX_MULTILINE, 0));
  g_assert_true (g_str_has_suffix (text, "\n\n  The second run was stopped before its end.\n"));
}

static void
test_json (void)
{
  g_autoptr (LfRun) before = make_run ();
  g_autoptr (LfRun) after = make_run ();
  g_autoptr (GArray) rows = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object, *row;

  before->summary->requests->failed = 0;
  rows = lf_compare_summaries (before->summary, after->summary, LF_COMPARE_TOLERANCE);
  node = lf_compare_json (before, after, rows);
  object = json_node_get_object (node);
  g_assert_cmpstr (json_object_get_string_member (object, "before"), ==, before->id);
  g_assert_true (json_object_get_boolean_member (object, "worse"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "rows")), ==,
                    rows->len);
  row = json_array_get_object_element (json_object_get_array_member (object, "rows"), 2);
  g_assert_cmpstr (json_object_get_string_member (row, "metric"), ==, "http_req_failed");
  g_assert_cmpstr (json_object_get_string_member (row, "unit"), ==, "share");
  g_assert_true (json_object_get_null_member (row, "stat"));
  g_assert_true (json_object_get_null_member (row, "change")); /* of nothing */
  g_assert_cmpstr (json_object_get_string_member (row, "judgement"), ==, "worse");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/compare/equal", test_equal);
  g_test_add_func ("/compare/directions", test_directions);
  g_test_add_func ("/compare/tolerance", test_tolerance);
  g_test_add_func ("/compare/missing", test_missing);
  g_test_add_func ("/compare/caveats", test_caveats);
  g_test_add_func ("/compare/text", test_text);
  g_test_add_func ("/compare/json", test_json);
  return g_test_run ();
}
