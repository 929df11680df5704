#pragma once

#include "lf-store.h"

#include <adwaita.h>

/*
 * Copies everything from the store that is open into one of the other kind: with what there is to see
 * of it, and a way to break it off. What was copied until then is not copied again the next time.
 *
 * Signals: "copy" (): it was pressed; whoever knows the other store answers with lf_copy_row_start().
 */
#define LF_TYPE_COPY_ROW (lf_copy_row_get_type ())
G_DECLARE_FINAL_TYPE (LfCopyRow, lf_copy_row, LF, COPY_ROW, AdwActionRow)

void     lf_copy_row_set_source  (LfCopyRow *self, LfStore *source); /* NULL: hidden; ends a copy */
gboolean lf_copy_row_is_to_local (LfCopyRow *self); /* into this computer's store, else into MongoDB */
void     lf_copy_row_start       (LfCopyRow *self, const char *uri); /* of the other store, with its password */
