#pragma once

#include "lf-application.h"

/*
 * The main window: the list of specs and, above it, the editor of one.
 */
#define LF_TYPE_WINDOW (lf_window_get_type ())
G_DECLARE_FINAL_TYPE (LfWindow, lf_window, LF, WINDOW, AdwApplicationWindow)

LfWindow *lf_window_new (LfApplication *application);
