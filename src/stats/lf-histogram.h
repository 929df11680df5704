#pragma once

#include <glib.h>

/*
 * A log-linear histogram of microseconds from 1 us to 1 h with 3 significant digits, laid out as
 * HdrHistogram's (http://hdrhistogram.org), so that its libraries read what is encoded here.
 *
 * One thread at a time. lf_histogram_record() neither allocates nor locks. Pages that were never
 * touched cost no memory.
 */
typedef struct _LfHistogram LfHistogram;

#define LF_HISTOGRAM_LOWEST 1
#define LF_HISTOGRAM_HIGHEST G_GINT64_CONSTANT (3600000000)
#define LF_HISTOGRAM_DIGITS 3

LfHistogram *lf_histogram_new        (void) G_GNUC_WARN_UNUSED_RESULT;
void         lf_histogram_free       (LfHistogram *self);
void         lf_histogram_reset      (LfHistogram *self);
void         lf_histogram_record     (LfHistogram *self, gint64 us); /* clamped to 0...highest */
void         lf_histogram_record_n   (LfHistogram *self, gint64 us, guint64 n);
void         lf_histogram_add        (LfHistogram *self, const LfHistogram *other);
gboolean     lf_histogram_equal      (const LfHistogram *a, const LfHistogram *b);

guint64      lf_histogram_get_count  (const LfHistogram *self);
gint64       lf_histogram_get_min    (const LfHistogram *self); /* us, as recorded; 0 where empty */
gint64       lf_histogram_get_max    (const LfHistogram *self);
double       lf_histogram_get_mean   (const LfHistogram *self); /* us; of what HdrHistogram sees */
double       lf_histogram_get_stdev  (const LfHistogram *self);
/* The highest equivalent value at rank ceil (p / 100 x n), never above the max; @p in 0...100. */
gint64       lf_histogram_percentile (const LfHistogram *self, double p);

/* For drawing a distribution: calls @func for each value that occurred, ascending. */
typedef void (*LfHistogramFunc) (gint64 lowest_us, gint64 highest_us, guint64 count, gpointer user_data);
void         lf_histogram_foreach    (const LfHistogram *self, LfHistogramFunc func, gpointer user_data);

/* HdrHistogram V2, compressed, base64: "HISTFAAA...". Decoding checks every length and refuses
 * what is not one, NULL and LF_ERROR_CORRUPT. */
char        *lf_histogram_encode     (const LfHistogram *self) G_GNUC_WARN_UNUSED_RESULT;
LfHistogram *lf_histogram_decode     (const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LfHistogram, lf_histogram_free)
