#pragma once

#include "lf-run.h"

/*
 * Two runs side by side: what changed from the older to the newer one, and whether for the worse.
 * Plain values; any thread. Both runs have a summary.
 */

typedef enum
{
  LF_COMPARE_RATE,    /* per second */
  LF_COMPARE_SHARE,   /* 0 to 1 */
  LF_COMPARE_COUNT,
  LF_COMPARE_LATENCY, /* ms */
  LF_COMPARE_BYTES,   /* per second */
} LfCompareUnit; /* rate share count latency bytes */
extern const char *const lf_compare_unit_words[];

typedef enum
{
  LF_COMPARE_SAME,    /* within the tolerance */
  LF_COMPARE_BETTER,
  LF_COMPARE_WORSE,
  LF_COMPARE_CHANGED, /* neither is better: of what was asked of the target, or of a single value */
} LfCompareJudgement; /* same better worse changed */
extern const char *const lf_compare_judgement_words[];

typedef struct
{
  const char *metric; /* k6's name: "http_req_duration" */
  const char *stat;   /* "p(95)"; NULL: the metric has one value */
  LfCompareUnit unit;
  double before;
  double after;
  LfCompareJudgement judgement;
} LfCompareRow;

/* The share by which a value may differ before it is called better or worse. Two runs cannot tell
 * how much a third would differ: 5 % is what repeated runs on one quiet machine stay within, and
 * only more runs make a smaller difference believable. */
#define LF_COMPARE_TOLERANCE 0.05
/* Beside @tolerance, what a latency (ms) and a share of failures must differ by to count at all. */
#define LF_COMPARE_LEAST_LATENCY 0.1
#define LF_COMPARE_LEAST_SHARE 0.001

/* Of LfCompareRow, in the order they are shown; what one of the runs did not measure is left out.
 * @tolerance: 0 to 1, as LF_COMPARE_TOLERANCE. */
GArray  *lf_compare_summaries (const LfSummary *before, const LfSummary *after, double tolerance) G_GNUC_WARN_UNUSED_RESULT;
/* The change as a share of what was before; NAN where that was 0. */
double   lf_compare_row_get_change (const LfCompareRow *row);
gboolean lf_compare_is_worse       (const GArray *rows);
/* Why the numbers of the two may not be compared: another spec or machine, a generator at its limit,
 * a run cut short. Sentences. (transfer full): ended by NULL */
char   **lf_compare_caveats   (const LfRun *before, const LfRun *after) G_GNUC_WARN_UNUSED_RESULT;
/* For a terminal. (transfer full) */
char    *lf_compare_text      (const LfRun *before, const LfRun *after, const GArray *rows) G_GNUC_WARN_UNUSED_RESULT;
/* {"before": id, "after": id, "worse": …, "caveats": […], "rows": [{"metric", "stat", "unit", "before", "after",
 * "change", "judgement"}]}. (transfer full) */
JsonNode *lf_compare_json     (const LfRun *before, const LfRun *after, const GArray *rows) G_GNUC_WARN_UNUSED_RESULT;
