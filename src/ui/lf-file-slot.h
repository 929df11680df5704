#pragma once

#include "lf-store.h"

#include <adwaita.h>

/*
 * A place for one file of a spec: chosen or dropped, on its way into the store with its progress and a way to
 * cancel, then named with its size, replaced or removed.
 *
 * Properties: "compact" (boolean, construct only): for a row of a list, without a drop zone and Remove.
 * "fault" (string, readable, notifies): why there is no file, or not the one that was meant; NULL: nothing wrong.
 * Signals: "added" (const char *attachment_id): a file went into the store, even where it is not wanted any
 * more; "stored" (LfAttachment *): it is the one now; "removed" (): there is none now; "restored" (const char *attachment_id,
 * const char *file): it was put back, and one of the two is NULL.
 */
#define LF_TYPE_FILE_SLOT (lf_file_slot_get_type ())
G_DECLARE_FINAL_TYPE (LfFileSlot, lf_file_slot, LF, FILE_SLOT, GtkBox)

/* Shows what @attachment_id is in @store, or the path @file of a spec in a file; both NULL: none. What is on its
 * way is cancelled. */
void        lf_file_slot_show        (LfFileSlot *self, LfStore *store, const char *attachment_id, const char *file);
void        lf_file_slot_take        (LfFileSlot *self, GFile *file); /* as if it was chosen */
void        lf_file_slot_cancel      (LfFileSlot *self);              /* what is on its way */
gboolean    lf_file_slot_is_busy     (LfFileSlot *self);              /* a file is on its way */
const char *lf_file_slot_get_fault   (LfFileSlot *self);
gboolean    lf_file_slot_can_restore (LfFileSlot *self, const char *id); /* the attachment @id was removed, and may be put back */
