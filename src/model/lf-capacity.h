#pragma once

#include "lf-record.h"

LF_DECLARE_RECORD (LfCapacityTry, lf_capacity_try)
LF_DECLARE_RECORD (LfCapacity, lf_capacity)

/* One hold of a capacity-search. */
struct _LfCapacityTry
{
  LfRecord record;
  double rate;           /* arrivals per second */
  double p95;            /* ms, of the response time */
  double fail_rate;      /* "failRate": failed requests and dropped arrivals, 0 to 1 */
  gboolean held;         /* the objective was met, and the answers kept up */
  gboolean confirmation; /* of a rate that had held before */
};

/* What a capacity-search found. */
struct _LfCapacity
{
  LfRecord record;
  double rate;           /* arrivals per second: the highest that held; 0 where none did */
  double p95;            /* of its last hold */
  double fail_rate;
  gboolean confirmed;    /* it held once more at the end */
  GPtrArray *tries;      /* LfCapacityTry, as they came */
};
