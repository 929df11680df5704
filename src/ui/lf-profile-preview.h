#pragma once

#include "lf-load-profile.h"

#include <gtk/gtk.h>

/*
 * Draws a load profile over time: users, or arrivals per second. Its accessible label says the same
 * in words.
 */
#define LF_TYPE_PROFILE_PREVIEW (lf_profile_preview_get_type ())
G_DECLARE_FINAL_TYPE (LfProfilePreview, lf_profile_preview, LF, PROFILE_PREVIEW, GtkWidget)

/* Copies @profile; NULL draws nothing. */
void        lf_profile_preview_set_profile (LfProfilePreview *self, const LfLoadProfile *profile);
