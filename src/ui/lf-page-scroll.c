#include "config.h"

#include "lf-page-scroll.h"

#include <math.h>

#define LEAST 0.5 /* px: less is what rounding leaves */

typedef struct
{
  double x, y; /* of the pointer, within the page: an event of a wheel does not tell */
} Place;

static void
moved_cb (GtkEventControllerMotion *motion, double x, double y, Place *place)
{
  *place = (Place){ x, y };
}

static gboolean
can_move (GtkAdjustment *adjustment, double dy)
{
  double value = gtk_adjustment_get_value (adjustment);
  double last = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);

  return dy < 0 ? value > gtk_adjustment_get_lower (adjustment) + LEAST : value < last - LEAST;
}

/* As far as GTK does it: a notch of a wheel is the more, the more is in view. */
static void
move (GtkAdjustment *adjustment, double dy, GdkScrollUnit unit)
{
  double notch = pow (gtk_adjustment_get_page_size (adjustment), 2.0 / 3.0);

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) +
                                            dy * (unit == GDK_SCROLL_UNIT_WHEEL ? notch : 1));
}

/* From the inside out, the first that still can; GTK does it where that is the innermost. */
static gboolean
scroll_page (GtkWidget *page, GtkWidget *pointed, double dy, GdkScrollUnit unit)
{
  gboolean taken = FALSE; /* by something that would do nothing, or what nobody meant */

  for (GtkWidget *at = pointed; at != NULL && at != page; at = gtk_widget_get_parent (at))
    {
      GtkAdjustment *adjustment =
          GTK_IS_SCROLLED_WINDOW (at)
              ? gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (at))
              : NULL;

      if (adjustment != NULL && can_move (adjustment, dy))
        {
          if (taken)
            move (adjustment, dy, unit);
          break;
        }
      taken = taken || adjustment != NULL || GTK_IS_SPIN_BUTTON (at) || GTK_IS_SCALE (at);
    }
  return taken ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

static gboolean
scroll_cb (GtkEventControllerScroll *scroll, double dx, double dy, const Place *place)
{
  GtkEventController *controller = GTK_EVENT_CONTROLLER (scroll);
  GtkWidget *page = gtk_event_controller_get_widget (controller);
  GdkSurface *surface = gdk_event_get_surface (gtk_event_controller_get_current_event (controller));
  GdkModifierType state = gtk_event_controller_get_current_event_state (controller);

  if (fabs (dx) >= fabs (dy) || (state & (GDK_SHIFT_MASK | GDK_CONTROL_MASK)) != 0 ||
      surface != gtk_native_get_surface (gtk_widget_get_native (page))) /* but that of a menu */
    return GDK_EVENT_PROPAGATE;
  return scroll_page (page, gtk_widget_pick (page, place->x, place->y, GTK_PICK_DEFAULT), dy,
                      gtk_event_controller_scroll_get_unit (scroll));
}

void
lf_page_scroll_add (GtkWidget *page)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll =
      gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  Place *place = g_new0 (Place, 1);

  gtk_event_controller_set_propagation_phase (motion, GTK_PHASE_CAPTURE);
  g_signal_connect (motion, "enter", G_CALLBACK (moved_cb), place);
  g_signal_connect (motion, "motion", G_CALLBACK (moved_cb), place);
  gtk_widget_add_controller (page, motion);
  gtk_event_controller_set_propagation_phase (scroll, GTK_PHASE_CAPTURE);
  g_signal_connect (scroll, "scroll", G_CALLBACK (scroll_cb), place);
  gtk_widget_add_controller (page, scroll);
  g_object_set_data_full (G_OBJECT (scroll), "place", place, g_free);
}
