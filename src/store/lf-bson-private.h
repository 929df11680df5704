#pragma once

#include "lf-record.h"

#include <bson/bson.h>

/*
 * Records as documents of MongoDB, in a form that other clients can query: what is a time in the
 * record's table becomes a date, whole numbers are 64 bits wide, other numbers are doubles, and ids
 * (the field "id", which becomes "_id" at the root, and those that end in "Id") are ObjectIds where
 * they have the form of one. Keys that MongoDB cannot take everywhere are escaped as in a URL: "%",
 * "." and a "$" at the start as %25, %2E and %24, an empty key as "%", a key "_id" at the root as
 * "%5Fid". An array in an array is the document {"%array": [...]}, as FerretDB keeps no other.
 */

/* LF_ERROR_TOO_LARGE past the 16 MiB that a document may have. bson_destroy() it. */
bson_t  *_lf_bson_from_record  (gconstpointer record, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gpointer _lf_bson_to_record    (const LfRecordType *type, const bson_t *document, GError **error) G_GNUC_WARN_UNUSED_RESULT;

void     _lf_bson_append_id    (bson_t *document, const char *key, const char *id);
/* An id under @key, as text; NULL where there is none. (transfer full) */
char    *_lf_bson_find_id      (const bson_t *document, const char *key) G_GNUC_WARN_UNUSED_RESULT;
/* Of "_id" for messages. */
char    *_lf_bson_get_id       (const bson_t *document) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (bson_t, bson_destroy)
