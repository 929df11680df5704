#pragma once

#include "lf-scheduler.h"

/*
 * Tells by a notification of the desktop that a run has ended whose window is not in front. A click on it
 * opens the run (app.open-run). Follows the setting notify-when-done.
 */
#define LF_TYPE_NOTIFIER (lf_notifier_get_type ())
G_DECLARE_FINAL_TYPE (LfNotifier, lf_notifier, LF, NOTIFIER, GObject)

LfNotifier *lf_notifier_new    (GApplication *application, LfRunManager *runs) G_GNUC_WARN_UNUSED_RESULT;
/* Tells, too, what @scheduler starts, and whatever the setting says, what it had to leave out. */
void        lf_notifier_follow (LfNotifier *self, LfScheduler *scheduler);
