#pragma once

#include "lf-run.h"
#include "lf-samples.h"

#include <gtk/gtk.h>

/* Made records, and the application's style for windows without an application. */
LfSample  *lf_test_make_sample  (double t, gint64 users, gint64 completed, gint64 failed, double p50);
/* @n seconds of a run that ramps up to 500 users and down again, with a peak of latency in its middle. */
GPtrArray *lf_test_make_samples (guint n);
LfSamples *lf_test_pack_samples (GPtrArray *samples);
LfRun     *lf_test_make_run     (LfRunStatus status, LfVerdict verdict, guint seconds);
/* Gives the ended @run @n steps, each of which met its errors. */
void       lf_test_add_steps    (LfRun *run, guint n);
/* {"duration", "responseTime"} of 250,000 requests whose median is @p50 (ms), and waits @wait times as long. */
JsonNode  *lf_test_make_histograms (double p50, double wait);
GPtrArray *lf_test_make_lines   (gint64 first, guint n);
void       lf_test_load_style   (void);
