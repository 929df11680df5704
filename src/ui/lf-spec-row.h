#pragma once

#include "lf-spec-library.h"

#include <adwaita.h>

/*
 * One line of the spec list: name, method and URL, the newest run, Run and a menu.
 *
 * Its commands activate actions of the page with the spec's id: specs.run, specs.edit,
 * specs.duplicate, specs.delete.
 */
#define LF_TYPE_SPEC_ROW (lf_spec_row_get_type ())
G_DECLARE_FINAL_TYPE (LfSpecRow, lf_spec_row, LF, SPEC_ROW, GtkBox)

LfSpecItem *lf_spec_row_get_item (LfSpecRow *self);
void        lf_spec_row_set_item (LfSpecRow *self, LfSpecLibrary *library, LfSpecItem *item); /* NULL for none */
void        lf_spec_row_popup    (LfSpecRow *self); /* its menu */
