#pragma once

#include "lf-window-private.h"

/* What the tests of the main window share: a store of their own, and the window that shows it once the library is open. */
typedef struct
{
  LfWorkspace *workspace;
  LfStore *store;
  LfDemo *demo;
  LfSpecLibrary *library;
  LfWindow *window; /* set it to NULL where it was closed */
} LfTestWindow;

void         lf_test_window_set_up         (LfTestWindow *fixture, gconstpointer data);
void         lf_test_window_tear_down      (LfTestWindow *fixture, gconstpointer data);
void         lf_test_window_open_library   (LfTestWindow *fixture);
LfWorkspace *lf_test_window_open_workspace (const char *uri, GError **error);
GListModel  *lf_test_window_items          (LfTestWindow *fixture); /* of the library */
gboolean     lf_test_window_shows          (LfTestWindow *fixture, const char *text); /* in a label or a cell */
void         lf_test_window_activate       (LfTestWindow *fixture, const char *action, const char *id);
/* Of the page with the list, without a parameter. */
void         lf_test_window_command        (LfTestWindow *fixture, const char *action);
/* Selects the specs with these ids and no others. @ids ends with NULL. */
void         lf_test_window_select         (LfTestWindow *fixture, ...) G_GNUC_NULL_TERMINATED;
/* Waits for the dialog @heading and presses its button @response. */
AdwMessageDialog *lf_test_window_find_dialog (void); /* NULL while there is none */
void         lf_test_window_answer         (const char *heading, const char *response);
void         lf_test_window_press_undo     (LfTestWindow *fixture);
void         lf_test_window_flush          (LfTestWindow *fixture); /* what was deleted */
void         lf_test_window_shoot          (LfTestWindow *fixture, const char *page, gboolean dark, int width);
void         lf_test_window_save_run       (LfTestWindow *fixture, const LfSpec *spec, LfVerdict verdict, gint64 minutes_ago, double p95);
