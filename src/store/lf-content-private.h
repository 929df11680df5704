#pragma once

#include "lf-store-private.h"

#define LF_CONTENT_CHUNK (256 * 1024) /* bytes */

/*
 * The content of an attachment on its way in. It is read whole into a file that has no name before a store writes any of
 * it, so that a slow stream holds no lock, a broken one leaves nothing behind, and the checksum stands in the attachment
 * from the start. It takes no memory but for a chunk.
 */
typedef struct
{
  int fd;
  gint64 size; /* bytes */
  char *sha256;
} LfContent;

/* Reads @call's input to its end. LF_ERROR_TOO_LARGE past LF_ATTACHMENT_LIMIT. */
LfContent    *_lf_content_read (LfStoreCall *call, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void          _lf_content_free (LfContent *self);
/* The chunk number @n, of LF_CONTENT_CHUNK bytes, the last shorter; empty past the end. NULL with @error set. */
GBytes       *_lf_content_get_chunk (const LfContent *self, guint n, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The attachment that @call adds: with a new id, or as its record says, which must fit (LF_ERROR_CORRUPT). */
LfAttachment *_lf_content_describe (const LfContent *self, const LfStoreCall *call, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LfContent, _lf_content_free)

/* The content of an attachment on its way out: counted and hashed while it goes by. */
typedef struct
{
  GChecksum *checksum;
  gint64 size;
} LfContentCheck;

void     _lf_content_check_init  (LfContentCheck *self);
void     _lf_content_check_clear (LfContentCheck *self);
/* Writes to @call's output. */
gboolean _lf_content_check_write (LfContentCheck *self, LfStoreCall *call, gconstpointer data, gsize length, GError **error);
/* LF_ERROR_CORRUPT where it was not what @attachment says; a file of another client tells only its size. */
gboolean _lf_content_check_end   (LfContentCheck *self, const LfAttachment *attachment, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LfContentCheck, _lf_content_check_clear)
