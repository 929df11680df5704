#pragma once

#include "lf-load-profile.h"

#include <gtk/gtk.h>

/*
 * The stages of a load in numbers: edited, added, removed, and moved by Alt+Up and Alt+Down. Hidden where the
 * profile has none.
 *
 * Signals: "edited" (guint edit): the profile is another now, as of LfRamp.
 */
#define LF_TYPE_STAGE_LIST (lf_stage_list_get_type ())
G_DECLARE_FINAL_TYPE (LfStageList, lf_stage_list, LF, STAGE_LIST, GtkBox)

/* Copies @profile; NULL shows nothing. */
void                 lf_stage_list_set_profile    (LfStageList *self, const LfLoadProfile *profile);
const LfLoadProfile *lf_stage_list_get_profile    (LfStageList *self); /* (transfer none) (nullable) */
void                 lf_stage_list_clear_messages (LfStageList *self);
/* @field: below /loadProfile/stages, as "/0/target". FALSE where no row shows it. */
gboolean             lf_stage_list_set_message    (LfStageList *self, const char *field, const char *message);
