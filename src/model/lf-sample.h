#pragma once

#include "lf-record.h"

LF_DECLARE_RECORD (LfSampleLatency, lf_sample_latency)
LF_DECLARE_RECORD (LfSampleHistograms, lf_sample_histograms)
LF_DECLARE_RECORD (LfSample, lf_sample)

struct _LfSampleLatency /* ms; 0 where nothing was measured */
{
  LfRecord record;
  double p50, p95, p99, max, mean;
};

struct _LfSampleHistograms /* HdrHistogram V2 compressed, of microseconds; NULL where empty */
{
  LfRecord record;
  char *duration;
  char *response_time; /* NULL: the same as duration (users profiles) */
};

/* What happened in one second, of all steps (step -1) or of one. */
struct _LfSample
{
  LfRecord record;
  char *run_id;
  double t;            /* end of the interval, s since the start of the run */
  gint64 step;         /* -1: total */
  gint64 users;        /* running at the end of it */
  gint64 users_max;
  gint64 scheduled;    /* arrivals that were due; requests started for users profiles */
  gint64 started;
  gint64 completed;
  gint64 failed;       /* of the completed */
  gint64 dropped;
  gint64 resent;
  gint64 in_flight;
  gint64 connections_opened;
  gint64 bytes_sent;
  gint64 bytes_received;
  gint64 iterations;   /* total only */
  LfCounts *status_codes; /* "200" */
  LfCounts *error_codes;  /* "1212" */
  LfSampleLatency *duration;      /* never NULL once made by stats */
  LfSampleLatency *response_time;
  LfSampleHistograms *histograms;
  gboolean warmup;     /* drawn but not counted */
};

/* As lf_latencies_get_response(), of the sample's interval. */
const LfSampleLatency *lf_sample_get_response (const LfSample *self);
