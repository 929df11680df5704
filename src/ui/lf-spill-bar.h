#pragma once

#include "lf-spill.h"

#include <gtk/gtk.h>

/*
 * Says that runs wait on this computer, as their store was away, and uploads them into the store that is
 * open. Hidden while none wait.
 *
 * Signals: "uploaded" (guint n): so many runs are in the store now.
 */
#define LF_TYPE_SPILL_BAR (lf_spill_bar_get_type ())
G_DECLARE_FINAL_TYPE (LfSpillBar, lf_spill_bar, LF, SPILL_BAR, GtkWidget)

void lf_spill_bar_set_spill (LfSpillBar *self, LfSpill *spill, LfStore *store); /* both or neither */
