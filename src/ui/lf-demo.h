#pragma once

#include "lf-spec.h"

#include <gio/gio.h>

#define LF_DEMO_TAG "demo"

/*
 * A target of our own on a free loopback port, and a spec that is aimed at it, so that a newcomer
 * sees a run at once and loads nobody else's server.
 */
#define LF_TYPE_DEMO (lf_demo_get_type ())
G_DECLARE_FINAL_TYPE (LfDemo, lf_demo, LF, DEMO, GObject)

LfDemo  *lf_demo_new     (void) G_GNUC_WARN_UNUSED_RESULT;
/* Starts the target, if it is not running, and makes a spec for it. */
LfSpec  *lf_demo_start   (LfDemo *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean lf_demo_is_demo (const LfSpec *spec);
/* Starts the target again at the port of an earlier demo spec; does nothing for other specs.
 * LF_ERROR_BUSY where somebody else listens there, who is not to be loaded. */
gboolean lf_demo_ensure  (LfDemo *self, const LfSpec *spec, GError **error);
