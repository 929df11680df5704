#include "config.h"

#include "lf-compare.h"

#include <glib/gi18n.h>
#include <math.h>

const char *const lf_compare_unit_words[] = { "rate", "share", "count", "latency", "bytes", NULL };
const char *const lf_compare_judgement_words[] = { N_ ("same"), N_ ("better"), N_ ("worse"),
                                                   N_ ("changed"), NULL };

/* What more of a metric means. */
typedef enum
{
  MORE_IS_BETTER,
  MORE_IS_WORSE,
  MORE_IS_MORE,
} Sense;

/* What rows are added to. */
typedef struct
{
  GArray *rows;
  double tolerance;
} Table;

static double
get_least (LfCompareUnit unit)
{
  if (unit == LF_COMPARE_LATENCY)
    return LF_COMPARE_LEAST_LATENCY;
  return unit == LF_COMPARE_SHARE ? LF_COMPARE_LEAST_SHARE : 0;
}

static LfCompareJudgement
judge (const LfCompareRow *row, Sense sense, double tolerance)
{
  double difference = row->after - row->before;

  if (fabs (difference) <= MAX (tolerance * fabs (row->before), get_least (row->unit)))
    return LF_COMPARE_SAME;
  if (sense == MORE_IS_MORE)
    return LF_COMPARE_CHANGED;
  return (difference > 0) == (sense == MORE_IS_BETTER) ? LF_COMPARE_BETTER : LF_COMPARE_WORSE;
}

static void
add (Table *table, LfCompareRow row, Sense sense)
{
  row.judgement = judge (&row, sense, table->tolerance);
  g_array_append_val (table->rows, row);
}

static double
get_fail_share (const LfSummaryRequests *requests)
{
  return requests->total > 0 ? (double) requests->failed / (double) requests->total : 0;
}

static void
add_requests (Table *table, const LfSummary *before, const LfSummary *after)
{
  const LfSummaryRequests *a = before->requests;
  const LfSummaryRequests *b = after->requests;

  if (a == NULL || b == NULL)
    return;
  add (table, (LfCompareRow){ "http_reqs", NULL, LF_COMPARE_RATE, a->rate, b->rate },
       MORE_IS_BETTER);
  add (table,
       (LfCompareRow){ "http_reqs", "successful", LF_COMPARE_RATE, a->throughput, b->throughput },
       MORE_IS_BETTER);
  add (table,
       (LfCompareRow){ "http_req_failed", NULL, LF_COMPARE_SHARE, get_fail_share (a),
                       get_fail_share (b) },
       MORE_IS_WORSE);
}

/* The longest of all is one request of them: it tells of a change, not that it is for the worse. */
static void
add_latency (Table *table, const char *metric, const LfLatency *a, const LfLatency *b)
{
  if (a == NULL || b == NULL || a->count == 0 || b->count == 0)
    return;
  add (table, (LfCompareRow){ metric, "avg", LF_COMPARE_LATENCY, a->mean, b->mean }, MORE_IS_WORSE);
  add (table, (LfCompareRow){ metric, "med", LF_COMPARE_LATENCY, a->p50, b->p50 }, MORE_IS_WORSE);
  add (table, (LfCompareRow){ metric, "p(90)", LF_COMPARE_LATENCY, a->p90, b->p90 }, MORE_IS_WORSE);
  add (table, (LfCompareRow){ metric, "p(95)", LF_COMPARE_LATENCY, a->p95, b->p95 }, MORE_IS_WORSE);
  add (table, (LfCompareRow){ metric, "p(99)", LF_COMPARE_LATENCY, a->p99, b->p99 }, MORE_IS_WORSE);
  add (table, (LfCompareRow){ metric, "max", LF_COMPARE_LATENCY, a->max, b->max }, MORE_IS_MORE);
}

static void
add_dropped (Table *table, const LfSummary *before, const LfSummary *after)
{
  if (before->dropped_iterations == 0 && after->dropped_iterations == 0)
    return;
  add (table,
       (LfCompareRow){ "dropped_iterations", NULL, LF_COMPARE_COUNT,
                       (double) before->dropped_iterations, (double) after->dropped_iterations },
       MORE_IS_WORSE);
}

static double
get_received (const LfSummary *summary)
{
  double seconds = lf_summary_get_counted (summary);

  return seconds > 0 ? (double) summary->data->received / seconds : 0;
}

static void
add_amounts (Table *table, const LfSummary *before, const LfSummary *after)
{
  if (before->data != NULL && after->data != NULL)
    add (table,
         (LfCompareRow){ "data_received", NULL, LF_COMPARE_BYTES, get_received (before),
                         get_received (after) },
         MORE_IS_MORE);
  add (table,
       (LfCompareRow){ "vus_max", NULL, LF_COMPARE_COUNT, (double) before->vus_max,
                       (double) after->vus_max },
       MORE_IS_MORE);
}

GArray *
lf_compare_summaries (const LfSummary *before, const LfSummary *after, double tolerance)
{
  Table table = { g_array_new (FALSE, FALSE, sizeof (LfCompareRow)), tolerance };
  const LfLatencies *a = before->latency;
  const LfLatencies *b = after->latency;

  add_requests (&table, before, after);
  add_dropped (&table, before, after);
  if (a != NULL && b != NULL)
    {
      add_latency (&table, "http_req_duration", a->duration, b->duration);
      add_latency (&table, "http_req_response_time", a->response_time, b->response_time);
    }
  add_amounts (&table, before, after);
  return table.rows;
}

double
lf_compare_row_get_change (const LfCompareRow *row)
{
  return row->before != 0 ? (row->after - row->before) / fabs (row->before) : NAN;
}

gboolean
lf_compare_is_worse (const GArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    if (g_array_index (rows, LfCompareRow, i).judgement == LF_COMPARE_WORSE)
      return TRUE;
  return FALSE;
}
