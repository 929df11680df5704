#pragma once

#include <gio/gio.h>

/*
 * A body on its way between a client and the store: in a file without a name, so that neither memory nor the store's
 * thread waits for a slow client. One thread at a time.
 */
typedef struct _LfSpool LfSpool;

/* NULL with @error where there is no room for temporary files. */
LfSpool       *lf_spool_new        (GError **error) G_GNUC_WARN_UNUSED_RESULT;
void           lf_spool_free       (LfSpool *self);
/* Blocking, but only for the disk's cache. */
gboolean       lf_spool_append     (LfSpool *self, gconstpointer data, gsize length, GError **error);
gint64         lf_spool_get_length (LfSpool *self);
/* For who writes (as it is, or compressed) or reads it whole; (transfer full), each with a descriptor of its own on the one file. */
GOutputStream *lf_spool_open_write (LfSpool *self, gboolean gzip) G_GNUC_WARN_UNUSED_RESULT;
GInputStream  *lf_spool_open_read  (LfSpool *self) G_GNUC_WARN_UNUSED_RESULT; /* from its beginning */
/* The next bytes from @offset on, at most @most; NULL at the end. */
GBytes        *lf_spool_read       (LfSpool *self, gint64 offset, gsize most) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LfSpool, lf_spool_free)
