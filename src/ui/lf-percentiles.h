#pragma once

#include <glib.h>

/*
 * A distribution of latencies as it is read by percentile. A percentile p stands at position
 * -log10 (1 - p / 100), as in HdrHistogram's plots (http://hdrhistogram.org): 0 % at 0, 90 % at 1, 99 % at 2,
 * 99.9 % at 3, so that the tail has the room that it deserves.
 *
 * Does not change once it is made; any thread.
 */
typedef struct _LfPercentiles LfPercentiles;

/* @histogram: as lf_histogram_encode() writes it. @highest: ms, that no value is above: the encoded form does not keep it
 * exactly; 0 where it is not known. NULL and LF_ERROR_CORRUPT for what is no histogram. */
LfPercentiles *lf_percentiles_new       (const char *histogram, double highest, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void           lf_percentiles_free      (LfPercentiles *self);
guint64        lf_percentiles_get_count (const LfPercentiles *self);
/* Where only the highest value is left: half a request is above. More is not known of so few. 0 for none. */
double         lf_percentiles_get_end   (const LfPercentiles *self);
/* ms; at the end and past it the highest. NAN where nothing was measured. */
double         lf_percentiles_get_value (const LfPercentiles *self, double position);

double         lf_percentiles_position  (double percent); /* 0 to below 100 */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LfPercentiles, lf_percentiles_free)
