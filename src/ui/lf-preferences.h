#pragma once

#include "lf-password-keeper.h"
#include "lf-remote-access.h"

#include "lf-spec-library.h"

#include <adwaita.h>

/*
 * Where runs are kept, how much of the machine they may take, what new specs begin with, who may
 * look in from elsewhere, and whether a run that ends is told. Everything takes effect at once, but another store: that one is
 * used from the next start on, or when it is asked for.
 *
 * Signals: "switch-store" (): the chosen store is to be used now.
 */
#define LF_TYPE_PREFERENCES (lf_preferences_get_type ())
G_DECLARE_FINAL_TYPE (LfPreferences, lf_preferences, LF, PREFERENCES, AdwPreferencesWindow)

GtkWidget *lf_preferences_new (GSettings *settings, LfPasswordKeeper *keeper, LfRemoteAccess *remote);
/* @store: in use, or NULL. @option: the --store that goes before what is chosen here, or NULL. */
void       lf_preferences_set_store (LfPreferences *self, LfStore *store, const char *option);
/* Of that store: it stays open until what was told here is done. */
void       lf_preferences_set_library (LfPreferences *self, LfSpecLibrary *library);
/* Why something that was asked for cannot be done now. */
void       lf_preferences_tell      (LfPreferences *self, const char *message);
