#pragma once

#include "lf-sample.h"

/*
 * All samples of a run, in the order in which they were added; more are only ever added. Each is exactly the record that
 * was added, and takes some eighty bytes of memory: packed (lf-sample-pack.h), with its histograms on a shelf.
 *
 * Any thread reads; one at a time adds. Counts its references.
 */
typedef struct _LfSamples LfSamples;

LfSamples          *lf_samples_new            (void) G_GNUC_WARN_UNUSED_RESULT;
/* Those in @samples: (transfer full) (element-type LfSample), which are freed one by one as they are taken. */
LfSamples          *lf_samples_new_of         (GPtrArray *samples) G_GNUC_WARN_UNUSED_RESULT;
LfSamples          *lf_samples_ref            (LfSamples *self);
void                lf_samples_unref          (LfSamples *self);

void                lf_samples_add            (LfSamples *self, const LfSample *sample);
guint               lf_samples_get_n          (LfSamples *self);

/* Of the @n-th, from 0; there is one. */
gint64              lf_samples_get_step       (LfSamples *self, guint n);
/* Fills @sample, one that was made before, but for its histograms: for loops over many. */
void                lf_samples_read           (LfSamples *self, guint n, LfSample *sample);
LfSample           *lf_samples_get            (LfSamples *self, guint n) G_GNUC_WARN_UNUSED_RESULT; /* with its histograms */
LfSampleHistograms *lf_samples_get_histograms (LfSamples *self, guint n) G_GNUC_WARN_UNUSED_RESULT; /* NULL where it has none, or they cannot be read any more */
/* From the @first up to before @end, with their histograms. (transfer full) (element-type LfSample) */
GPtrArray          *lf_samples_get_range      (LfSamples *self, guint first, guint end) G_GNUC_WARN_UNUSED_RESULT;
/* Bytes of memory that it holds. */
gsize               lf_samples_get_size       (LfSamples *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LfSamples, lf_samples_unref)
