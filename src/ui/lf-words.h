#pragma once

#include "lf-load-profile.h"
#include "lf-run.h"
#include "lf-spec.h"

/*
 * What the window says in words, translated. Every string is (transfer full).
 */
char *lf_words_duration (double seconds) G_GNUC_WARN_UNUSED_RESULT;             /* "2 min 5 s" */
char *lf_words_number   (double number) G_GNUC_WARN_UNUSED_RESULT;              /* "2.5", in the locale's form */
char *lf_words_ago      (gint64 time_ms, gint64 now_ms) G_GNUC_WARN_UNUSED_RESULT; /* "5 min ago"; ms since 1970 */
char *lf_words_sentence (const char *words) G_GNUC_WARN_UNUSED_RESULT;          /* with a capital letter */
/* "20 users", or "50 arrivals per second" where @profile counts those; @value as the profile counts. */
char *lf_words_level    (const LfLoadProfile *profile, double value) G_GNUC_WARN_UNUSED_RESULT;
/* The whole load: "Up to 20 users over 5 s, then 20 users for 10 s…" */
char *lf_words_profile  (const LfLoadProfile *profile) G_GNUC_WARN_UNUSED_RESULT;
/* How much it comes to: "About 300,000 requests in 50 s". NULL where that depends on the target, or on whoever steers it. */
char *lf_words_total    (const LfSpec *spec) G_GNUC_WARN_UNUSED_RESULT;
/* What an executor is called in the editor. (transfer none) */
const char *lf_words_executor (LfExecutor executor);
/* How a run ended, or that it has not: "Passed", "Interrupted", "Running"; and the icon and style
 * class that go with it. (transfer none) */
const char *lf_words_outcome (const LfRun *run);
const char *lf_words_outcome_icon (const LfRun *run);
const char *lf_words_outcome_class (const LfRun *run);
/* Makes "Passed · 500 users · 1:11" out of parts, none of which is broken where the line is. @part: (transfer full) */
void lf_words_append_part (GString *line, char *part);
