#pragma once

#include "lf-run.h"

/* A run's state and outcome in words, translated. */
const char *lf_run_words_status  (LfRunStatus status);
const char *lf_run_words_verdict (LfVerdict verdict);
/* Of status and verdict together: "Running", "Passed", "Interrupted". */
const char *lf_run_words_outcome (const LfRun *run);
/* Name of a symbolic icon, and the style class of its colour, for the same. */
const char *lf_run_words_icon    (const LfRun *run);
const char *lf_run_words_style   (const LfRun *run);
/* Why it ended as it did: reasons of the generator, the most frequent errors. One sentence a line.
 * (transfer full); "" while it is active. */
char       *lf_run_words_explain (const LfRun *run) G_GNUC_WARN_UNUSED_RESULT;
