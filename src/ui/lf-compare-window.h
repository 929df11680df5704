#pragma once

#include "lf-store.h"

#include <adwaita.h>

/*
 * A window that reads two runs of a store and compares them; what cannot be read is said, and can be tried again.
 */
#define LF_TYPE_COMPARE_WINDOW (lf_compare_window_get_type ())
G_DECLARE_FINAL_TYPE (LfCompareWindow, lf_compare_window, LF, COMPARE_WINDOW, AdwWindow)

/* @before: the id of the older run. Begins to read at once. */
LfCompareWindow *lf_compare_window_new (LfStore *store, const char *before, const char *after);
