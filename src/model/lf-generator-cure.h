#pragma once

#include "lf-summary.h"

/* What a person can do about a generator that was at its limit: sentences, one for each kind of reason, translated.
 * Returns: (transfer full) (nullable): NULL where it was not. Safe in any thread. */
char *lf_generator_cure (const LfSummaryGenerator *generator) G_GNUC_WARN_UNUSED_RESULT;
