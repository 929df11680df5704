#include "config.h"

#include "lf-handlers.h"
#include "lf-metrics.h"
#include "lf-route.h"

#define JSON "application/json"

static const char *const yes_no[] = { "true", "false", NULL };

static const LfRouteParameter of_runs[] = {
  { .name = "active", .words = yes_no, .about = "true or false: only runs that go on" },
  { .name = "specId", .about = "the id of a spec: only its runs" },
  { .name = "limit",
    .minimum = 1,
    .maximum = 200,
    .preset = 50,
    .about = "how many at most, 1 to 200" },
  { .name = "cursor", .id = TRUE, .about = "the `next` of an earlier page" },
  { NULL },
};

static const LfRouteParameter of_samples[] = {
  { .name = "step",
    .minimum = -1,
    .maximum = 10000,
    .preset = -2,
    .about = "a step, from 0 on, or -1: the total; all where absent" },
  { .name = "histograms", .words = yes_no, .about = "true or false: with the histograms" },
  { .name = "limit",
    .minimum = 1,
    .maximum = 36000,
    .preset = 3600,
    .about = "how many about, 1 to 36000; a second is never cut" },
  { .name = "cursor", .about = "the `next` of an earlier page" },
  { NULL },
};

static const LfRouteParameter of_logs[] = {
  { .name = "limit",
    .minimum = 1,
    .maximum = 10000,
    .preset = 1000,
    .about = "how many at most, 1 to 10000" },
  { .name = "cursor",
    .minimum = 0,
    .maximum = G_MAXINT64 / 2,
    .preset = 0,
    .about = "the `next` of an earlier page: a line's seq" },
  { NULL },
};

static const LfRouteParameter of_delete[] = {
  { .name = "purge", .words = yes_no, .about = "true or false: remove a run that has ended" },
  { NULL },
};

static const LfRouteParameter of_attachment[] = {
  { .name = "name", .about = "the file's name" },
  { NULL },
};

static const guint not_found[] = { 404, 0 };
static const guint body[] = { 413, 415, 422, 0 };
static const guint replaces[] = { 404, 409, 412, 413, 415, 422, 0 };
static const guint deletes[] = { 404, 409, 412, 0 };
static const guint starts[] = { 404, 409, 422, 503, 0 };
static const guint file[] = { 413, 507, 0 };

