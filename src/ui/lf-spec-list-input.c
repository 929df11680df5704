#include "config.h"

#include "lf-spec-list-private.h"

#include "lf-spec-cell.h"
#include "lf-widget-private.h"

/* The list item under a point of @view; NULL beside the rows. */
static GtkListItem *
item_at (GtkWidget *view, double x, double y)
{
  return _lf_spec_cell_find (gtk_widget_pick (view, x, y, GTK_PICK_DEFAULT));
}

static GtkListItem *
focused_item (LfSpecListPage *self)
{
  GtkWidget *focus = _lf_widget_get_focus (GTK_WIDGET (self));

  if (focus == NULL || !gtk_widget_is_ancestor (focus, self->layouts))
    return NULL;
  return _lf_spec_cell_find (focus);
}

void
_lf_spec_list_select_focus (LfSpecListPage *self)
{
  g_autoptr (GtkBitset) chosen =
      gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  GtkListItem *item = gtk_bitset_is_empty (chosen) ? focused_item (self) : NULL;

  if (item != NULL)
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection),
                                     gtk_list_item_get_position (item), TRUE);
}

/* What a menu is opened on is what it works on; a selection that it is part of stays. */
static void
select_for_menu (LfSpecListPage *self, GtkListItem *item)
{
  guint position = gtk_list_item_get_position (item);

  if (!gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), position))
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
}

static void
toggle (LfSpecListPage *self, GtkListItem *item)
{
  guint position = gtk_list_item_get_position (item);
  GtkSelectionModel *model = GTK_SELECTION_MODEL (self->selection);

  if (gtk_selection_model_is_selected (model, position))
    gtk_selection_model_unselect_item (model, position);
  else
    gtk_selection_model_select_item (model, position, FALSE);
}

static void
popup_closed_cb (LfSpecListPage *self)
{
  gtk_widget_grab_focus (_lf_spec_list_view (self));
}

static void
popup_at (LfSpecListPage *self, const GdkRectangle *place)
{
  if (self->popup == NULL)
    {
      self->popup = gtk_popover_menu_new_from_model (self->context);
      gtk_widget_set_parent (self->popup, GTK_WIDGET (self));
      gtk_popover_set_has_arrow (GTK_POPOVER (self->popup), FALSE);
      gtk_widget_set_halign (self->popup, GTK_ALIGN_START);
      g_signal_connect_swapped (self->popup, "closed", G_CALLBACK (popup_closed_cb), self);
    }
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popup), place);
  gtk_popover_popup (GTK_POPOVER (self->popup));
}

static GdkRectangle
place_of (LfSpecListPage *self, GtkWidget *widget)
{
  graphene_rect_t bounds;

  if (widget == NULL || !gtk_widget_compute_bounds (widget, GTK_WIDGET (self), &bounds))
    return (GdkRectangle){ 0 };
  return (GdkRectangle){ (int) bounds.origin.x, (int) bounds.origin.y, (int) bounds.size.width,
                         (int) bounds.size.height };
}

/* The beginning of the row, as its middle may be far from anything to read. */
static GdkRectangle
place_of_focus (LfSpecListPage *self)
{
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  GdkRectangle place = place_of (self, _lf_widget_get_focus (GTK_WIDGET (self)));

  place.x += mirrored ? MAX (0, place.width - place.height) : 0;
  place.width = MIN (place.width, place.height);
  return place;
}

void
_lf_spec_list_open_menu (GtkWidget *button, LfSpecListPage *self)
{
  GtkListItem *item = _lf_spec_cell_find (button);
  GdkRectangle place = place_of (self, button);

  if (item == NULL)
    return;
  select_for_menu (self, item);
  popup_at (self, &place);
}

void
_lf_spec_list_point_at_focus (LfSpecListPage *self, GtkWidget *popover)
{
  GdkRectangle place = place_of_focus (self);

  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &place);
}

static void
menu_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LfSpecListPage *self = LF_SPEC_LIST_PAGE (widget);
  GtkListItem *item = focused_item (self);
  GdkRectangle place = place_of_focus (self);

  if (item == NULL)
    return;
  select_for_menu (self, item);
  popup_at (self, &place);
}

