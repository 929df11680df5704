#pragma once

#include "lf-level-control.h"
#include "lf-past-runs.h"
#include "lf-run-view.h"
#include "lf-run-window.h"

struct _LfRunWindow
{
  AdwWindow parent_instance;

  AdwToastOverlay *toasts;
  AdwWindowTitle *heading;
  GtkWidget *stop_button;
  GtkLabel *stop_label;
  GtkButton *pause_button;
  GtkWidget *again_button;
  LfLevelControl *level;
  GtkStack *stack;
  LfRunView *view;
  AdwStatusPage *error_page;
  LfPastRuns *past_runs;
  GtkWidget *past_runs_button;

  LfWorkspace *workspace;
  LfDemo *demo;          /* or NULL */
  LfActiveRun *active;   /* the run that it shows, if that began in this process; else NULL */
  gboolean live;         /* @active is not at its end */
  LfRun *run;            /* the run that it shows, where @active is NULL */
  LfSamples *samples;    /* of @run, once they are read */
  GCancellable *loading; /* of the reading of @run */
  gint64 last_seq;       /* of the messages of @run that were read */
  guint look_id;         /* what @run has added is read then */
  gboolean closing;      /* the question was answered */
  guint guard_id;        /* of the moment in which Stop does nothing */
  GtkFileChooserNative *chooser;
};

const LfRun *_lf_run_window_get_run      (LfRunWindow *self); /* as it stands; NULL before the first */
LfSamples   *_lf_run_window_get_samples  (LfRunWindow *self); /* (transfer none), NULL while they are read */
void         _lf_run_window_show_active  (LfRunWindow *self, LfActiveRun *active);
void         _lf_run_window_toast        (LfRunWindow *self, const char *text);
void         _lf_run_window_update       (LfRunWindow *self); /* what follows from the record as it stands */
/* Asks where to save; @chosen handles the "response" of self->chooser, and clears it. */
void         _lf_run_window_choose_file  (LfRunWindow *self, const char *title, const char *accept, const char *name, GCallback chosen);

/* lf-run-window-actions.c: what the buttons do. */
void         _lf_run_window_actions_init (GtkWidgetClass *widget_class);
/* Whether it may close now; asks where it is live. */
gboolean     _lf_run_window_may_close    (LfRunWindow *self);

/* lf-run-window-follow.c: a run that another process makes. Reads what it adds to the store, until its end. */
void         _lf_run_window_follow       (LfRunWindow *self);
void         _lf_run_window_take_logs    (LfRunWindow *self, GPtrArray *lines);

/* lf-run-window-compare.c: other windows that an ended run opens. Holds the run against the baseline of its spec, else the run before it. */
void         _lf_run_window_compare      (GtkWidget *widget, const char *action, GVariant *parameter);
/* Against any other run, which is chosen first. */
void         _lf_run_window_compare_with (GtkWidget *widget, const char *action, GVariant *parameter);
void         _lf_run_window_details      (GtkWidget *widget, const char *action, GVariant *parameter); /* its name and notes */

/* lf-run-window-charts.c: parameter (ss): which chart, as lf_run_charts_get_charts() names it, and "png" or "svg". */
void         _lf_run_window_save_charts  (GtkWidget *widget, const char *action, GVariant *parameter);

/* lf-run-window-log.c */
void         _lf_run_window_save_log     (GtkWidget *widget, const char *action, GVariant *parameter); /* the lines that the console shows */

/* lf-run-window-save.c: a file that something of the run is written into. */
typedef struct _LfRunSaving LfRunSaving;
/* Keeps the window until the end, and the application, which may have lost its last window by then. */
LfRunSaving *_lf_run_window_begin_saving (LfRunWindow *self, GFile *file) G_GNUC_WARN_UNUSED_RESULT;
/* Tells how it went: @error, or NULL where the file is whole. Frees @saving. */
void         _lf_run_window_end_saving   (LfRunSaving *saving, const GError *error);
