#pragma once

#include "lf-run-manager.h"

/*
 * Carries one run from start to end in the terminal: SIGINT, SIGTERM and SIGHUP stop it gracefully,
 * a second one at once. Takes these signals from when it is made until they are released.
 */
typedef struct _LfRunSession LfRunSession;

LfRunSession *lf_run_session_new             (gboolean quiet) G_GNUC_WARN_UNUSED_RESULT;
void          lf_run_session_free            (LfRunSession *self);
/* Cancelled by a signal that comes before the run has begun. */
GCancellable *lf_run_session_get_cancellable (LfRunSession *self);
/* Runs @spec and returns when it has ended and is kept: (transfer full), or NULL where it could not
 * begin. */
LfActiveRun  *lf_run_session_run             (LfRunSession *self, LfRunManager *runs, const LfSpec *spec, const LfRunOptions *options, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The run is over and told of: from here on a signal ends the program, which may wait for who reads its results. */
void          lf_run_session_release_signals (LfRunSession *self);
/* Whether nothing of the run is lost; it may be in the spill. */
gboolean      lf_run_session_is_kept         (LfRunSession *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LfRunSession, lf_run_session_free)
