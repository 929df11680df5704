#pragma once

#include "lf-fact-card.h"
#include "lf-summary.h"

/*
 * The numbers of an ended run as cards, each of one matter. All (transfer floating).
 */
LfFactCard *lf_report_cards_latency   (const LfLatencies *latencies);
LfFactCard *lf_report_cards_requests  (const LfSummary *summary);
LfFactCard *lf_report_cards_answers   (const LfSummary *summary);    /* by status code */
LfFactCard *lf_report_cards_phases    (const LfLatencies *latencies); /* those that requests had */
LfFactCard *lf_report_cards_generator (const LfSummary *summary);    /* which has one */
LfFactCard *lf_report_cards_capacity  (const LfCapacity *capacity);  /* what a capacity-search found */
LfFactCard *lf_report_cards_tries     (GPtrArray *tries);            /* LfCapacityTry */

/* Whether response times differ from durations: of users they do not. */
gboolean    lf_report_cards_are_apart (const LfLatencies *latencies);
