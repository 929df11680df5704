#pragma once

#include "lf-store.h"

#include <adwaita.h>

/*
 * A dialog in which one of the runs of a store is chosen, by when it was and how it went: those of one spec
 * first, then all others, each newest first. Runs that have not ended are left out. It closes with the choice.
 *
 * Signals: "chosen" (const char *id).
 */
#define LF_TYPE_RUN_CHOOSER (lf_run_chooser_get_type ())
G_DECLARE_FINAL_TYPE (LfRunChooser, lf_run_chooser, LF, RUN_CHOOSER, AdwWindow)

/* Reads the runs at once. @spec_id: whose runs come first, or NULL; @without: the id of a run that is not offered. */
LfRunChooser *lf_run_chooser_new (LfStore *store, const char *spec_id, const char *without);
