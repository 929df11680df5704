#pragma once

#include "lf-run-manager.h"

/*
 * Carries what the server's thread wants of runs to the main context that the run manager lives in, and brings back
 * the run as it stands then. Callbacks come in the caller's main context.
 */
typedef struct _LfRunDesk LfRunDesk;

typedef struct
{
  gboolean stop;
  gboolean pause;
  gboolean resume;
  gint64 users; /* -1: as it is */
  double rate;  /* below 0: as it is */
} LfRunChange;

/* @context: of @runs */
LfRunDesk *lf_run_desk_new           (LfRunManager *runs, GMainContext *context) G_GNUC_WARN_UNUSED_RESULT;
void       lf_run_desk_free          (LfRunDesk *self);
/* @who: name and address, for the run's log */
void       lf_run_desk_start_async   (LfRunDesk *self, const LfSpec *spec, const char *who, GAsyncReadyCallback callback, gpointer user_data);
void       lf_run_desk_change_async  (LfRunDesk *self, const char *run_id, const LfRunChange *change, const char *who, GAsyncReadyCallback callback, gpointer user_data);
/* Of both; LF_ERROR_NOT_FOUND where the run is not active here. */
LfRun     *lf_run_desk_finish        (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;
