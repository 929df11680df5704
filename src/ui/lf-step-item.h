#pragma once

#include "lf-summary.h"

#include <glib-object.h>

/*
 * What a run came to in one step, as an item of a list.
 */
#define LF_TYPE_STEP_ITEM (lf_step_item_get_type ())
G_DECLARE_FINAL_TYPE (LfStepItem, lf_step_item, LF, STEP_ITEM, GObject)

/* @number: its place in the spec, from 0. Copies @step. */
LfStepItem              *lf_step_item_new          (const LfSummaryStep *step, guint number) G_GNUC_WARN_UNUSED_RESULT;
guint                    lf_step_item_get_number   (LfStepItem *self);
/* As the spec calls it, else by its number; translated. */
const char              *lf_step_item_get_name     (LfStepItem *self);
/* "POST http://…"; "" where that is not known. */
const char              *lf_step_item_get_request  (LfStepItem *self);
/* What sends it: "sent by libcurl", translated; NULL where that is not known. */
const char              *lf_step_item_get_sender   (LfStepItem *self);
/* All 0 where nothing was counted. */
const LfSummaryRequests *lf_step_item_get_requests (LfStepItem *self);
const LfSummaryData     *lf_step_item_get_data     (LfStepItem *self);
/* Response times in ms; NULL where no answer was measured. */
const LfLatency         *lf_step_item_get_latency  (LfStepItem *self);
