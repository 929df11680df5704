#pragma once

#include "lf-load-health.h"
#include "lf-log-line.h"
#include "lf-plan.h"
#include "lf-sample.h"

/*
 * Log lines of a run, made in the main loop from what the workers counted: an error costs a worker
 * one counter, and equal ones of a second are one line with a count.
 */
G_GNUC_PRINTF (5, 6)
void lf_load_log_add      (GPtrArray *lines, LfLogLevel level, LfLogClass log_class, gint64 step, const char *format, ...);
/* One line for the second, and one for each kind of error in each step. */
void lf_load_log_samples  (GPtrArray *lines, const LfPlan *plan, GPtrArray *samples);
void lf_load_log_start    (GPtrArray *lines, const LfPlan *plan);
/* Whether the plan is one of stages, which are told as they begin. */
gboolean lf_load_log_has_stages (const LfPlan *plan);
/* A line for each. */
void lf_load_log_health   (GPtrArray *lines, LfLoadHealthReasons reasons);
void lf_load_log_stage    (GPtrArray *lines, const LfPlan *plan, guint stage);
