#pragma once

#include "lf-run-manager.h"

#include <gtk/gtk.h>

/*
 * A button with the number of runs that go on; its popover lists them with the time that each has taken,
 * and stops or shows them (win.open-run). Hidden while there are none.
 */
#define LF_TYPE_LIVE_RUNS (lf_live_runs_get_type ())
G_DECLARE_FINAL_TYPE (LfLiveRuns, lf_live_runs, LF, LIVE_RUNS, GtkWidget)

void lf_live_runs_set_runs (LfLiveRuns *self, LfRunManager *runs); /* or NULL */
