#pragma once

#include "lf-run.h"

/* Where a run stands, more exactly than lf_words_outcome(): "Starting", "Stopping", "Passed".
 * (transfer none), translated. */
const char *lf_run_words_state   (const LfRun *run);
/* Why it ended as it did: reasons of the generator, the most frequent errors. One sentence a line.
 * (transfer full); "" while it is active. */
char       *lf_run_words_explain (const LfRun *run) G_GNUC_WARN_UNUSED_RESULT;
