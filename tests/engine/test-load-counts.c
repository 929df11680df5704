#include "lf-test-load.h"
#include "lf-test-nginx.h"

#include <string.h>

/* A load's own numbers against the access log of the server it hit: requests, connections and bytes
 * both ways, none lost and none invented. */

#define ANSWER "location / { return 200 \"a short answer\\n\"; }"

static gint64
sum_of (LfTestLoad *load, gsize offset)
{
  gint64 sum = 0;

  for (guint i = 0; i < load->totals->len; i++)
    sum += G_STRUCT_MEMBER (gint64, load->totals->pdata[i], offset);
  return sum;
}

#define SUM(load, field) sum_of (load, G_STRUCT_OFFSET (LfSample, field))

static void
assert_phases_add_up (const LfLatencies *latency, gint64 total, gint64 connections)
{
  g_assert_cmpint (latency->duration->count, ==, total);
  g_assert_cmpint (latency->response_time->count, ==, total);
  g_assert_cmpint (latency->sending->count, ==, total);
  g_assert_cmpint (latency->connecting->count, ==, connections);
  g_assert_cmpint (latency->tls_handshaking->count, ==, 0);
  /* Of every request duration = sending + waiting + receiving, so of the means too; each histogram
   * keeps 3 digits, and its smallest unit is 0.001 ms. */
  g_assert_cmpfloat_with_epsilon (latency->duration->mean,
                                  latency->sending->mean + latency->waiting->mean +
                                      latency->receiving->mean,
                                  latency->duration->mean / 500 + 0.002);
}

static void
assert_samples_sum_to (LfTestLoad *load, const LfSummary *summary)
{
  gint64 answered = 0;

  for (guint i = 0; i < load->totals->len; i++)
    answered += (gint64) lf_counts_get (((LfSample *) load->totals->pdata[i])->status_codes, "200");
  g_assert_cmpint (SUM (load, completed), ==, summary->requests->total);
  g_assert_cmpint (SUM (load, started), ==, summary->requests->total);
  g_assert_cmpint (SUM (load, scheduled), ==, summary->requests->total);
  g_assert_cmpint (SUM (load, failed), ==, summary->requests->failed);
  g_assert_cmpint (SUM (load, iterations), ==, summary->iterations);
  g_assert_cmpint (SUM (load, bytes_sent), ==, summary->data->sent);
  g_assert_cmpint (SUM (load, bytes_received), ==, summary->data->received);
  g_assert_cmpint (answered, ==, (gint64) lf_counts_get (summary->status_codes, "200"));
}

/* The seconds come in order, the last one cut where the run ended. */
static void
assert_seconds_are_whole (LfTestLoad *load, guint seconds)
{
  g_assert_cmpuint (load->totals->len, >=, seconds);
  for (guint i = 0; i + 1 < seconds; i++)
    g_assert_cmpfloat (((LfSample *) load->totals->pdata[i])->t, ==, i + 1);
}

static void
check (const char *server, guint users, guint seconds, gboolean closing)
{
  g_autofree char *profile = g_strdup_printf (
      "{\"executor\": \"constant-vus\", \"vus\": %u, \"duration\": %u}", users, seconds);
  g_autoptr (LfTestNginx) nginx = lf_test_nginx_start (server);
  g_autoptr (LfTestLoad) load = NULL;
  g_autoptr (LfSummary) summary = NULL;
  LfTestNginxCounts counts;

  if (nginx == NULL)
    return;
  load = lf_test_load_start_spec (nginx->url, profile, 0);
  lf_test_load_wait (load);
  counts = lf_test_nginx_stop (nginx);
  summary = lf_load_get_summary (load->load);
  g_test_message ("%" G_GINT64_FORMAT " requests, %" G_GUINT64_FORMAT " connections",
                  summary->requests->total, counts.connections);

  g_assert_cmpint (summary->requests->failed, ==, 0);
  g_assert_cmpint (summary->requests->total + summary->requests->resent, ==, counts.requests);
  g_assert_cmpuint (counts.answered, ==, counts.requests);
  g_assert_cmpint (SUM (load, connections_opened), ==, counts.connections);
  g_assert_cmpint (summary->data->sent, ==, counts.received);
  g_assert_cmpint (summary->data->received, ==, counts.sent);
  /* A server that keeps connections sees one a user; one that tells that it closes, never a resend.
   */
  g_assert_cmpint (summary->requests->resent, ==, 0);
  g_assert_cmpuint (counts.connections, ==, closing ? counts.requests : users);
  g_assert_cmpint (summary->requests->total, >, users);
  g_assert_cmpint (summary->vus_max, ==, users);
  g_assert_cmpint (summary->verdict, ==, LF_VERDICT_PASSED);
  assert_samples_sum_to (load, summary);
  assert_seconds_are_whole (load, seconds);
  assert_phases_add_up (summary->latency, summary->requests->total, counts.connections);
}

