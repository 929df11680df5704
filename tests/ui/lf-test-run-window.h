#pragma once

#include "lf-target.h"
#include "lf-workspace.h"

#include <gtk/gtk.h>

/* What the tests of run windows share: a store in a folder of its own, a target that answers after
 * 20 ms, and the window of one run. */
typedef struct
{
  char *folder;
  LfWorkspace *workspace;
  LfTarget *target;
  LfActiveRun *active;
  GtkWidget *window;
} LfTestRunWindow;

void          lf_test_run_window_set_up    (LfTestRunWindow *fixture, gconstpointer data);
/* Ends what still runs. */
void          lf_test_run_window_tear_down (LfTestRunWindow *fixture, gconstpointer data);
/* Saves a spec and starts it, and opens its window. @head_start: ms before its first request. */
void          lf_test_run_window_start     (LfTestRunWindow *fixture, const char *url, double seconds, guint head_start);
/* Keeps a run of a minute under @id. (transfer full) */
LfRun        *lf_test_run_window_keep      (LfTestRunWindow *fixture, const char *id, LfRunStatus status, LfVerdict verdict);
/* Opens the window of a run that is kept. */
void          lf_test_run_window_open      (LfTestRunWindow *fixture, const LfRun *run);
/* A run is active until its record and its last samples are in the store. */
void          lf_test_run_window_wait_kept (LfTestRunWindow *fixture);
/* Closes the window and waits until it is gone. */
void          lf_test_run_window_destroy   (LfTestRunWindow *fixture);
gboolean      lf_test_run_window_shows     (LfTestRunWindow *fixture, const char *text);
void          lf_test_run_window_act       (LfTestRunWindow *fixture, const char *action);

gboolean      lf_test_has_ended            (LfActiveRun *active); /* also NULL has */
/* Whether some label holds @part. */
gboolean      lf_test_tells                (GtkWidget *root, const char *part);

/* For any _async function: @user_data is a GAsyncResult *, NULL at first. */
void          lf_test_result_cb            (GObject *source, GAsyncResult *result, gpointer user_data);
GAsyncResult *lf_test_wait_for             (GAsyncResult **result);