static const LfRoute routes[] = {
  { "GET", "/healthz", LF_ROLE_NOBODY, lf_handle_health, .answer = { 200, JSON, "Health" },
    .name = "getHealth", .about = "Whether the server answers" },
  { "GET", "/metrics", LF_ROLE_VIEWER, lf_handle_metrics, .answer = { 200, LF_METRICS_TYPE },
    .name = "getMetrics", .about = "What goes on, as OpenMetrics" },
  { "GET", "/api/openapi.json", LF_ROLE_NOBODY, lf_handle_openapi, .answer = { 200, JSON },
    .name = "getOpenApi", .about = "This document" },

  { "GET", "/api/specs", LF_ROLE_VIEWER, lf_handle_specs_list,
    .answer = { 200, JSON, "Spec", TRUE }, .name = "listSpecs", .about = "All specs, by name" },
  { "POST", "/api/specs", LF_ROLE_OPERATOR, lf_handle_specs_add, LF_TAKES_JSON, "Spec",
    .answer = { 201, JSON, "Spec" }, .problems = body, .name = "addSpec", .about = "Adds a spec" },
  { "GET", "/api/specs/{id}", LF_ROLE_VIEWER, lf_handle_spec_show, .answer = { 200, JSON, "Spec" },
    .problems = not_found, .name = "getSpec",
    .about = "One spec; its ETag is what If-Match takes" },
  { "PUT", "/api/specs/{id}", LF_ROLE_OPERATOR, lf_handle_spec_replace, LF_TAKES_JSON, "Spec",
    .answer = { 200, JSON, "Spec" }, .problems = replaces, .name = "replaceSpec",
    .about = "Replaces a spec; a secret that reads {\"redacted\": true} stays what it was" },
  { "DELETE", "/api/specs/{id}", LF_ROLE_OPERATOR, lf_handle_spec_delete, .answer = { 204 },
    .problems = deletes, .name = "deleteSpec", .about = "Removes a spec; its runs stay" },
  { "POST", "/api/specs/{id}/validate", LF_ROLE_VIEWER, lf_handle_spec_validate, LF_TAKES_JSON,
    "Spec", .answer = { 200, JSON, "Validity" }, .problems = replaces, .name = "validateSpec",
    .about = "Whether a spec, or what the body would make of it, can be run" },

  { "POST", "/api/attachments", LF_ROLE_OPERATOR, lf_handle_attachment_add, LF_TAKES_FILE,
    .query = of_attachment, .answer = { 201, JSON, "Attachment" }, .problems = file,
    .name = "addAttachment", .about = "Keeps a file of at most 25 MiB that specs can send" },
  { "GET", "/api/attachments/{id}", LF_ROLE_VIEWER, lf_handle_attachment_read,
    .answer = { 200, "*/*" }, .problems = not_found, .name = "getAttachment",
    .about = "The content of a file" },
  { "DELETE", "/api/attachments/{id}", LF_ROLE_OPERATOR, lf_handle_attachment_delete,
    .answer = { 204 }, .problems = not_found, .name = "deleteAttachment",
    .about = "Removes a file" },

  { "GET", "/api/runs", LF_ROLE_VIEWER, lf_handle_runs_list, .query = of_runs,
    .answer = { 200, JSON, "Run", TRUE }, .name = "listRuns",
    .about = "Runs, newest first, without their specs and histograms" },
  { "POST", "/api/runs/{specId}", LF_ROLE_OPERATOR, lf_handle_run_start,
    .answer = { 202, JSON, "Run" }, .problems = starts, .name = "startRun",
    .about = "Starts a run; with an Idempotency-Key once only" },
  { "GET", "/api/runs/{id}", LF_ROLE_VIEWER, lf_handle_run_show, .answer = { 200, JSON, "Run" },
    .problems = not_found, .name = "getRun", .about = "One run as it stands" },
  { "PATCH", "/api/runs/{id}", LF_ROLE_OPERATOR, lf_handle_run_change, LF_TAKES_JSON, "RunChange",
    .answer = { 200, JSON, "Run" }, .problems = replaces, .name = "changeRun",
    .about = "Pauses, resumes or stops a run, or sets its users or its rate" },
  { "DELETE", "/api/runs/{id}", LF_ROLE_OPERATOR, lf_handle_run_delete, .query = of_delete,
    .answer = { 204 }, .problems = deletes, .name = "deleteRun",
    .about = "Stops a run, at once where it is stopping already; or removes one that has ended" },
  { "GET", "/api/runs/{id}/summary", LF_ROLE_VIEWER, lf_handle_run_summary,
    .answer = { 200, JSON, "Summary" }, .problems = not_found, .name = "getRunSummary",
    .about = "What came out" },
  { "GET", "/api/runs/{id}/samples", LF_ROLE_VIEWER, lf_handle_run_samples, .query = of_samples,
    .answer = { 200, JSON, "Sample", TRUE }, .problems = not_found, .name = "listRunSamples",
    .about = "What happened each second, in total and by step" },
  { "GET", "/api/runs/{id}/logs", LF_ROLE_VIEWER, lf_handle_run_logs, .query = of_logs,
    .answer = { 200, JSON, "LogLine", TRUE }, .problems = not_found, .name = "listRunLogs",
    .about = "Log lines by their seq" },
  { "GET", "/api/runs/{id}/histograms", LF_ROLE_VIEWER, lf_handle_run_histograms,
    .answer = { 200, JSON, "Histograms" }, .problems = not_found, .name = "getRunHistograms",
    .about = "HdrHistograms (V2, compressed) of microseconds, so far" },
  { "GET", "/api/runs/{id}/csv", LF_ROLE_VIEWER, lf_handle_run_csv, .answer = { 200, "text/csv" },
    .problems = not_found, .name = "getRunCsv", .about = "The samples as CSV" },
  { "GET", "/api/runs/{id}/compare/{other}", LF_ROLE_VIEWER, lf_handle_run_compare,
    .answer = { 200, JSON, "Comparison" }, .problems = deletes, .name = "compareRuns",
    .about = "What changed from one run to another" },

  { "GET", "/api/schedules", LF_ROLE_VIEWER, lf_handle_schedules_list,
    .answer = { 200, JSON, "RunSchedule", TRUE }, .name = "listSchedules",
    .about = "When specs run by themselves, those of the specs' own schedules included" },
  { "POST", "/api/schedules", LF_ROLE_OPERATOR, lf_handle_schedule_add, LF_TAKES_JSON,
    "RunSchedule", .answer = { 201, JSON, "RunSchedule" }, .problems = body, .name = "addSchedule",
    .about = "Runs a spec by a cron expression, while a LoadForge is open or serves" },
  { "DELETE", "/api/schedules/{id}", LF_ROLE_OPERATOR, lf_handle_schedule_delete, .answer = { 204 },
    .problems = deletes, .name = "deleteSchedule",
    .about = "Removes a schedule; a spec's own one goes out of the spec, too" },
};

const LfRoute *
lf_routes_get (guint *n)
{
  *n = G_N_ELEMENTS (routes);
  return routes;
}
