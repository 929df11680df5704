#pragma once

#include <glib.h>

/*
 * Rows of text under titles, for a terminal.
 */
typedef struct _LfTable LfTable;

/* The titles, ended by NULL; each that begins with ">" heads a column of numbers. */
LfTable *lf_table_new   (const char *title, ...) G_GNUC_NULL_TERMINATED G_GNUC_WARN_UNUSED_RESULT;
/* As many cells as titles; NULL is an empty one. Takes them. */
void     lf_table_take  (LfTable *self, char *cell, ...);
/* Prints it on standard output. */
void     lf_table_print (const LfTable *self);
void     lf_table_free  (LfTable *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LfTable, lf_table_free)
