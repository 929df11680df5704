#pragma once

#include "lf-demo.h"
#include "lf-spec-library.h"

#include <adwaita.h>

/*
 * The main window: the list of specs and, above it, the editor of one or its history.
 *
 * Actions: win.new-spec, win.edit-spec (s), win.run-spec (s), win.open-run (s), win.open-file,
 * win.demo, win.retry (emits "retry"), win.search, win.back, win.save, win.run, win.spec-history (s).
 * Signals: "retry" ().
 */
#define LF_TYPE_WINDOW (lf_window_get_type ())
G_DECLARE_FINAL_TYPE (LfWindow, lf_window, LF, WINDOW, AdwApplicationWindow)

LfWindow  *lf_window_new         (GtkApplication *application, LfDemo *demo);
void       lf_window_set_library (LfWindow *self, LfSpecLibrary *library); /* NULL while none is open */
void       lf_window_set_error   (LfWindow *self, const GError *error);    /* why none is open */
void       lf_window_set_waiting (LfWindow *self, const char *store);      /* which is being opened; or NULL */
/* A loadforge: address or a spec file; waits until a library is there. */
void       lf_window_open        (LfWindow *self, GFile *file);
/* Closes it after the questions that are due, and then the application's other windows. */
void       lf_window_quit        (LfWindow *self);
/* Shows @message for some seconds. */
void       lf_window_tell        (LfWindow *self, const char *message);
/* Makes final what Undo was offered for: before its library goes. */
void       lf_window_flush       (LfWindow *self);
/* What stands against taking its library away now, in words; NULL: nothing. */
const char *lf_window_get_obstacle (LfWindow *self);
