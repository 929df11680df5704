#pragma once

#include <gtk/gtk.h>

/*
 * The columns of the spec list on a wide window, and the order that both layouts share: it is the sorter of the column
 * view even while that is hidden.
 *
 * Ids: name, method, url, tags, when, verdict, rate, p95.
 */

/* Gives @view, whose items are LfSpecItem, its columns. Boxes to tick and commands show as @page's property "selecting" says. */
void        _lf_spec_columns_add      (GtkColumnView *view, GtkWidget *page);
/* What @view is sorted by, NULL for nothing. */
const char *_lf_spec_columns_get_sort (GtkColumnView *view, gboolean *descending);
void        _lf_spec_columns_sort_by  (GtkColumnView *view, const char *id, gboolean descending);
