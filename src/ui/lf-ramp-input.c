#include "config.h"

#include "lf-ramp-private.h"

#include <glib/gi18n.h>
#include <math.h>

/* How much further than a step Ctrl goes. */
#define FAR 10

static double
time_step (LfRamp *self, GdkModifierType state)
{
  return lf_ramp_time_step (self->plot.seconds, (state & GDK_SHIFT_MASK) != 0);
}

static double
value_step (LfRamp *self, GdkModifierType state)
{
  double step = lf_ramp_step (self->plot.most, (state & GDK_SHIFT_MASK) != 0);

  return lf_ramp_points_are_whole (self->profile) ? MAX (step, 1) : step;
}

static void
drag_begin_cb (LfRamp *self, double x, double y, GtkGesture *gesture)
{
  int n = self->profile != NULL ? lf_ramp_plot_hit (&self->plot, self->points, x, y) : -1;
  const LfRampPoint *point = _lf_ramp_get_point (self, n);

  if (point == NULL || point->flags == 0)
    {
      gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  self->held = self->plot;
  self->grip_x = lf_ramp_plot_x (&self->plot, point->time) - x;
  self->grip_y = lf_ramp_plot_y (&self->plot, point->value) - y;
  self->dragged = n;
  self->edit++;
  _lf_ramp_choose (self, n);
}

/* What was not moved keeps a value that is on no step. */
static double
snapped (double value, double step, double moved)
{
  return fabs (moved) < 1 ? value : lf_ramp_snap (value, step);
}

static void
drag_update_cb (LfRamp *self, double dx, double dy, GtkGesture *gesture)
{
  GdkModifierType state =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  double x, y;

  if (self->dragged < 0 || !gtk_gesture_drag_get_start_point (GTK_GESTURE_DRAG (gesture), &x, &y) ||
      (dx == 0 && dy == 0))
    return;
  x += dx + self->grip_x;
  y += dy + self->grip_y;
  _lf_ramp_move (self, self->dragged,
                 snapped (lf_ramp_plot_time_at (&self->held, x), time_step (self, state), dx),
                 snapped (lf_ramp_plot_value_at (&self->held, y), value_step (self, state), dy));
}

static void
drag_end_cb (LfRamp *self)
{
  if (self->dragged < 0)
    return;
  self->dragged = -1;
  _lf_ramp_show_looks (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self)); /* the axes fit again */
}

static gboolean
is_in_plot (LfRamp *self, double x, double y)
{
  return x >= self->plot.left && x <= self->plot.left + self->plot.width && y >= self->plot.top &&
         y <= self->plot.top + self->plot.height;
}

static void
pressed_cb (LfRamp *self, int n_press, double x, double y, GtkGesture *gesture)
{
  GdkModifierType state =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

  if (n_press != 2 || self->profile == NULL || !is_in_plot (self, x, y) ||
      lf_ramp_plot_hit (&self->plot, self->points, x, y) >= 0)
    return;
  _lf_ramp_add (self, lf_ramp_snap (lf_ramp_plot_time_at (&self->plot, x), time_step (self, state)),
                lf_ramp_snap (lf_ramp_plot_value_at (&self->plot, y), value_step (self, state)));
}

static const char *
cursor_of (const LfRampPoint *point)
{
  if (point == NULL || point->flags == 0)
    return NULL;
  if ((point->flags & LF_RAMP_MOVES_TIME) == 0)
    return "ns-resize";
  return (point->flags & LF_RAMP_MOVES_VALUE) == 0 ? "ew-resize" : "move";
}

static void
hover (LfRamp *self, int n)
{
  if (self->hovered == n || self->dragged >= 0)
    return;
  self->hovered = n;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), cursor_of (_lf_ramp_get_point (self, n)));
  _lf_ramp_show_looks (self);
}

static void
motion_cb (LfRamp *self, double x, double y)
{
  hover (self, self->profile != NULL ? lf_ramp_plot_hit (&self->plot, self->points, x, y) : -1);
}

static void
leave_cb (LfRamp *self)
{
  hover (self, -1);
}

static GMenuModel *
new_menu (void)
{
  GMenu *menu = g_menu_new ();

  g_menu_append (menu, _ ("_Add Point"), "ramp.add");
  g_menu_append (menu, _ ("_Remove Point"), "ramp.remove");
  return G_MENU_MODEL (menu);
}

