#include "config.h"

#include "lf-record-private.h"
#include "lf-sample.h"

#define MS_LIMIT           1e12
#define COUNT(member, key) _LF_INTEGER (LfSample, member, key, 0, _LF_COUNT_LIMIT, 0)
#define MS(member, key)    _LF_NUMBER (LfSampleLatency, member, key, 0, MS_LIMIT, 0)

/* clang-format off */
_LF_DEFINE_RESULT (LfSampleLatency, lf_sample_latency,
  MS (p50, "p50"), MS (p95, "p95"), MS (p99, "p99"), MS (max, "max"), MS (mean, "mean"))

_LF_DEFINE_RESULT (LfSampleHistograms, lf_sample_histograms,
  _LF_STRING (LfSampleHistograms, duration, "duration"),
  _LF_STRING (LfSampleHistograms, response_time, "responseTime"))

_LF_DEFINE_RESULT (LfSample, lf_sample,
  _LF_STRING (LfSample, run_id, "runId"),
  _LF_NUMBER (LfSample, t, "t", 0, _LF_SECONDS_LIMIT, 0),
  _LF_INTEGER (LfSample, step, "step", -1, 1e6, -1),
  COUNT (users, "users"),
  COUNT (users_max, "usersMax"),
  COUNT (scheduled, "scheduled"),
  COUNT (started, "started"),
  COUNT (completed, "completed"),
  COUNT (failed, "failed"),
  COUNT (dropped, "dropped"),
  COUNT (resent, "resent"),
  COUNT (in_flight, "inFlight"),
  COUNT (connections_opened, "connectionsOpened"),
  COUNT (bytes_sent, "bytesSent"),
  COUNT (bytes_received, "bytesReceived"),
  COUNT (iterations, "iterations"),
  _LF_COUNTS (LfSample, status_codes, "statusCodes"),
  _LF_COUNTS (LfSample, error_codes, "errorCodes"),
  _LF_OBJECT (LfSample, duration, "duration", lf_sample_latency_type),
  _LF_OBJECT (LfSample, response_time, "responseTime", lf_sample_latency_type),
  _LF_OBJECT (LfSample, histograms, "histograms", lf_sample_histograms_type),
  _LF_BOOLEAN (LfSample, warmup, "warmup", FALSE))
/* clang-format on */

const LfSampleLatency *
lf_sample_get_response (const LfSample *self)
{
  const LfSampleLatency *latency =
      self->response_time != NULL ? self->response_time : self->duration;

  return latency != NULL && self->completed > 0 && latency->max > 0 ? latency : NULL;
}
