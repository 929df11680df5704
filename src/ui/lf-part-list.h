#pragma once

#include "lf-store.h"

#include <adwaita.h>

/*
 * The parts of a multipart body in their order: added as text or as files, switched off, moved (by their handle, Alt+Up
 * and Alt+Down) and removed; the last removal is undone by Ctrl+Z or the button that appears.
 *
 * Signals: "changed" (); "added" (const char *attachment_id): a file went into the store.
 */
#define LF_TYPE_PART_LIST (lf_part_list_get_type ())
G_DECLARE_FINAL_TYPE (LfPartList, lf_part_list, LF, PART_LIST, GtkBox)

/* (element-type LfBodyPart): @parts is referenced and changed until the next call, which also cancels what is on its
 * way; NULL for none. */
void     lf_part_list_set_parts      (LfPartList *self, LfStore *store, GPtrArray *parts);
void     lf_part_list_add            (LfPartList *self); /* a blank text, with the focus in its name */
void     lf_part_list_add_file       (LfPartList *self, GFile *file);
void     lf_part_list_remove         (LfPartList *self, guint n);
void     lf_part_list_move           (LfPartList *self, guint from, guint to);
void     lf_part_list_undo           (LfPartList *self); /* puts the part removed last back to its place */
gboolean lf_part_list_is_busy        (LfPartList *self); /* a file is on its way into the store */
/* Whether what undo, or the other kind of a part, would put back needs the attachment @id: it is to stay in the store. */
gboolean lf_part_list_can_restore    (LfPartList *self, const char *id);
void     lf_part_list_clear_messages (LfPartList *self);
/* What is wrong with part @n, and where: @field as "/name". FALSE where there is no such part. */
gboolean lf_part_list_set_message    (LfPartList *self, guint n, const char *field, const char *message);
