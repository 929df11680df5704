#pragma once

#include "lf-store.h"

/*
 * Finds the spec that a person names.
 */

/* Whether @word means a file: there is one, or it is written like a path. */
gboolean lf_spec_source_is_file (const char *word);
/* Reads the spec in a file; one without a name gets the file's. *folder: (transfer full), where its relative paths start. Errors name
 * the file and the place in it. Blocking. */
LfSpec  *lf_spec_source_read    (const char *path, char **folder, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The spec of @store with this id, or else the only one with this name. LF_ERROR_NOT_FOUND, or
 * LF_ERROR_VALUE where several have the name. */
LfSpec  *lf_spec_source_find    (LfStore *store, const char *word, GCancellable *cancellable, GError **error) G_GNUC_WARN_UNUSED_RESULT;
