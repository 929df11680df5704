#pragma once

#include "lf-run-manager.h"

/* What runs use where their options say nothing; from the environment. */
void _lf_run_manager_set_defaults (LfRunManager *self, guint workers, guint max_sockets);
