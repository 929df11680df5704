#pragma once

#include "lf-step.h"

/* What a way to sign in needs, as the editor shows it. */
typedef struct
{
  const char *pointer; /* below the step's /auth */
  const char *title;   /* untranslated, with a mnemonic */
  gsize offset;        /* of a char * in LfAuth */
  gboolean secret;     /* not to be read by who looks on */
  gboolean place;      /* "header" or "query" */
} LfAuthField;

#define LF_N_AUTH_TYPES (LF_AUTH_AWS_SIG_V4 + 1)

const char        *lf_auth_type_get_title  (LfAuthType type); /* translated */
const LfAuthField *lf_auth_type_get_fields (LfAuthType type); /* ends with one without a pointer */
