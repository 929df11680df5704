#pragma once

#include "lf-load.h"

/* A load under test, with copies of all that it told. */
typedef struct
{
  LfLoad *load;
  GPtrArray *totals; /* LfSample of step -1, in order */
  GPtrArray *steps;  /* the other samples */
  GPtrArray *lines;  /* LfLogLine */
  guint finished;    /* times that the signal came */
} LfTestLoad;

/* A spec of one GET of @url under @profile (JSON), with a graceful stop of 10 s. */
char       *lf_test_spec            (const char *url, const char *profile) G_GNUC_WARN_UNUSED_RESULT;
/* Some suites are run once for each transport. The environment's LF_TEST_TRANSPORT says how @spec is
 * sent: "curl", by libcurl; "lean-tls", by the lean transport also over TLS, that is by HTTP/1.1. */
void        lf_test_choose_transport (LfSpec *spec);
/* @workers: 0 for as many as the plan finds useful. Must succeed. */
LfPlan     *lf_test_plan            (const char *spec, guint workers) G_GNUC_WARN_UNUSED_RESULT;
LfTestLoad *lf_test_load_start      (LfPlan *plan) G_GNUC_WARN_UNUSED_RESULT;
/* lf_test_spec(), lf_test_plan() and lf_test_load_start() in one. */
LfTestLoad *lf_test_load_start_spec (const char *url, const char *profile, guint workers) G_GNUC_WARN_UNUSED_RESULT;
void        lf_test_load_free       (LfTestLoad *self);
/* Runs the main loop; a load that hangs fails the test. */
void        lf_test_load_wait       (LfTestLoad *self);
/* Runs the main loop until this many seconds of the run have passed. */
void        lf_test_load_pass       (LfTestLoad *self, double seconds);
/* Runs the main loop until so many requests have been told in samples; fails after a minute. */
void        lf_test_load_await      (LfTestLoad *self, gint64 completed);
/* Runs the main loop until a second has passed in which nothing was sent or answered. */
void        lf_test_load_await_silence (LfTestLoad *self);
gint64      lf_test_load_completed  (LfTestLoad *self);
/* The line whose message contains @text, or NULL. */
const LfLogLine *lf_test_load_find_line (LfTestLoad *self, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LfTestLoad, lf_test_load_free)
