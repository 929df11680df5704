#pragma once

#include "lf-store.h"

#include <adwaita.h>

/*
 * A popover with the past runs of a spec, newest first, read from the store whenever it opens. The
 * run that is chosen goes to the action win.open-run with its id; app.spec-history
 * shows them all.
 */
#define LF_TYPE_PAST_RUNS (lf_past_runs_get_type ())
G_DECLARE_FINAL_TYPE (LfPastRuns, lf_past_runs, LF, PAST_RUNS, GtkPopover)

void lf_past_runs_set_spec (LfPastRuns *self, LfStore *store, const char *spec_id);
