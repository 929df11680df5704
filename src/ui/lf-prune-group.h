#pragma once

#include "lf-spec-library.h"

#include <adwaita.h>

/*
 * How many old runs are to stay, and the way to delete the others: they are shown before they go, and can be taken back until
 * the group is disposed of or gets another store.
 */
#define LF_TYPE_PRUNE_GROUP (lf_prune_group_get_type ())
G_DECLARE_FINAL_TYPE (LfPruneGroup, lf_prune_group, LF, PRUNE_GROUP, AdwPreferencesGroup)

/* Keeps in @settings what is chosen here. */
void lf_prune_group_bind      (LfPruneGroup *self, GSettings *settings);
void lf_prune_group_set_store (LfPruneGroup *self, LfStore *store); /* NULL: hidden; ends what goes on */
/* Of the store: it is held until what was let go is deleted. */
void lf_prune_group_set_library (LfPruneGroup *self, LfSpecLibrary *library);