static void
test_20_users (void)
{
  check (ANSWER, 20, 10, FALSE);
}

static void
test_500_users (void)
{
  check (ANSWER, 500, 5, FALSE);
}

static void
test_closing_at_once (void)
{
  check ("keepalive_timeout 0; " ANSWER, 20, 3, TRUE);
}

static void
test_closing_after_one_request (void)
{
  check ("keepalive_requests 1; " ANSWER, 50, 3, TRUE);
}

/* keepAlive false: the server would keep the connections, and the load does not want it to. */
static void
test_load_closes (void)
{
  g_autoptr (LfTestNginx) nginx = lf_test_nginx_start (ANSWER);
  g_autofree char *spec = NULL;
  g_autoptr (LfPlan) plan = NULL;
  g_autoptr (LfTestLoad) load = NULL;
  g_autoptr (LfSummary) summary = NULL;
  LfTestNginxCounts counts;

  if (nginx == NULL)
    return;
  spec = g_strdup_printf ("{\"http\": {\"keepAlive\": false}, \"loadProfile\": {\"executor\":"
                          " \"constant-vus\", \"vus\": 5, \"duration\": 1},"
                          " \"steps\": [{\"method\": \"GET\", \"url\": \"%s\"}]}",
                          nginx->url);
  plan = lf_test_plan (spec, 0);
  load = lf_test_load_start (plan);
  lf_test_load_wait (load);
  counts = lf_test_nginx_stop (nginx);
  summary = lf_load_get_summary (load->load);
  g_assert_cmpint (summary->requests->failed, ==, 0);
  g_assert_cmpint (summary->requests->total, ==, counts.requests);
  g_assert_cmpuint (counts.connections, ==, counts.requests);
  g_assert_cmpint (SUM (load, connections_opened), ==, counts.connections);
  /* A connection each is dear, and that was said before. */
  g_assert_nonnull (lf_test_load_find_line (load, "(TIME_WAIT)"));
}

/* In each second, what the steps counted is what the total says. */
static void
assert_steps_sum_to_total (LfTestLoad *load, guint n_steps)
{
  static const gsize fields[] = {
    G_STRUCT_OFFSET (LfSample, scheduled),  G_STRUCT_OFFSET (LfSample, started),
    G_STRUCT_OFFSET (LfSample, completed),  G_STRUCT_OFFSET (LfSample, failed),
    G_STRUCT_OFFSET (LfSample, resent),     G_STRUCT_OFFSET (LfSample, connections_opened),
    G_STRUCT_OFFSET (LfSample, bytes_sent), G_STRUCT_OFFSET (LfSample, bytes_received),
    G_STRUCT_OFFSET (LfSample, iterations),
  };

  g_assert_cmpuint (load->steps->len, ==, n_steps * load->totals->len);
  for (guint i = 0; i < load->totals->len; i++)
    for (guint k = 0; k < G_N_ELEMENTS (fields); k++)
      {
        gint64 sum = 0;

        for (guint n = 0; n < n_steps; n++)
          sum += G_STRUCT_MEMBER (gint64, load->steps->pdata[i * n_steps + n], fields[k]);
        g_assert_cmpint (sum, ==, G_STRUCT_MEMBER (gint64, load->totals->pdata[i], fields[k]));
      }
}

/* Two steps of unlike answers, with bodies: the steps' numbers are the server's and sum to the
 * total's. */
