#pragma once

#include "lf-record.h"

LF_DECLARE_RECORD (LfStage, lf_stage)
LF_DECLARE_RECORD (LfObjective, lf_objective)
LF_DECLARE_RECORD (LfLoadProfile, lf_load_profile)

typedef enum
{
  LF_EXECUTOR_NONE, /* absent: the short form {rampUp, users, steady, rampDown} */
  LF_EXECUTOR_CONSTANT_VUS,
  LF_EXECUTOR_RAMPING_VUS,
  LF_EXECUTOR_SHARED_ITERATIONS,
  LF_EXECUTOR_PER_VU_ITERATIONS,
  LF_EXECUTOR_CONSTANT_ARRIVAL_RATE,
  LF_EXECUTOR_RAMPING_ARRIVAL_RATE,
  LF_EXECUTOR_MANUAL,
  LF_EXECUTOR_CAPACITY_SEARCH,
} LfExecutor; /* words as in k6: "" "constant-vus" "ramping-vus"... */

typedef enum
{
  LF_ARRIVAL_UNIFORM,
  LF_ARRIVAL_POISSON,
} LfArrival;

struct _LfStage
{
  LfRecord record;
  double duration; /* s, from the previous target to this one in a straight line */
  double target;   /* users, or arrivals per time unit */
};

struct _LfObjective
{
  LfRecord record;
  double p95_ms;        /* 0: no limit */
  double max_fail_rate; /* 0 to 1; 0.01 where absent */
};

struct _LfLoadProfile
{
  LfRecord record;
  LfExecutor executor;
  double ramp_up; /* short form: s */
  gint64 users;   /* short form */
  double steady;  /* short form: s */
  double ramp_down;
  gint64 vus;
  gint64 start_vus;       /* ramping-vus, "startVUs"; 0 where absent (k6: 1) */
  double duration;        /* s; of iterations the limit (k6's maxDuration), of manual 0 for no end */
  GPtrArray *stages;      /* LfStage */
  gint64 iterations;      /* of all users, or of each */
  double rate;            /* arrivals per time unit */
  double start_rate;      /* ramping-arrival-rate, "startRate" */
  double time_unit;       /* s; 1 where absent */
  gint64 pre_allocated_vus;
  gint64 max_vus;         /* 0: pre_allocated_vus; manual users: what they may be raised to, 0 for any number */
  LfArrival arrival;
  double start;           /* capacity-search: arrivals per time unit... */
  double step;
  double hold;            /* s */
  double max;
  LfObjective *objective;
};

/* The executor that runs: the short form is a ramping-vus. */
LfExecutor lf_load_profile_get_executor  (const LfLoadProfile *self);
/* TRUE where the y axis is arrivals per second, FALSE where it is users. */
gboolean   lf_load_profile_is_rate       (const LfLoadProfile *self);
/* TRUE where the load is set while it runs, by somebody (manual) or by what it finds (capacity-search). */
gboolean   lf_load_profile_is_directed   (const LfLoadProfile *self);
/* Iterations of all users together after which it ends; 0 where time ends it. */
gint64     lf_load_profile_get_iterations (const LfLoadProfile *self);
/* Planned length in seconds without the graceful stop; 0 where it has no planned end. */
double     lf_load_profile_get_duration  (const LfLoadProfile *self);
/* Seconds after which nothing new begins, though iterations be left; 0 where there is no limit.
 * Source: 10 minutes for iterations is k6's maxDuration. */
double     lf_load_profile_get_limit     (const LfLoadProfile *self);
/* The most users it may use at once. */
gint64     lf_load_profile_get_max_users (const LfLoadProfile *self);
/* Planned users, or arrivals per second, at @t seconds: for drawing; between stages in straight lines. */
double     lf_load_profile_get_target_at (const LfLoadProfile *self, double t);
/* All stages as {duration, target} in users or arrivals per second, whatever the executor; the
 * first starts at *start. (transfer full) (element-type LfStage) */
GPtrArray *lf_load_profile_get_stages    (const LfLoadProfile *self, double *start) G_GNUC_WARN_UNUSED_RESULT;
/* The stages as they are drawn: where the length is not planned (lf_load_profile_get_duration() is
 * 0), a shape without a scale of time. (transfer full) (element-type LfStage) */
GPtrArray *lf_load_profile_get_outline   (const LfLoadProfile *self, double *start) G_GNUC_WARN_UNUSED_RESULT;
