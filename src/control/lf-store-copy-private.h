#pragma once

#include "lf-store-copy.h"

/* One copying under way, in a thread of its own. */
typedef struct
{
  LfStore *source;
  LfStore *target;
  GCancellable *cancellable;
  LfStoreCopyResult *result;
} LfStoreCopy;

typedef enum
{
  LF_COPY_FAILED, /* with the error set */
  LF_COPY_COPIED,
  LF_COPY_SAME, /* it was there */
  LF_COPY_KEPT, /* another is there, which stays */
} LfCopyOutcome;

/* lf-store-copy-run.c: the run, its samples and its log lines. */
LfCopyOutcome _lf_store_copy_run (LfStoreCopy *self, const char *id, GError **error);
/* LF_ERROR_CORRUPT: what was written is not what is read back. Always LF_COPY_FAILED. */
LfCopyOutcome _lf_store_copy_differs (LfStoreCopy *self, const char *what, const char *id, GError **error);
/* Whether @error is only that nothing is there, which clears it. */
gboolean      _lf_store_copy_is_missing (GError **error);
