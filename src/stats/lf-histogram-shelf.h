#pragma once

#include "lf-sample.h"

/*
 * Where the histograms of a run's samples lie while the run is open: nine tenths of what a sample takes, and needed
 * only to draw a heat map anew and to export. They go into a file of their own without a name, which is gone
 * with the shelf however that ends; where no file can be made or written, they stay in memory.
 *
 * Any thread reads; one at a time puts.
 */
typedef struct _LfHistogramShelf LfHistogramShelf;

LfHistogramShelf   *lf_histogram_shelf_new      (void) G_GNUC_WARN_UNUSED_RESULT;
void                lf_histogram_shelf_free     (LfHistogramShelf *self);
/* Those of the next sample; NULL: it has none. */
void                lf_histogram_shelf_put      (LfHistogramShelf *self, const LfSampleHistograms *texts);
/* Those of the sample that was put as the @n-th, from 0. (transfer full); NULL where it had none, or they
 * cannot be read any more. */
LfSampleHistograms *lf_histogram_shelf_get      (LfHistogramShelf *self, guint n) G_GNUC_WARN_UNUSED_RESULT;
/* Bytes of memory that it holds, of which the file is none. */
gsize               lf_histogram_shelf_get_size (LfHistogramShelf *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LfHistogramShelf, lf_histogram_shelf_free)
