#pragma once

#include "lf-spec.h"

/*
 * Which hosts a remotely started run may reach. Immutable.
 */
typedef struct _LfTargets LfTargets;

/* @patterns: "HOST", "*.DOMAIN", "ADDRESS", each with ":PORT" where only that is meant; NULL: any host. */
LfTargets *lf_targets_new     (const char *const *patterns) G_GNUC_WARN_UNUSED_RESULT;
void       lf_targets_free    (LfTargets *self);
/* Whether all that @spec reaches is allowed: URLs of its steps, proxies, where tokens come from, resolved addresses.
 * Redirects would lead anywhere, so they are not followed: @spec is changed so. LF_HTTP_ERROR 403 with a pointer. */
gboolean   lf_targets_confine (LfTargets *self, LfSpec *spec, GError **error);
/* Whether files of this machine that @spec names were named in @stored (nullable) already: from elsewhere none may be.
 * LF_ERROR_VALUE with a pointer. */
gboolean   lf_targets_check_files (const LfSpec *spec, const LfSpec *stored, GError **error);
