#include "config.h"

#include "lf-record-private.h"
#include "lf-summary.h"

const char *const lf_verdict_words[] = {
  "", "passed", "failed", "aborted", "invalid", "error", NULL
};

#define AMOUNT_LIMIT              1e15
#define AMOUNT(Type, member, key) _LF_NUMBER (Type, member, key, 0, AMOUNT_LIMIT, 0)
#define COUNT(Type, member, key)  _LF_INTEGER (Type, member, key, 0, _LF_COUNT_LIMIT, 0)
#define MS(member, key)           AMOUNT (LfLatency, member, key)
#define TREND(member, key)        _LF_OBJECT (LfLatencies, member, key, lf_latency_type)

/* clang-format off */
_LF_DEFINE_RESULT (LfLatency, lf_latency,
  COUNT (LfLatency, count, "count"),
  MS (min, "min"), MS (mean, "mean"), MS (stdev, "stdev"), MS (p50, "p50"), MS (p75, "p75"),
  MS (p90, "p90"), MS (p95, "p95"), MS (p99, "p99"), MS (p99_9, "p99_9"), MS (p99_99, "p99_99"),
  MS (max, "max"))

_LF_DEFINE_RESULT (LfLatencies, lf_latencies,
  TREND (duration, "duration"),
  TREND (response_time, "responseTime"),
  TREND (blocked, "blocked"),
  TREND (connecting, "connecting"),
  TREND (tls_handshaking, "tlsHandshaking"),
  TREND (sending, "sending"),
  TREND (waiting, "waiting"),
  TREND (receiving, "receiving"),
  TREND (iteration, "iterationDuration"))

_LF_DEFINE_RESULT (LfSummaryRequests, lf_summary_requests,
  COUNT (LfSummaryRequests, total, "total"),
  COUNT (LfSummaryRequests, failed, "failed"),
  COUNT (LfSummaryRequests, resent, "resent"),
  AMOUNT (LfSummaryRequests, rate, "rate"),
  AMOUNT (LfSummaryRequests, throughput, "throughput"))

_LF_DEFINE_RESULT (LfSummaryData, lf_summary_data,
  COUNT (LfSummaryData, sent, "sent"),
  COUNT (LfSummaryData, received, "received"))

_LF_DEFINE_RESULT (LfSummaryStep, lf_summary_step,
  _LF_STRING (LfSummaryStep, name, "name"),
  _LF_STRING (LfSummaryStep, method, "method"),
  _LF_STRING (LfSummaryStep, url, "url"),
  _LF_STRING (LfSummaryStep, transport, "transport"),
  _LF_OBJECT (LfSummaryStep, requests, "requests", lf_summary_requests_type),
  _LF_OBJECT (LfSummaryStep, data, "data", lf_summary_data_type),
  _LF_OBJECT (LfSummaryStep, latency, "latency", lf_latencies_type),
  _LF_COUNTS (LfSummaryStep, status_codes, "statusCodes"),
  _LF_COUNTS (LfSummaryStep, error_codes, "errorCodes"))

_LF_DEFINE_RESULT (LfSummaryError, lf_summary_error,
  COUNT (LfSummaryError, code, "code"),
  _LF_STRING (LfSummaryError, message, "message"),
  COUNT (LfSummaryError, count, "count"),
  _LF_TIME (LfSummaryError, first_seen, "firstSeen"),
  _LF_TIME (LfSummaryError, last_seen, "lastSeen"))

_LF_DEFINE_RESULT (LfSummaryGenerator, lf_summary_generator,
  AMOUNT (LfSummaryGenerator, cpu, "cpu"),
  AMOUNT (LfSummaryGenerator, lag_p50, "lagP50"),
  AMOUNT (LfSummaryGenerator, lag_p99, "lagP99"),
  AMOUNT (LfSummaryGenerator, lag_max, "lagMax"),
  COUNT (LfSummaryGenerator, peak_rss, "peakRss"),
  COUNT (LfSummaryGenerator, workers, "workers"),
  _LF_BOOLEAN (LfSummaryGenerator, saturated, "saturated", FALSE),
  _LF_STRINGS (LfSummaryGenerator, reasons, "reasons"))

_LF_DEFINE_RESULT (LfSummary, lf_summary,
  _LF_STRING (LfSummary, run_id, "runId"),
  _LF_STRING (LfSummary, spec_id, "specId"),
  COUNT (LfSummary, spec_revision, "specRevision"),
  _LF_JSON (LfSummary, spec, "spec"),
  _LF_STRING (LfSummary, tool_version, "toolVersion"),
  _LF_STRING (LfSummary, host, "host"),
  _LF_TIME (LfSummary, started_at, "startedAt"),
  _LF_TIME (LfSummary, ended_at, "endedAt"),
  AMOUNT (LfSummary, duration, "duration"),
  _LF_ENUM (LfSummary, verdict, "verdict", lf_verdict_words, LF_VERDICT_NONE),
  _LF_INTEGER (LfSummary, exit_code, "exitCode", 0, 255, 0),
  _LF_OBJECT (LfSummary, requests, "requests", lf_summary_requests_type),
  COUNT (LfSummary, iterations, "iterations"),
  COUNT (LfSummary, dropped_iterations, "droppedIterations"),
  COUNT (LfSummary, vus_max, "vusMax"),
  _LF_OBJECT (LfSummary, data, "data", lf_summary_data_type),
  _LF_OBJECT (LfSummary, latency, "latency", lf_latencies_type),
  _LF_LIST (LfSummary, steps, "steps", lf_summary_step_type),
  _LF_COUNTS (LfSummary, status_codes, "statusCodes"),
  _LF_LIST (LfSummary, errors, "errors", lf_summary_error_type),
  _LF_JSON (LfSummary, checks, "checks"),
  _LF_JSON (LfSummary, thresholds, "thresholds"),
  _LF_OBJECT (LfSummary, generator, "generator", lf_summary_generator_type),
  _LF_OBJECT (LfSummary, capacity, "capacity", lf_capacity_type),
  _LF_JSON (LfSummary, histograms, "histograms"))
/* clang-format on */

static gboolean
is_measured (const LfLatency *latency)
{
  return latency != NULL && latency->count > 0 && latency->max > 0;
}

const LfLatency *
lf_latencies_get_response (const LfLatencies *self)
{
  if (self == NULL)
    return NULL;
  if (is_measured (self->response_time))
    return self->response_time;
  return is_measured (self->duration) ? self->duration : NULL;
}

double
lf_summary_get_counted (const LfSummary *self)
{
  if (self->requests == NULL || self->requests->rate <= 0)
    return self->duration;
  return (double) self->requests->total / self->requests->rate;
}
