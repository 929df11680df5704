#include "config.h"

#include "lf-record-private.h"
#include "lf-run.h"

#include <glib/gi18n.h>

const char *const lf_run_status_words[] = { N_ ("pending"),     N_ ("running"),
                                            N_ ("paused"),      N_ ("stopping"),
                                            N_ ("finished"),    N_ ("stopped"),
                                            N_ ("interrupted"), NULL };

#define AMOUNT(Type, member, key) _LF_NUMBER (Type, member, key, 0, 1e15, 0)
#define COUNT(Type, member, key)  _LF_INTEGER (Type, member, key, 0, _LF_COUNT_LIMIT, 0)

/* clang-format off */
_LF_DEFINE_RESULT (LfRunProgress, lf_run_progress,
  AMOUNT (LfRunProgress, elapsed, "elapsed"),
  AMOUNT (LfRunProgress, duration, "duration"),
  COUNT (LfRunProgress, users, "users"),
  AMOUNT (LfRunProgress, rate, "rate"),
  COUNT (LfRunProgress, requests, "requests"),
  COUNT (LfRunProgress, failed, "failed"),
  COUNT (LfRunProgress, iterations, "iterations"),
  COUNT (LfRunProgress, planned_iterations, "plannedIterations"))

_LF_DEFINE_RECORD (LfRunOwner, lf_run_owner,
  _LF_STRING (LfRunOwner, host, "host"),
  COUNT (LfRunOwner, pid, "pid"),
  _LF_STRING (LfRunOwner, start, "start"),
  _LF_TIME (LfRunOwner, heartbeat, "heartbeat"))

_LF_DEFINE_RESULT (LfRun, lf_run,
  _LF_STRING (LfRun, schema, "schema"),
  _LF_STRING (LfRun, id, "id"),
  _LF_STRING (LfRun, spec_id, "specId"),
  _LF_STRING (LfRun, spec_name, "specName"),
  COUNT (LfRun, spec_revision, "specRevision"),
  _LF_STRING (LfRun, name, "name"),
  _LF_STRING (LfRun, notes, "notes"),
  _LF_BOOLEAN (LfRun, baseline, "baseline", FALSE),
  _LF_ENUM (LfRun, status, "status", lf_run_status_words, LF_RUN_PENDING),
  _LF_ENUM (LfRun, verdict, "verdict", lf_verdict_words, LF_VERDICT_NONE),
  _LF_TIME (LfRun, started_at, "startedAt"),
  _LF_TIME (LfRun, ended_at, "endedAt"),
  _LF_STRING (LfRun, host, "host"),
  _LF_STRING (LfRun, tool_version, "toolVersion"),
  _LF_OBJECT (LfRun, owner, "owner", lf_run_owner_type),
  _LF_OBJECT (LfRun, progress, "progress", lf_run_progress_type),
  _LF_JSON (LfRun, spec, "spec"),
  _LF_OBJECT (LfRun, summary, "summary", lf_summary_type))
/* clang-format on */

gboolean
lf_run_is_active (const LfRun *self)
{
  return self->status == LF_RUN_PENDING || self->status == LF_RUN_RUNNING ||
         self->status == LF_RUN_PAUSED || self->status == LF_RUN_STOPPING;
}
