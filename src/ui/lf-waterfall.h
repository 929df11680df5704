#pragma once

#include "lf-trial.h"

#include <gtk/gtk.h>

/*
 * Where the time of one request went: a bar for each phase that happened, one behind the other. Its accessible
 * label tells the same in words.
 */
#define LF_TYPE_WATERFALL (lf_waterfall_get_type ())
G_DECLARE_FINAL_TYPE (LfWaterfall, lf_waterfall, LF, WATERFALL, GtkWidget)

/* Reads @trial, which is not kept. */
void lf_waterfall_set_trial (LfWaterfall *self, const LfTrial *trial);