static void
open_menu (LfRamp *self, double x, double y)
{
  const LfRampPoint *point = _lf_ramp_get_point (self, self->chosen);

  if (self->menu == NULL)
    {
      g_autoptr (GMenuModel) model = new_menu ();

      self->menu = gtk_popover_menu_new_from_model (model);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
    }
  self->menu_time = lf_ramp_plot_time_at (&self->plot, x);
  self->menu_value = lf_ramp_plot_value_at (&self->plot, y);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "ramp.add",
                                 lf_ramp_points_can_insert (self->profile));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "ramp.remove",
                                 point != NULL && point->flags & LF_RAMP_REMOVABLE);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &(GdkRectangle){ (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
menu_pressed_cb (LfRamp *self, int n_press, double x, double y)
{
  if (self->profile == NULL)
    return;
  self->chosen = lf_ramp_plot_hit (&self->plot, self->points, x, y);
  _lf_ramp_choose (self, self->chosen);
  open_menu (self, x, y);
}

static void
open_menu_at_chosen (LfRamp *self)
{
  const LfRampPoint *point = _lf_ramp_get_point (self, self->chosen);

  if (point != NULL)
    open_menu (self, lf_ramp_plot_x (&self->plot, point->time),
               lf_ramp_plot_y (&self->plot, point->value));
}

/* Half way to the next point; behind the last a fifth of the whole. */
static void
add_behind (LfRamp *self, int n)
{
  const LfRampPoint *point = _lf_ramp_get_point (self, n);
  const LfRampPoint *next = _lf_ramp_get_point (self, n + 1);
  double step = time_step (self, 0);

  if (point == NULL)
    return;
  if (next == NULL)
    _lf_ramp_add (self, lf_ramp_snap (point->time + self->plot.seconds / 5, step), point->value);
  else
    _lf_ramp_add (self, lf_ramp_snap ((point->time + next->time) / 2, step),
                  lf_ramp_snap ((point->value + next->value) / 2, value_step (self, 0)));
}

static void
add_activated_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LfRamp *self = LF_RAMP (widget);

  if (_lf_ramp_get_point (self, self->chosen) != NULL)
    add_behind (self, self->chosen);
  else if (self->profile != NULL)
    _lf_ramp_add (self, lf_ramp_snap (self->menu_time, time_step (self, 0)),
                  lf_ramp_snap (self->menu_value, value_step (self, 0)));
}

static void
remove_activated_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  _lf_ramp_remove (LF_RAMP (widget), LF_RAMP (widget)->chosen);
}

static gboolean
move_by_key (LfRamp *self, guint key, GdkModifierType state)
{
  const LfRampPoint *point = _lf_ramp_get_point (self, self->chosen);
  double far = state & GDK_CONTROL_MASK ? FAR : 1;
  double dt = time_step (self, state), dv = value_step (self, state);
  double time = point->time, value = point->value;

  if (key == GDK_KEY_Left || key == GDK_KEY_KP_Left)
    time = lf_ramp_snap (time - far * dt, dt);
  else if (key == GDK_KEY_Right || key == GDK_KEY_KP_Right)
    time = lf_ramp_snap (time + far * dt, dt);
  else if (key == GDK_KEY_Up || key == GDK_KEY_KP_Up)
    value = lf_ramp_snap (value + far * dv, dv);
  else if (key == GDK_KEY_Down || key == GDK_KEY_KP_Down)
    value = lf_ramp_snap (value - far * dv, dv);
  else
    return FALSE;
  _lf_ramp_move (self, self->chosen, time, value);
  return TRUE;
}

/* The next point in a direction that can be taken. */
static void
go (LfRamp *self, int n, int by)
{
  while (_lf_ramp_get_point (self, n) != NULL && _lf_ramp_get_point (self, n)->flags == 0)
    n += by;
  if (_lf_ramp_get_point (self, n) != NULL)
    {
      self->edit++; /* moving another is another edit */
      _lf_ramp_choose (self, n);
    }
}

static gboolean
key_cb (LfRamp *self, guint key, guint code, GdkModifierType state)
{
  if (_lf_ramp_get_point (self, self->chosen) == NULL)
    return GDK_EVENT_PROPAGATE;
  if (move_by_key (self, key, state))
    return GDK_EVENT_STOP;
  if (key == GDK_KEY_Page_Up || key == GDK_KEY_KP_Page_Up)
    go (self, self->chosen - 1, -1);
  else if (key == GDK_KEY_Page_Down || key == GDK_KEY_KP_Page_Down)
    go (self, self->chosen + 1, 1);
  else if (key == GDK_KEY_Home || key == GDK_KEY_KP_Home)
    go (self, 0, 1);
  else if (key == GDK_KEY_End || key == GDK_KEY_KP_End)
    go (self, (int) self->points->len - 1, -1);
  else if (key == GDK_KEY_Insert || key == GDK_KEY_KP_Insert || key == GDK_KEY_plus ||
           key == GDK_KEY_KP_Add)
    add_behind (self, self->chosen);
  else if (key == GDK_KEY_Delete || key == GDK_KEY_KP_Delete || key == GDK_KEY_BackSpace)
    _lf_ramp_remove (self, self->chosen);
  else if (key == GDK_KEY_Menu || (key == GDK_KEY_F10 && state & GDK_SHIFT_MASK))
    open_menu_at_chosen (self);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

/* Keys pressed one after the other are one edit, until the focus goes elsewhere. */
static void
focus_left_cb (LfRamp *self)
{
  self->edit++;
}

void
_lf_ramp_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "ramp.add", NULL, add_activated_cb);
  gtk_widget_class_install_action (widget_class, "ramp.remove", NULL, remove_activated_cb);
}

static void
add_pointer (LfRamp *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *menu = gtk_gesture_click_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect_swapped (drag, "cancel", G_CALLBACK (drag_end_cb), self);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (menu), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (menu, "pressed", G_CALLBACK (menu_pressed_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (menu));
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
}

void
_lf_ramp_add_controllers (LfRamp *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  add_pointer (self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (focus_left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}

void
_lf_ramp_present_menu (LfRamp *self)
{
  if (self->menu != NULL)
    gtk_popover_present (GTK_POPOVER (self->menu));
}
