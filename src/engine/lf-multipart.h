#pragma once

#include "lf-step.h"

#include <gio/gio.h>

/*
 * A multipart body, written once per run: the lines between the parts, and the parts themselves as
 * they lie in memory. All users read from it; nothing of a file is copied for any of them.
 * Immutable, so safe in any thread.
 * Source: RFC 7578 and RFC 2046, section 5.1; names as browsers write them (WHATWG HTML,
 * "multipart/form-data encoding algorithm").
 */
typedef struct _LfMultipart LfMultipart;

/**
 * lf_multipart_new:
 * @attachments: (nullable) (element-type utf8 GBytes): id -> content, shared
 * @place: the JSON pointer of the step, for the error
 * @error: LF_ERROR_NOT_FOUND for a file that is not among @attachments
 *
 * Writes the enabled parts of @body, between lines that occur in none of them. A part that is blank
 * throughout, as an editor leaves it, is left out.
 */
LfMultipart *lf_multipart_new              (const LfBody *body, GHashTable *attachments, const char *place, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void         lf_multipart_free             (LfMultipart *self);
/* In bytes. */
gsize        lf_multipart_get_size         (const LfMultipart *self);
/* With its boundary: a header's value. It stays the multipart's. */
const char  *lf_multipart_get_content_type (const LfMultipart *self);
/* Copies what stands at @offset, at most @size bytes; 0 at the end. */
gsize        lf_multipart_read             (const LfMultipart *self, gsize offset, void *buffer, gsize size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LfMultipart, lf_multipart_free)
