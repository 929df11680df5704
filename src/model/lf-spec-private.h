#pragma once

#include "lf-spec.h"

/* Whether @text has a reference such as ${name} or ${__uuid}. */
gboolean _lf_has_reference (const char *text);

/* Collects problems; the files of the validation share it. */
typedef struct
{
  GPtrArray *problems; /* LfProblem */
  GString *pointer;    /* of what is looked at */
} LfValidation;

/* @place: what follows the pointer so far, as "/url", or "". */
void _lf_validation_add   (LfValidation *self, const char *place, const char *format, ...) G_GNUC_PRINTF (3, 4);
/* Lengthens the pointer; what was before is the result, for g_string_truncate(). */
gsize _lf_validation_enter (LfValidation *self, const char *place);
gsize _lf_validation_enter_index (LfValidation *self, const char *list, guint index);

void _lf_step_validate         (const LfStep *step, LfValidation *validation);
void _lf_http_options_validate (const LfHttpOptions *http, LfValidation *validation);
void _lf_load_profile_validate (const LfLoadProfile *profile, LfValidation *validation);
