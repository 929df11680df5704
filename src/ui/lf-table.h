#pragma once

#include <gtk/gtk.h>

/*
 * The columns of a GtkColumnView, out of a list of what each shows. A column that formats its number stands to
 * the right, its head too; every column sorts, by its number where it has one, else by its text.
 */
typedef struct
{
  const char *title;                   /* to be translated: N_() */
  double (*get_number) (gpointer row); /* NAN: not known, and below what is; NULL: sorts by its text */
  char *(*format) (double number);     /* shows the number; NULL: shows @get_text */
  char *(*get_text) (gpointer row);
  int width;                           /* px, that it begins with; more where its title needs it */
  gboolean expand;                     /* takes the room that is left */
  void (*show_icon) (GtkImage *image, gpointer row); /* before the text; NULL: none */
  char *(*get_tooltip) (gpointer row); /* NULL: the text, where that is cut off */
} LfTableColumn;

/* Orders as the heads of @view say, which outlives it. Its user tells it when that has changed, by gtk_sorter_changed(), and so
 * may choose the moment. */
GtkSorter *lf_table_sorter_new (GtkColumnView *view) G_GNUC_WARN_UNUSED_RESULT;
/* For columns of another make: what is not known (NAN) stands below what is. */
int  lf_table_compare_numbers (double a, double b);
/* The head of the column at @n stands to the right, as its numbers do. */
void lf_table_align_head      (GtkColumnView *view, guint n);
/* @columns: static. Sorts by the first. */
void lf_table_add_columns (GtkColumnView *view, const LfTableColumn *columns, guint n, GtkSortType order);
