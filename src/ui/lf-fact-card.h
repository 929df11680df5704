#pragma once

#include <gtk/gtk.h>

/*
 * A table of few rows under a heading: names left, numbers right. Where there is no room for that, the cells
 * of a row stand below its name.
 */
#define LF_TYPE_FACT_CARD (lf_fact_card_get_type ())
G_DECLARE_FINAL_TYPE (LfFactCard, lf_fact_card, LF, FACT_CARD, GtkWidget)

LfFactCard *lf_fact_card_new     (const char *title) G_GNUC_WARN_UNUSED_RESULT;
/* Titles of the columns after the first. Ends with NULL. */
void        lf_fact_card_columns (LfFactCard *self, ...) G_GNUC_NULL_TERMINATED;
/* A name and its cells, which may be "". Ends with NULL. */
void        lf_fact_card_add     (LfFactCard *self, const char *name, ...) G_GNUC_NULL_TERMINATED;
guint       lf_fact_card_n_rows  (LfFactCard *self);
/* Sentences below the table. */
void        lf_fact_card_add_note (LfFactCard *self, const char *text);
