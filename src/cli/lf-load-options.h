#pragma once

#include "lf-spec.h"

/*
 * What the command line says about where the load goes and how much of it there is; NULL: nothing.
 * The texts belong to the caller.
 */
typedef struct
{
  char *url;
  char *method;
  char *users;
  char *ramp_up;
  char *steady;
  char *ramp_down;
  char *rate;
  char *duration;
  char *max_users;
} LfLoadOptions;

/* A spec of one request, of 10 users for 30 s. (transfer full) */
LfSpec  *lf_load_options_new_spec (void) G_GNUC_WARN_UNUSED_RESULT;
/* Changes @spec where @self says something. LF_ERROR_VALUE names the option. */
gboolean lf_load_options_apply    (const LfLoadOptions *self, LfSpec *spec, GError **error);
