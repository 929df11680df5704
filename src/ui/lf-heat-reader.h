#pragma once

#include "lf-heat-map.h"
#include "lf-samples.h"

#include <gio/gio.h>

/*
 * Fills a heat map from the histograms of samples. They are decoded in a thread, a
 * piece at a time, so that hours of a stored run neither block the main loop nor let anybody wait for
 * the first columns. Used on the main thread.
 *
 * Signal: "read" (): there is more in the map.
 */
#define LF_TYPE_HEAT_READER (lf_heat_reader_get_type ())
G_DECLARE_FINAL_TYPE (LfHeatReader, lf_heat_reader, LF, HEAT_READER, GObject)

LfHeatReader    *lf_heat_reader_new     (void) G_GNUC_WARN_UNUSED_RESULT;
const LfHeatMap *lf_heat_reader_get_map (LfHeatReader *self);
/* Empties the map and reads the samples of @step (-1: the total) from the first one on. @samples: kept; NULL for
 * none. @service: service time, else response time. */
void             lf_heat_reader_start   (LfHeatReader *self, LfSamples *samples, gint64 step, gboolean service);
/* There are new samples at the end. */
void             lf_heat_reader_go_on   (LfHeatReader *self);
