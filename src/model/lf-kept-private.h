#pragma once

#include <glib.h>

/*
 * What the parts of a run write into records, each as a format: %d stands for a number as it was written
 * ("20", "0.25"), %s for anything else. The first that fits is taken, so the narrow stand before the wide.
 */
extern const char *const _lf_kept_templates[]; /* N_(); NULL ends it */
extern const char *const _lf_kept_parts[];     /* what stands only within them */
