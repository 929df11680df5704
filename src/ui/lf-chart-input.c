#include "config.h"

#include "lf-chart-private.h"

#include <math.h>

#define DRAG_LEAST 6   /* px: less is a click */
#define ZOOM_STEP  0.6 /* of the time in view, for a key or a turn of the wheel */

static double
time_at (LfChart *self, double x)
{
  LfTimeRange view = lf_time_axis_get_view (self->axis);
  double share = self->plot.size.width > 0 ? (x - self->plot.origin.x) / self->plot.size.width : 0;

  return view.from + CLAMP (share, 0, 1) * (view.to - view.from);
}

static gboolean
is_in_plot (LfChart *self, double x)
{
  double slack = self->plot.size.width * 0.02;

  return x >= self->plot.origin.x - slack &&
         x <= self->plot.origin.x + self->plot.size.width + slack;
}

static void
motion_cb (GtkEventControllerMotion *motion, double x, double y, LfChart *self)
{
  if (self->times->len == 0 || !is_in_plot (self, x))
    lf_time_axis_set_cursor (self->axis, -1);
  else
    lf_time_axis_set_cursor (self->axis, time_at (self, x));
}

static void
leave_cb (GtkEventController *controller, LfChart *self)
{
  lf_time_axis_set_cursor (self->axis, -1);
}

/* A finger scrolls the page; a pen and a mouse choose. */
static void
drag_begin_cb (GtkGestureDrag *drag, double x, double y, LfChart *self)
{
  GdkDevice *device = gtk_event_controller_get_current_event_device (GTK_EVENT_CONTROLLER (drag));
  gboolean touch = device != NULL && gdk_device_get_source (device) == GDK_SOURCE_TOUCHSCREEN;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (touch || self->times->len == 0 || !is_in_plot (self, x))
    gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_DENIED);
}

static void
drag_update_cb (GtkGestureDrag *drag, double dx, double dy, LfChart *self)
{
  double x, y;

  if (fabs (dx) < DRAG_LEAST || !gtk_gesture_drag_get_start_point (drag, &x, &y))
    {
      lf_time_axis_unselect (self->axis);
      return;
    }
  gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_CLAIMED);
  lf_time_axis_select (self->axis, time_at (self, x), time_at (self, x + dx));
}

static void
drag_end_cb (GtkGestureDrag *drag, double dx, double dy, LfChart *self)
{
  LfTimeRange range;

  if (!lf_time_axis_get_selection (self->axis, &range))
    return;
  lf_time_axis_unselect (self->axis);
  lf_time_axis_zoom (self->axis, range.from, range.to);
}

static void
drag_cancel_cb (GtkGesture *drag, GdkEventSequence *sequence, LfChart *self)
{
  lf_time_axis_unselect (self->axis);
}

static void
pressed_cb (GtkGestureClick *click, int n, double x, double y, LfChart *self)
{
  if (n == 2)
    lf_time_axis_reset (self->axis);
}

/* Only with Ctrl: the wheel alone scrolls the page. */
static gboolean
scroll_cb (GtkEventControllerScroll *scroll, double dx, double dy, LfChart *self)
{
  GdkModifierType state =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (scroll));

  if ((state & GDK_CONTROL_MASK) == 0 || dy == 0)
    return GDK_EVENT_PROPAGATE;
  lf_time_axis_zoom_by (self->axis, dy < 0 ? ZOOM_STEP : 1 / ZOOM_STEP);
  return GDK_EVENT_STOP;
}

/* The part in view follows a cursor that leaves it. */
static void
put_cursor (LfChart *self, double t)
{
  LfTimeRange view = lf_time_axis_get_view (self->axis);

  if (t < view.from)
    lf_time_axis_move (self->axis, t - view.from);
  else if (t > view.to)
    lf_time_axis_move (self->axis, t - view.to);
  lf_time_axis_set_cursor (self->axis, t);
}

/* By samples; from the last in view where there is no cursor yet. */
static void
move_cursor (LfChart *self, gint64 steps)
{
  double cursor = lf_time_axis_get_cursor (self->axis);
  gint64 last = (gint64) self->times->len - 1;
  gint64 at = _lf_chart_find (self, cursor >= 0 ? cursor : lf_time_axis_get_view (self->axis).to);

  put_cursor (self, _lf_chart_times (self)[CLAMP (at + steps, 0, last)]);
}

static gboolean
go_back (LfChart *self)
{
  if (lf_time_axis_get_cursor (self->axis) >= 0)
    lf_time_axis_set_cursor (self->axis, -1);
  else if (lf_time_axis_is_zoomed (self->axis))
    lf_time_axis_reset (self->axis);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

static gboolean
zoom_key (LfChart *self, guint keyval)
{
  switch (keyval)
    {
    case GDK_KEY_plus:
    case GDK_KEY_equal: /* where plus needs Shift */
    case GDK_KEY_KP_Add:
      lf_time_axis_zoom_by (self->axis, ZOOM_STEP);
      return GDK_EVENT_STOP;
    case GDK_KEY_minus:
    case GDK_KEY_KP_Subtract:
      lf_time_axis_zoom_by (self->axis, 1 / ZOOM_STEP);
      return GDK_EVENT_STOP;
    case GDK_KEY_0:
    case GDK_KEY_KP_0:
      lf_time_axis_reset (self->axis);
      return GDK_EVENT_STOP;
    case GDK_KEY_Escape:
      return go_back (self);
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static gboolean
key_cb (GtkEventControllerKey *key, guint keyval, guint code, GdkModifierType state, LfChart *self)
{
  GdkModifierType held = state & gtk_accelerator_get_default_mod_mask ();
  gint64 all = self->times->len;

  if (all == 0 || (held & ~GDK_SHIFT_MASK) != 0)
    return GDK_EVENT_PROPAGATE;
  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      move_cursor (self, held != 0 ? -10 : -1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      move_cursor (self, held != 0 ? 10 : 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      move_cursor (self, -all);
      return GDK_EVENT_STOP;
    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      move_cursor (self, all);
      return GDK_EVENT_STOP;
    default:
      return zoom_key (self, keyval);
    }
}

static void
add_drag (LfChart *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect (drag, "cancel", G_CALLBACK (drag_cancel_cb), self);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

void
_lf_chart_input_init (LfChart *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *key = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *scroll =
      gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);

  g_signal_connect (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect (key, "key-pressed", G_CALLBACK (key_cb), self);
  g_signal_connect (focus, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), key);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  add_drag (self);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}
