#pragma once

#include "lf-spec.h"

#include <gtk/gtk.h>

/*
 * When a spec runs by itself: a switch, and while that is on an expression (by a preset or by hand), its time zone,
 * what it means in words and the next five times. Switched off again, the schedule of a spec that had none leaves no
 * trace in the document.
 *
 * Signals: "changed" ().
 */
#define LF_TYPE_SCHEDULE_EDITOR (lf_schedule_editor_get_type ())
G_DECLARE_FINAL_TYPE (LfScheduleEditor, lf_schedule_editor, LF, SCHEDULE_EDITOR, GtkBox)

/* @spec belongs to the caller, is edited in place and outlives the call with another one or NULL. */
void     lf_schedule_editor_set_spec       (LfScheduleEditor *self, LfSpec *spec);
void     lf_schedule_editor_clear_messages (LfScheduleEditor *self);
/* @field: below /schedule, as "/cron". FALSE where no control shows it. */
gboolean lf_schedule_editor_set_message    (LfScheduleEditor *self, const char *field, const char *message);
