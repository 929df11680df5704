#include "config.h"

#include <gtk/gtk.h>

/* Linked to LoadForge, it puts right where GTK 4.10 and newer say that widgets are: they take a
 * widget's place from inside the padding of its parent, and forget that padding when they add up.
 * The tests that use the pointer need the place where it really is. */

typedef gboolean (*GetBounds) (GtkAccessible *, int *, int *, int *, int *);
static GetBounds told; /* set once, before there are threads */

static gboolean
get_true_bounds (GtkAccessible *accessible, int *x, int *y, int *width, int *height)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (accessible));
  graphene_rect_t border;

  if (!told (accessible, x, y, width, height))
    return FALSE;
  if (parent != NULL && gtk_widget_compute_bounds (parent, parent, &border))
    {
      *x -= (int) border.origin.x;
      *y -= (int) border.origin.y;
    }
  return TRUE;
}

/* Every widget takes this function over from GtkWidget when its class is made: so before any is. */
static void __attribute__ ((constructor)) correct (void)
{
  GtkAccessibleInterface *accessible =
      g_type_interface_peek (g_type_class_ref (GTK_TYPE_WIDGET), GTK_TYPE_ACCESSIBLE);

  told = accessible->get_bounds;
  accessible->get_bounds = get_true_bounds;
}
