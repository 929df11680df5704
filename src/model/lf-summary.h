#pragma once

#include "lf-capacity.h"

LF_DECLARE_RECORD (LfLatency, lf_latency)
LF_DECLARE_RECORD (LfLatencies, lf_latencies)
LF_DECLARE_RECORD (LfSummaryRequests, lf_summary_requests)
LF_DECLARE_RECORD (LfSummaryData, lf_summary_data)
LF_DECLARE_RECORD (LfSummaryStep, lf_summary_step)
LF_DECLARE_RECORD (LfSummaryError, lf_summary_error)
LF_DECLARE_RECORD (LfSummaryGenerator, lf_summary_generator)
LF_DECLARE_RECORD (LfSummary, lf_summary)

typedef enum
{
  LF_VERDICT_NONE,
  LF_VERDICT_PASSED,
  LF_VERDICT_FAILED,
  LF_VERDICT_ABORTED,
  LF_VERDICT_INVALID,
  LF_VERDICT_ERROR,
} LfVerdict; /* "" passed failed aborted invalid error */
extern const char *const lf_verdict_words[];

struct _LfLatency /* ms */
{
  LfRecord record;
  gint64 count;
  double min, mean, stdev, p50, p75, p90, p95, p99, p99_9, p99_99, max;
};

struct _LfLatencies
{
  LfRecord record;
  LfLatency *duration;
  LfLatency *response_time; /* "responseTime" */
  LfLatency *blocked, *connecting, *tls_handshaking, *sending, *waiting, *receiving; /* phases */
  LfLatency *iteration; /* of whole iterations, "iterationDuration"; of the total only */
};

struct _LfSummaryRequests
{
  LfRecord record;
  gint64 total; /* completed, failed ones included */
  gint64 failed;
  gint64 resent;
  double rate;       /* completed per second */
  double throughput; /* successful per second */
};

struct _LfSummaryData
{
  LfRecord record;
  gint64 sent, received; /* bytes, with headers */
};

struct _LfSummaryStep
{
  LfRecord record;
  char *name;
  char *method;
  char *url;
  char *transport; /* "lean", "curl", or "mixed": users whose answers asked for more went on with libcurl; NULL: not known */
  LfSummaryRequests *requests;
  LfSummaryData *data;
  LfLatencies *latency;
  LfCounts *status_codes;
  LfCounts *error_codes;
};

struct _LfSummaryError
{
  LfRecord record;
  gint64 code;
  char *message;
  gint64 count;
  gint64 first_seen, last_seen; /* ms since 1970 */
};

struct _LfSummaryGenerator
{
  LfRecord record;
  double cpu;       /* of the workers' cores over the run, 0 to 1 */
  double lag_p50;   /* ms, actual minus scheduled start */
  double lag_p99;
  double lag_max;
  gint64 peak_rss;  /* bytes */
  gint64 workers;
  gboolean saturated;
  char **reasons;
};

struct _LfSummary
{
  LfRecord record;
  char *run_id;
  char *spec_id;
  gint64 spec_revision;
  JsonNode *spec;
  char *tool_version;
  char *host;
  gint64 started_at, ended_at; /* ms since 1970 */
  double duration;             /* s */
  LfVerdict verdict;
  gint64 exit_code;
  LfSummaryRequests *requests;
  gint64 iterations;
  gint64 dropped_iterations;
  gint64 vus_max;
  LfSummaryData *data;
  LfLatencies *latency;
  GPtrArray *steps;        /* LfSummaryStep */
  LfCounts *status_codes;
  GPtrArray *errors;       /* LfSummaryError */
  JsonNode *checks;        /* [] until checks come */
  JsonNode *thresholds;
  LfSummaryGenerator *generator;
  LfCapacity *capacity;    /* of a capacity-search; NULL of others */
  JsonNode *histograms;    /* {"duration": "HISTFAAA...", "responseTime": ...} */
};

/* Seconds that its counts are of: all of @self but the warm-up. */
double           lf_summary_get_counted    (const LfSummary *self);
/* What a person calls the response time: from when a request should have left, for profiles that
 * say so, else its duration. NULL where no answer was measured, or @self is NULL. */
const LfLatency *lf_latencies_get_response (const LfLatencies *self);
