#pragma once

#include "lf-spec.h"

/*
 * What a spec needs that comes from a file, whichever face reads it.
 */

/* A spec without a name is called like its file, in lists and reports. @path: its file's, or the last part of it. */
void lf_spec_file_ensure_name         (LfSpec *spec, const char *path);
/* Makes the certificates' relative paths whole: they start at the spec's @folder, and the engine
 * would look for them in the working folder. */
void lf_spec_file_locate_certificates (LfSpec *spec, const char *folder);
/* The file may have come from this very store: what is added is a new spec. */
void lf_spec_file_forget_identity     (LfSpec *spec);
