#pragma once

#include <glib.h>

/*
 * Idempotency keys: who sends a request twice, because the answer got lost, gets the first one's result. Remembered for a
 * day, LF_ONCE_MOST at most. One thread.
 */
typedef struct _LfOnce LfOnce;

#define LF_ONCE_MOST 1000

typedef enum
{
  LF_ONCE_NEW,     /* go on; then lf_once_settle() */
  LF_ONCE_PENDING, /* the first is still under way */
  LF_ONCE_DONE,    /* *result is what the first one gave */
  LF_ONCE_OTHER,   /* the key was used for another request */
} LfOnceState;

LfOnce     *lf_once_new    (void) G_GNUC_WARN_UNUSED_RESULT;
void        lf_once_free   (LfOnce *self);
/* @who: whose key it is; @request: what is asked for. *result: (transfer none). */
LfOnceState lf_once_begin  (LfOnce *self, const char *who, const char *key, const char *request, const char **result);
/* @result: NULL where it failed, so that it may be tried again. */
void        lf_once_settle (LfOnce *self, const char *who, const char *key, const char *result);
