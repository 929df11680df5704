#pragma once

#include <gio/gio.h>

/*
 * Finds out, step by step, whether a MongoDB store can be used: what works, what not and why. Nothing
 * blocks; the steps after one that fails are not tried. It writes a file of a few bytes and deletes it.
 *
 * Signals:
 *   "step" (guint step, gboolean works, const char *reason)   an LfStoreCheckStep ended; @reason where not
 *   "done" (gboolean works)                                   once, not after lf_store_check_cancel()
 */
#define LF_TYPE_STORE_CHECK (lf_store_check_get_type ())
G_DECLARE_FINAL_TYPE (LfStoreCheck, lf_store_check, LF, STORE_CHECK, GObject)

typedef enum
{
  LF_STORE_CHECK_RESOLVE,
  LF_STORE_CHECK_CONNECT,
  LF_STORE_CHECK_AUTHENTICATE,
  LF_STORE_CHECK_READ,
  LF_STORE_CHECK_WRITE,
  LF_N_STORE_CHECK_STEPS,
} LfStoreCheckStep;

LfStoreCheck *lf_store_check_new    (const char *uri) G_GNUC_WARN_UNUSED_RESULT; /* with the password */
void          lf_store_check_start  (LfStoreCheck *self); /* once */
void          lf_store_check_cancel (LfStoreCheck *self); /* no signal follows */
