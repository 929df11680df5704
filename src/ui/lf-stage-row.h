#pragma once

#include "lf-load-profile.h"

#include <gtk/gtk.h>

/*
 * One stage of a load in numbers: how long it takes, and where it leads.
 *
 * Signals: "edited" (gboolean of_target): another number stands there; "remove" (); "move" (int by):
 * it is to go up (-1) or down (1).
 */
#define LF_TYPE_STAGE_ROW (lf_stage_row_get_type ())
G_DECLARE_FINAL_TYPE (LfStageRow, lf_stage_row, LF, STAGE_ROW, GtkBox)

LfStageRow *lf_stage_row_new          (gboolean whole) G_GNUC_WARN_UNUSED_RESULT; /* @whole: its target is users; (transfer floating) */
void        lf_stage_row_show         (LfStageRow *self, guint n, const LfStage *stage); /* as stage @n, from 0 */
double      lf_stage_row_get_duration (LfStageRow *self); /* s */
double      lf_stage_row_get_target   (LfStageRow *self);
/* Of one of its numbers; NULL: neither has any more. */
void        lf_stage_row_set_message  (LfStageRow *self, gboolean of_target, const char *message);
