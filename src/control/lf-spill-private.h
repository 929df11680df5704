#pragma once

#include "lf-spill.h"

struct _LfSpill
{
  GObject parent_instance;
  char *uri;
  LfStore *store; /* NULL until it is needed */
  guint n_runs;
};

/* For tests: @store in place of a database on this computer. */
LfSpill *_lf_spill_new_for_store (LfStore *store) G_GNUC_WARN_UNUSED_RESULT;
