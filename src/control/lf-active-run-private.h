#pragma once

#include "lf-active-run.h"

#include "lf-plan.h"
#include "lf-spill.h"
#include "lf-store.h"

/* @spec: as it was asked for, with its secrets; copied. @store: NULL keeps nothing. @spill: or NULL. */
LfActiveRun *_lf_active_run_new   (const LfSpec *spec, LfPlan *plan, LfStore *store, LfSpill *spill, gboolean fail_on_saturation) G_GNUC_WARN_UNUSED_RESULT;
gboolean     _lf_active_run_start (LfActiveRun *self, GError **error);
