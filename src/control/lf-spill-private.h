#pragma once

#include "lf-spill.h"

/* For tests: @store in place of a database on this computer. */
LfSpill *_lf_spill_new_for_store (LfStore *store) G_GNUC_WARN_UNUSED_RESULT;
