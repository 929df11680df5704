#pragma once

#include "lf-spec-item.h"

#include <adwaita.h>

/*
 * One card of the spec list on a narrow window: name, method and URL, tags, the newest run, Run and a menu.
 */
#define LF_TYPE_SPEC_ROW (lf_spec_row_get_type ())
G_DECLARE_FINAL_TYPE (LfSpecRow, lf_spec_row, LF, SPEC_ROW, GtkBox)

/* @page: the LfSpecListPage that shows it. */
GtkWidget *lf_spec_row_new      (GtkWidget *page) G_GNUC_WARN_UNUSED_RESULT;
void       lf_spec_row_set_item (LfSpecRow *self, LfSpecItem *item); /* NULL for none */
