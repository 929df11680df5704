#pragma once

#include "lf-sample.h"

/*
 * A sample in few bytes, exactly: its numbers as varints, latencies as the whole microseconds that they are. What a run
 * never makes (keys that this version does not know) is kept as the document that it was. Without the run's ID and
 * the histograms, which whoever has many samples keeps otherwise. Any thread.
 */

/* Appends @sample to @bytes. */
void   lf_sample_pack        (GByteArray *bytes, const LfSample *sample);
/* Fills @sample, one that was made before, from what stands at @at; its run_id and histograms stay as they are. */
void   lf_sample_unpack      (const guint8 *at, LfSample *sample);
/* The step of what stands at @at. */
gint64 lf_sample_unpack_step (const guint8 *at);
