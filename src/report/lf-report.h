#pragma once

#include "lf-run.h"
#include "lf-samples.h"

#include <gio/gio.h>

/* The per-second CSV of the design: RFC 4180 (CRLF), UTF-8, "." decimals, cells that begin a formula
 * quoted. The column `step` has the names of run->summary, and is empty for the total. Blocking; any thread. */
#define LF_REPORT_CSV_HEADER \
  "time,elapsed,step,users,started,completed,failed,dropped,rps,p50,p95,p99,max,mean,bytes_sent,bytes_received"

gboolean lf_report_write_csv    (GOutputStream *stream, const LfRun *run, LfSamples *samples, GCancellable *cancellable, GError **error);
/* {"run": ..., "samples": [...]}, a sample a line. */
gboolean lf_report_write_json   (GOutputStream *stream, const LfRun *run, LfSamples *samples, GCancellable *cancellable, GError **error);
/* Appends one cell, quoted where RFC 4180 or a formula asks for it. */
void     lf_report_append_cell  (GString *line, const char *text);
/* The summary as text for a terminal, k6's metric names. (transfer full) */
char    *lf_report_summary_text (const LfSummary *summary) G_GNUC_WARN_UNUSED_RESULT;
