#pragma once

#include "lf-store.h"

#include <adwaita.h>

/*
 * One line of an LfPartList: a part of a multipart body, which is a text or a file. What was written as the other
 * kind is there again when that is chosen again, and is not in the document meanwhile.
 *
 * Signals: "changed" (), "remove" (), "added" (const char *attachment_id): a file went into the store,
 * "moved" (LfPartRow *): that row was dropped on this one.
 */
#define LF_TYPE_PART_ROW (lf_part_row_get_type ())
G_DECLARE_FINAL_TYPE (LfPartRow, lf_part_row, LF, PART_ROW, GtkListBoxRow)

/* @part outlives the widget, which changes it. A part whose attachmentId is empty is a file that is not chosen yet. */
GtkWidget  *lf_part_row_new            (LfStore *store, LfBodyPart *part) G_GNUC_WARN_UNUSED_RESULT; /* (transfer floating) */
/* Whether the attachment @id would come back with the other kind. */
gboolean    lf_part_row_keeps          (LfPartRow *self, const char *id);
void        lf_part_row_take_file      (LfPartRow *self, GFile *file); /* makes it the part's content */
gboolean    lf_part_row_is_busy        (LfPartRow *self);              /* a file is on its way into the store */
/* Why the file is not there; NULL: it is, or none is wanted. */
const char *lf_part_row_get_fault      (LfPartRow *self);
void        lf_part_row_clear_messages (LfPartRow *self);
/* @field: below the part, as "/name"; any other than a part's is told beside the name. */
void        lf_part_row_set_message    (LfPartRow *self, const char *field, const char *message);