static void
test_steps (void)
{
  g_autoptr (LfTestNginx) nginx =
      lf_test_nginx_start ("location /a { return 200 a; } location /b { return 404 bb; }");
  g_autofree char *spec = NULL;
  g_autoptr (LfPlan) plan = NULL;
  g_autoptr (LfTestLoad) load = NULL;
  g_autoptr (LfSummary) summary = NULL;
  const LfSummaryStep *a, *b;
  LfTestNginxCounts counts;

  if (nginx == NULL)
    return;
  spec = g_strdup_printf (
      "{\"loadProfile\": {\"executor\": \"constant-vus\", \"vus\": 10, \"duration\": 2}, "
      "\"steps\": ["
      "{\"name\": \"a\", \"method\": \"GET\", \"url\": \"%sa\"},"
      "{\"name\": \"off\", \"method\": \"GET\", \"url\": \"%soff\", \"enabled\": false},"
      "{\"name\": \"b\", \"method\": \"POST\", \"url\": \"%sb\","
      " \"body\": {\"type\": \"text\", \"text\": \"sent with b\"}}]}",
      nginx->url, nginx->url, nginx->url);
  plan = lf_test_plan (spec, 2);
  load = lf_test_load_start (plan);
  lf_test_load_wait (load);
  counts = lf_test_nginx_stop (nginx);
  summary = lf_load_get_summary (load->load);
  g_assert_cmpuint (summary->steps->len, ==, 2);
  a = summary->steps->pdata[0];
  b = summary->steps->pdata[1];
  g_assert_cmpint (summary->requests->total, ==, counts.requests);
  g_assert_cmpint (a->requests->total, ==, counts.answered);
  g_assert_cmpint (b->requests->total, ==, counts.requests - counts.answered);
  g_assert_cmpint (a->requests->total, ==, b->requests->total); /* iterations were let end */
  g_assert_cmpint (summary->iterations, ==, a->requests->total);
  g_assert_cmpint (a->requests->failed, ==, 0);
  g_assert_cmpint (b->requests->failed, ==, b->requests->total);
  g_assert_cmpint (summary->requests->failed, ==, b->requests->total);
  g_assert_cmpint (lf_counts_get (b->status_codes, "404"), ==, b->requests->total);
  g_assert_cmpint (a->data->sent + b->data->sent, ==, summary->data->sent);
  /* nginx does not count a body that it answers without reading. */
  g_assert_cmpint (summary->data->sent, ==,
                   counts.received + b->requests->total * (gint64) strlen ("sent with b"));
  g_assert_cmpint (summary->data->received, ==, counts.sent);
  g_assert_cmpuint (counts.connections, ==, 10);
  assert_steps_sum_to_total (load, 2);
  /* Each user opens its connection with the first step. */
  assert_phases_add_up (a->latency, a->requests->total, 10);
  assert_phases_add_up (b->latency, b->requests->total, 0);
  /* An iteration is both of its steps, and no step's own. */
  g_assert_cmpint (summary->latency->iteration->count, ==, summary->iterations);
  g_assert_cmpfloat (summary->latency->iteration->mean, >=,
                     0.99 * (a->latency->duration->mean + b->latency->duration->mean));
  g_assert_null (a->latency->iteration);
}

/* Two loads at once in one process, of one worker each: both go on, and neither counts for the
 * other. */
static void
test_two_at_once (void)
{
  const char *profile = "{\"executor\": \"constant-vus\", \"vus\": 5, \"duration\": 3}";
  g_autoptr (LfTestNginx) one = lf_test_nginx_start (ANSWER);
  g_autoptr (LfTestNginx) other = lf_test_nginx_start (ANSWER);
  g_autoptr (LfTestLoad) first = NULL;
  g_autoptr (LfTestLoad) second = NULL;
  g_autoptr (LfSummary) first_summary = NULL;
  g_autoptr (LfSummary) second_summary = NULL;

  if (one == NULL || other == NULL)
    return;
  first = lf_test_load_start_spec (one->url, profile, 1);
  second = lf_test_load_start_spec (other->url, profile, 1);
  lf_test_load_await (first, 1);
  lf_test_load_await (second, 1);
  g_assert_true (lf_load_is_running (first->load));
  g_assert_true (lf_load_is_running (second->load));
  lf_test_load_wait (first);
  lf_test_load_wait (second);
  first_summary = lf_load_get_summary (first->load);
  second_summary = lf_load_get_summary (second->load);
  g_assert_cmpint (first_summary->requests->total, ==, lf_test_nginx_stop (one).requests);
  g_assert_cmpint (second_summary->requests->total, ==, lf_test_nginx_stop (other).requests);
  g_assert_cmpint (first_summary->requests->total, >, 5);
  g_assert_cmpint (second_summary->requests->total, >, 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/load/counts/20-users", test_20_users);
  g_test_add_func ("/load/counts/500-users", test_500_users);
  g_test_add_func ("/load/counts/closing-at-once", test_closing_at_once);
  g_test_add_func ("/load/counts/closing-after-one-request", test_closing_after_one_request);
  g_test_add_func ("/load/counts/load-closes", test_load_closes);
  g_test_add_func ("/load/counts/steps", test_steps);
  g_test_add_func ("/load/counts/two-at-once", test_two_at_once);
  return g_test_run ();
}