static void
right_pressed_cb (LfSpecListPage *self, int n, double x, double y, GtkGesture *gesture)
{
  GtkWidget *view = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  GtkListItem *item = item_at (view, x, y);
  double page_x, page_y;

  if (item == NULL)
    return;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (view);
  select_for_menu (self, item);
  gtk_widget_translate_coordinates (view, GTK_WIDGET (self), x, y, &page_x, &page_y);
  popup_at (self, &(GdkRectangle){ (int) page_x, (int) page_y, 1, 1 });
}

/* While several are being chosen, a press anywhere in a row is for that. */
static void
pressed_cb (LfSpecListPage *self, int n, double x, double y, GtkGesture *gesture)
{
  GtkListItem *item =
      self->selecting
          ? item_at (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture)), x, y)
          : NULL;

  if (item == NULL)
    return;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  toggle (self, item);
}

static void
long_pressed_cb (LfSpecListPage *self, double x, double y, GtkGesture *gesture)
{
  GtkListItem *item =
      item_at (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture)), x, y);

  if (item == NULL || self->selecting)
    return;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  _lf_spec_list_set_selecting (self, TRUE);
  select_for_menu (self, item);
}

/* A card opens at one press as a table's row does at two: where it is narrow, it is a finger that
 * presses. */
static void
card_released_cb (LfSpecListPage *self, int n, double x, double y, GtkGesture *gesture)
{
  GdkModifierType state =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  GtkListItem *item = item_at (self->list, x, y);

  if (item == NULL || n != 1 || self->selecting ||
      (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) != 0)
    return;
  gtk_widget_activate_action (GTK_WIDGET (self), "win.edit-spec", "s",
                              lf_spec_item_get_id (gtk_list_item_get_item (item)));
}

static gboolean
key_cb (GtkWidget *view, GVariant *arguments, gpointer user_data)
{
  LfSpecListPage *self = user_data;

  _lf_spec_list_select_focus (self);
  return gtk_widget_activate_action (GTK_WIDGET (self), g_variant_get_string (arguments, NULL),
                                     NULL);
}

static void
add_key (LfSpecListPage *self, GtkEventController *keys, const char *trigger, const char *action)
{
  GtkShortcut *shortcut = gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger),
                                            gtk_callback_action_new (key_cb, self, NULL));

  gtk_shortcut_set_arguments (shortcut, g_variant_new_string (action));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), shortcut);
}

static void
add_keys (LfSpecListPage *self, GtkWidget *view)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  add_key (self, keys, "Menu|<Shift>F10", "specs.menu");
  add_key (self, keys, "Delete|KP_Delete", "specs.delete");
  add_key (self, keys, "<Control>d", "specs.duplicate");
  add_key (self, keys, "<Control>t", "specs.tags");
  add_key (self, keys, "F2", "specs.rename");
  add_key (self, keys, "Escape", "specs.unselect");
  gtk_widget_add_controller (view, keys);
}

static GtkGesture *
add_click (LfSpecListPage *self, GtkWidget *view, guint button, GCallback pressed)
{
  GtkGesture *gesture = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), button);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (gesture), GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (gesture, "pressed", pressed, self);
  gtk_widget_add_controller (view, GTK_EVENT_CONTROLLER (gesture));
  return gesture;
}

static void
add_opening (LfSpecListPage *self)
{
  GtkGesture *gesture = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), GDK_BUTTON_PRIMARY);
  g_signal_connect_swapped (gesture, "released", G_CALLBACK (card_released_cb), self);
  gtk_widget_add_controller (self->list, GTK_EVENT_CONTROLLER (gesture));
}

void
_lf_spec_list_add_input (LfSpecListPage *self, GtkWidget *view)
{
  GtkGesture *hold = gtk_gesture_long_press_new ();

  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (hold), TRUE);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (hold), GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (hold, "pressed", G_CALLBACK (long_pressed_cb), self);
  gtk_widget_add_controller (view, GTK_EVENT_CONTROLLER (hold));
  add_click (self, view, GDK_BUTTON_PRIMARY, G_CALLBACK (pressed_cb));
  add_click (self, view, GDK_BUTTON_SECONDARY, G_CALLBACK (right_pressed_cb));
  if (view == self->list)
    add_opening (self);
  add_keys (self, view);
}

void
_lf_spec_list_class_install_input (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "specs.menu", NULL, menu_cb);
}
