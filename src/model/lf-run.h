#pragma once

#include "lf-summary.h"

#define LF_RUN_SCHEMA "loadforge/run/1"

LF_DECLARE_RECORD (LfRunProgress, lf_run_progress)
LF_DECLARE_RECORD (LfRunOwner, lf_run_owner)
LF_DECLARE_RECORD (LfRun, lf_run)

typedef enum
{
  LF_RUN_PENDING,
  LF_RUN_RUNNING,
  LF_RUN_PAUSED,
  LF_RUN_STOPPING,
  LF_RUN_FINISHED,
  LF_RUN_STOPPED,
  LF_RUN_INTERRUPTED,
} LfRunStatus; /* pending running paused stopping finished stopped interrupted */
extern const char *const lf_run_status_words[];

struct _LfRunProgress
{
  LfRecord record;
  double elapsed;  /* s */
  double duration; /* s, planned, with the pauses so far; 0 where time does not end it */
  gint64 users;
  double rate;     /* requests completed in the last second */
  gint64 requests;
  gint64 failed;
  gint64 iterations;         /* done, those of the warm-up included */
  gint64 planned_iterations; /* that end the run; 0 where they do not */
};

/* Who runs it, so that another process can tell a crash from a run that lives. */
struct _LfRunOwner
{
  LfRecord record;
  char *host;
  gint64 pid;
  char *start;      /* boot id and start time of the process, as /proc tells them */
  gint64 heartbeat; /* ms since 1970 */
};

struct _LfRun
{
  LfRecord record;
  char *schema;
  char *id;
  char *spec_id;
  char *spec_name;
  gint64 spec_revision;
  char *name;
  char *notes;
  gboolean baseline;
  LfRunStatus status;
  LfVerdict verdict;
  gint64 started_at, ended_at; /* ms since 1970 */
  char *host;
  char *tool_version;
  LfRunOwner *owner;
  LfRunProgress *progress;
  JsonNode *spec;     /* what it runs, without secrets, so that a lost run can be summed up; NULL once the summary has it */
  LfSummary *summary; /* NULL until it ended */
};

gboolean lf_run_is_active (const LfRun *self); /* pending, running, paused or stopping */
