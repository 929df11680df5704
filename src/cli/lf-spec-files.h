#pragma once

#include "lf-store.h"

/*
 * The files that a spec in a file names beside itself: bodies, parts of them, and certificates. @folder: what
 * relative paths start from. Errors begin with the JSON pointer: LF_ERROR_NOT_FOUND, LF_ERROR_TOO_LARGE,
 * LF_ERROR_VALUE. Blocking.
 */

/* Reads what is sent for one run: id -> GBytes into @contents, the ids into @spec. */
gboolean lf_spec_files_read  (LfSpec *spec, const char *folder, GHashTable *contents, GError **error);
/* Puts what is sent into @store, where @spec finds it from now on. */
gboolean lf_spec_files_store (LfSpec *spec, const char *folder, LfStore *store, GError **error);
