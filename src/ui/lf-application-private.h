#pragma once

#include "lf-application.h"
#include "lf-demo.h"
#include "lf-notifier.h"
#include "lf-password-keeper.h"
#include "lf-remote-access.h"
#include "lf-scheduler.h"
#include "lf-spec-library.h"
#include "lf-window.h"

struct _LfApplication
{
  AdwApplication parent_instance;
  LfWorkspace *workspace;
  LfSpecLibrary *library;
  GError *error; /* why there is no workspace */
  LfDemo *demo;
  char *store_uri;     /* --store */
  GSettings *settings; /* or NULL */
  LfPasswordKeeper *keeper;
  LfRemoteAccess *remote;
  LfNotifier *notifier;   /* or NULL */
  LfScheduler *scheduler; /* or NULL */
  GtkWidget *preferences; /* or NULL */
  gboolean opening;
  gboolean closing;
  gboolean lingering; /* no window is left, but a run */
};

/* lf-application-store.c: the store, from its opening to its end. */
LfWindow *_lf_application_find_window     (LfApplication *self);                   /* the main window, or NULL */
void      _lf_application_show_store      (LfApplication *self, LfWindow *window); /* or why there is none */
void      _lf_application_open_store      (LfApplication *self);                   /* unless it is open */
void      _lf_application_close_store     (LfApplication *self);                   /* where a window is left, another one follows */
void      _lf_application_show_in_preferences (LfApplication *self);               /* the store, or that there is none */
/* No window is left: closes it, once no run needs it any more. */
void      _lf_application_leave_store     (LfApplication *self);
void      _lf_application_limit_scheduler (LfApplication *self);                   /* by the settings */
void      _lf_application_stop_scheduler  (LfApplication *self);
