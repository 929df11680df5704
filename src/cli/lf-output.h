#pragma once

#include <gio/gio.h>

/*
 * Where a result goes: a file, or "-" for standard output. It is opened before a run begins, so
 * that a place that cannot be written is told then and not an hour later; what the file held stays
 * until the result is there. Blocking.
 */
typedef struct _LfOutput LfOutput;

typedef gboolean (*LfOutputWrite) (GOutputStream *stream, gpointer data, GError **error);

/* LF_ERROR_VALUE names the file. */
LfOutput *lf_output_open  (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Replaces what is there by what @write writes. LF_ERROR_VALUE names the file. */
gboolean  lf_output_write (LfOutput *self, LfOutputWrite write, gpointer data, GError **error);
/* Whether both name one regular file, by whatever path. */
gboolean  lf_output_is_same_file (const LfOutput *self, const LfOutput *other);
/* Removes the file where it was made by lf_output_open() and nothing was written. */
void      lf_output_free  (LfOutput *self);

gboolean  lf_output_is_standard (const char *path); /* "-"; FALSE for NULL */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LfOutput, lf_output_free)
