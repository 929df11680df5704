#include "config.h"

#include "lf-table.h"

#include "lf-text.h"

#include <stdarg.h>
#include <stdio.h>

struct _LfTable
{
  GPtrArray *titles;
  GPtrArray *cells; /* row after row */
};

LfTable *
lf_table_new (const char *title, ...)
{
  LfTable *self = g_new0 (LfTable, 1);
  va_list titles;

  self->titles = g_ptr_array_new ();
  self->cells = g_ptr_array_new_with_free_func (g_free);
  va_start (titles, title);
  for (; title != NULL; title = va_arg (titles, const char *))
    g_ptr_array_add (self->titles, (char *) title);
  va_end (titles);
  return self;
}

void
lf_table_free (LfTable *self)
{
  g_ptr_array_unref (self->titles);
  g_ptr_array_unref (self->cells);
  g_free (self);
}

void
lf_table_take (LfTable *self, char *cell, ...)
{
  va_list cells;

  va_start (cells, cell);
  for (guint i = 0; i < self->titles->len; i++)
    {
      g_autofree char *given = i == 0 ? cell : va_arg (cells, char *);

      g_ptr_array_add (self->cells, lf_text_clean (given != NULL ? given : ""));
    }
  va_end (cells);
}

static const char *
get_title (const LfTable *self, guint column)
{
  const char *title = self->titles->pdata[column];

  return *title == '>' ? title + 1 : title;
}

static glong
get_width (const LfTable *self, guint column)
{
  glong width = g_utf8_strlen (get_title (self, column), -1);

  for (guint i = column; i < self->cells->len; i += self->titles->len)
    width = MAX (width, g_utf8_strlen (self->cells->pdata[i], -1));
  return width;
}

static void
print_cell (const LfTable *self, guint column, const char *text, glong width)
{
  gboolean number = *(const char *) self->titles->pdata[column] == '>';
  gboolean last = column + 1 == self->titles->len;
  int padding = (int) (width - g_utf8_strlen (text, -1));

  if (number)
    printf ("%*s%s", padding, "", text);
  else
    printf ("%s%*s", text, last ? 0 : padding, "");
  fputs (last ? "\n" : "  ", stdout);
}

void
lf_table_print (const LfTable *self)
{
  guint n = self->titles->len;
  g_autofree glong *widths = g_new (glong, n);

  for (guint i = 0; i < n; i++)
    widths[i] = get_width (self, i);
  for (guint i = 0; i < n; i++)
    print_cell (self, i, get_title (self, i), widths[i]);
  for (guint i = 0; i < self->cells->len; i++)
    print_cell (self, i % n, self->cells->pdata[i], widths[i % n]);
}
