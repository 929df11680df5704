#pragma once

#include "lf-run.h"
#include "lf-sample.h"
#include "lf-spec.h"

/*
 * Records as the remote endpoint tells them: without secrets, and without what is nobody's business. (transfer full)
 */
JsonNode *lf_answer_spec      (const LfSpec *spec) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *lf_answer_run       (const LfRun *run) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *lf_answer_run_brief (const LfRun *run) G_GNUC_WARN_UNUSED_RESULT;   /* for lists: no spec, steps, histograms */
JsonNode *lf_answer_summary   (const LfSummary *summary) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *lf_answer_sample    (const LfSample *sample) G_GNUC_WARN_UNUSED_RESULT; /* without histograms */
/* {"items": […], "next": cursor or null}; takes the nodes, which free @items. */
JsonNode *lf_answer_page      (GPtrArray *items, const char *next) G_GNUC_WARN_UNUSED_RESULT;
