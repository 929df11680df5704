#pragma once

#include "lf-spec-item.h"

#include <gtk/gtk.h>

/*
 * What a spec shows in one place of its row, in the columns of a wide window and in the card of a narrow one. Each is made
 * by its _new function for a page with a property "selecting", and filled by the _show function of the same name.
 */

/* Whether the row is selected; shown while several are being chosen. */
GtkWidget *_lf_spec_cell_new_check     (GtkWidget *page);
/* How the last run ended; it opens that run. */
GtkWidget *_lf_spec_cell_new_outcome   (GtkWidget *page);
void       _lf_spec_cell_show_outcome  (GtkWidget *cell, LfSpecItem *item);
/* Leaves its icon, where the words stand elsewhere. */
void       _lf_spec_cell_hide_words    (GtkWidget *outcome);
/* The p95 of the last runs. */
GtkWidget *_lf_spec_cell_new_trend     (GtkWidget *page);
void       _lf_spec_cell_show_trend    (GtkWidget *cell, LfSpecItem *item);
/* Run, and the menu. */
GtkWidget *_lf_spec_cell_new_commands  (GtkWidget *page);
void       _lf_spec_cell_show_commands (GtkWidget *cell, LfSpecItem *item);
/* "http://host/path and 2 more steps". (transfer full) */
char      *_lf_spec_cell_url           (LfSpecItem *item) G_GNUC_WARN_UNUSED_RESULT;

/* Remembers that @list_item shows @child, which is a part of its row. */
void         _lf_spec_cell_tell (GtkListItem *list_item, GtkWidget *child);
/* The list item of the row that @widget is or lies in; NULL outside of rows. */
GtkListItem *_lf_spec_cell_find (GtkWidget *widget);
