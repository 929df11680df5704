#pragma once

#include "lf-load-profile.h"

/*
 * The load of a named kind of test, to begin from: "smoke", "average", "stress", "soak", "spike" or "breakpoint".
 * Sources of the shapes and sizes: the test types of k6's documentation. (transfer full), NULL for no such.
 */
LfLoadProfile *lf_load_preset_new_profile (const char *id) G_GNUC_WARN_UNUSED_RESULT;
