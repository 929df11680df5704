#pragma once

#include "lf-store.h"

#include <adwaita.h>

/*
 * A dialog for what a person says of a run: its name, notes, and whether it is the baseline of its spec, of which
 * there is one. What could not be saved stays in the dialog.
 *
 * Signals: "saved" (LfRun *): what the store now holds.
 */
#define LF_TYPE_RUN_DETAILS (lf_run_details_get_type ())
G_DECLARE_FINAL_TYPE (LfRunDetails, lf_run_details, LF, RUN_DETAILS, AdwWindow)

/* Reads the run at once; it has ended. */
LfRunDetails *lf_run_details_new (LfStore *store, const char *run_id);
