#pragma once

#include "lf-spec.h"

/*
 * Files that a spec sends, or signs in with, and that do not lie in its own folder. A spec that comes from
 * somebody else may name any file of this user, so that opening and running it would give the file away: a face
 * asks before it follows such a path. Links are followed to where they lead, and what is hidden in the folder
 * (.ssh in a home folder) counts as outside, too.
 */

/* Their whole paths, each once; empty where there are none. @folder: the spec's; NULL: it is of no file system here, and
 * only plain names below it are its own. Blocking, any thread. (transfer full) */
char **lf_spec_outside_find (const LfSpec *spec, const char *folder) G_GNUC_WARN_UNUSED_RESULT;
/* The spec names the files at @paths, as they were found, no longer. */
void   lf_spec_outside_drop (LfSpec *spec, const char *folder, const char *const *paths);
