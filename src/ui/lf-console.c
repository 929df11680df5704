#include "config.h"

#include "lf-console.h"

#include "lf-format.h"
#include "lf-log-filter-bar.h"
#include "lf-log-model.h"
#include "lf-log-row.h"
#include "lf-widget-private.h"

#include <glib/gi18n.h>
#include <math.h>

#define FLUSH_MS 80 /* lines of this long go to the list together */

struct _LfConsole
{
  GtkWidget parent_instance;

  GtkScrolledWindow *scroller;
  GtkListView *list;
  GtkLabel *count;
  GtkLabel *placeholder;
  LfLogFilterBar *filter_bar;
  GtkWidget *jump;
  char *empty; /* what stands there while there are no lines */

  LfLogModel *model;
  GtkFilterListModel *filtered;
  GtkSelectionModel *selection; /* of those that are shown */
  GPtrArray *pending;           /* LfLogItem not yet in the model, at most LF_CONSOLE_LINES */
  gint64 dropped;               /* lines that were shown once, or never, and are gone */
  gboolean following;
  double laid_out; /* the position that a layout, not a person, has set; NAN: none */
  guint flush_id;
  guint scroll_id;
};

enum
{
  PROP_FOLLOWING = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (LfConsole, lf_console, GTK_TYPE_WIDGET)

static void
set_following (LfConsole *self, gboolean following)
{
  if (self->following == following)
    return;
  self->following = following;
  gtk_widget_set_visible (self->jump, !following);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLLOWING]);
}

static gboolean
scroll_cb (gpointer user_data)
{
  LfConsole *self = user_data;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->filtered));

  self->scroll_id = 0;
  if (self->following && n > 0)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", n - 1);
  return G_SOURCE_REMOVE;
}

/* Later, because the list may be in the middle of its layout. */
static void
queue_scroll (LfConsole *self)
{
  if (self->following && self->scroll_id == 0)
    self->scroll_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, scroll_cb, self, NULL);
}

static gboolean
is_at_end (GtkAdjustment *adjustment)
{
  return gtk_adjustment_get_value (adjustment) >=
         gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment) - 4;
}

/* Comes when the list was laid out anew: more lines, or another height. */
static void
adjustment_changed_cb (GtkAdjustment *adjustment, LfConsole *self)
{
  self->laid_out = gtk_adjustment_get_value (adjustment);
  if (!is_at_end (adjustment))
    queue_scroll (self);
}

/* Comes after the above for a layout, alone when somebody scrolls. */
static void
adjustment_moved_cb (GtkAdjustment *adjustment, LfConsole *self)
{
  if (gtk_adjustment_get_value (adjustment) == self->laid_out)
    return;
  self->laid_out = NAN;
  set_following (self, is_at_end (adjustment));
}

static char *
count_text (LfConsole *self, guint n, guint n_shown)
{
  g_autofree char *all = lf_format_count (n);
  g_autofree char *shown = lf_format_count (n_shown);
  g_autofree char *dropped = lf_format_count ((double) self->dropped);

  if (n == 0)
    return g_strdup ("");
  if (!lf_log_filter_is_open (lf_log_filter_bar_get_filter (self->filter_bar)))
    return g_strdup_printf (ngettext ("%s of %s line", "%s of %s lines", n), shown, all);
  if (self->dropped > 0)
    return g_strdup_printf (_ ("newest %s lines, %s older ones left out"), all, dropped);
  return g_strdup_printf (ngettext ("%s line", "%s lines", n), all);
}

static void
update (LfConsole *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  guint n_shown = g_list_model_get_n_items (G_LIST_MODEL (self->filtered));
  g_autofree char *text = count_text (self, n, n_shown);

  gtk_label_set_text (self->count, text);
  gtk_label_set_text (self->placeholder, n > 0
                                             ? _ ("No line matches. Choose other levels or kinds, "
                                                  "or clear the search.")
                                             : self->empty);
  gtk_widget_set_visible (GTK_WIDGET (self->placeholder), n_shown == 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "console.copy", n_shown > 0);
}

static gboolean
flush_cb (gpointer user_data)
{
  LfConsole *self = user_data;
  guint before = g_list_model_get_n_items (G_LIST_MODEL (self->model));

  self->flush_id = 0;
  self->dropped += MAX (0, (gint64) before + self->pending->len - LF_CONSOLE_LINES);
  lf_log_model_append (self->model, self->pending);
  g_ptr_array_set_size (self->pending, 0);
  update (self);
  queue_scroll (self);
  return G_SOURCE_REMOVE;
}

static void
append_line (GString *text, LfLogItem *item)
{
  g_autofree char *line = lf_log_item_to_text (item);

  g_string_append_printf (text, "%s\n", line);
}

/* All that are shown where none is selected. */
static void
copy_activated_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LfConsole *self = LF_CONSOLE (widget);
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (self->selection);
  g_autoptr (GPtrArray) shown = lf_console_get_shown (self);
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean all = gtk_bitset_is_empty (selected);

  for (guint i = 0; i < shown->len; i++)
    if (all || gtk_bitset_contains (selected, i))
      append_line (text, shown->pdata[i]);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text->str);
}

static void
find_activated_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  lf_log_filter_bar_find (LF_CONSOLE (widget)->filter_bar);
}

static void
jump_activated_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LfConsole *self = LF_CONSOLE (widget);

  gtk_widget_grab_focus (GTK_WIDGET (self->list)); /* the button goes */
  set_following (self, TRUE);
  queue_scroll (self);
}

/* A filter finds them little by little. */
static void
items_changed_cb (GListModel *shown, guint position, guint removed, guint added, LfConsole *self)
{
  update (self);
  queue_scroll (self);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  gtk_list_item_set_child (item, lf_log_row_new ());
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkWidget *row = gtk_list_item_get_child (item);
  GtkWidget *place = gtk_widget_get_parent (row);
  g_autofree char *text = lf_log_row_describe (gtk_list_item_get_item (item));

  lf_log_row_set_item (LF_LOG_ROW (row), gtk_list_item_get_item (item));
  if (place != NULL) /* what has the focus, and no name of its own */
    gtk_accessible_update_property (GTK_ACCESSIBLE (place), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                    -1);
}

/* The tab key would go through thousands of lines one by one; that is what the arrow keys are for.
 */
static gboolean
lf_console_focus (GtkWidget *widget, GtkDirectionType direction)
{
  LfConsole *self = LF_CONSOLE (widget);
  gboolean inside = gtk_widget_get_focus_child (GTK_WIDGET (self->list)) != NULL;

  if (inside && direction == GTK_DIR_TAB_FORWARD)
    return gtk_widget_get_visible (self->jump) && gtk_widget_grab_focus (self->jump);
  if (inside && direction == GTK_DIR_TAB_BACKWARD)
    return gtk_widget_child_focus (GTK_WIDGET (self->filter_bar), direction);
  return GTK_WIDGET_CLASS (lf_console_parent_class)->focus (widget, direction);
}

static void
lf_console_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_FOLLOWING:
      g_value_set_boolean (value, LF_CONSOLE (object)->following);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lf_console_dispose (GObject *object)
{
  LfConsole *self = LF_CONSOLE (object);

  g_clear_handle_id (&self->flush_id, g_source_remove);
  g_clear_handle_id (&self->scroll_id, g_source_remove);
  if (self->scroller != NULL)
    g_signal_handlers_disconnect_by_data (gtk_scrolled_window_get_vadjustment (self->scroller),
                                          self);
  _lf_widget_dispose (GTK_WIDGET (self), LF_TYPE_CONSOLE);
  g_clear_object (&self->selection);
  g_clear_object (&self->filtered);
  g_clear_object (&self->model);
  g_clear_pointer (&self->empty, g_free);
  g_clear_pointer (&self->pending, g_ptr_array_unref);
  G_OBJECT_CLASS (lf_console_parent_class)->dispose (object);
}

static void
lf_console_class_init (LfConsoleClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = lf_console_get_property;
  object_class->dispose = lf_console_dispose;
  widget_class->focus = lf_console_focus;
  properties[PROP_FOLLOWING] = g_param_spec_boolean ("following", NULL, NULL, TRUE,
                                                     G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (LF_TYPE_LOG_FILTER_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, LF_RESOURCE_PATH "lf-console.ui");
  gtk_widget_class_bind_template_child (widget_class, LfConsole, scroller);
  gtk_widget_class_bind_template_child (widget_class, LfConsole, list);
  gtk_widget_class_bind_template_child (widget_class, LfConsole, count);
  gtk_widget_class_bind_template_child (widget_class, LfConsole, placeholder);
  gtk_widget_class_bind_template_child (widget_class, LfConsole, filter_bar);
  gtk_widget_class_bind_template_child (widget_class, LfConsole, jump);
  gtk_widget_class_install_action (widget_class, "console.copy", NULL, copy_activated_cb);
  gtk_widget_class_install_action (widget_class, "console.jump-to-end", NULL, jump_activated_cb);
  gtk_widget_class_install_action (widget_class, "console.find", NULL, find_activated_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "console.copy",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "console.find",
                                       NULL);
}

static void
lf_console_init (LfConsole *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkAdjustment *adjustment;

  self->following = TRUE;
  self->laid_out = NAN;
  self->pending = g_ptr_array_new_with_free_func (g_object_unref);
  self->model = lf_log_model_new (LF_CONSOLE_LINES);
  self->empty = g_strdup (_ ("No log lines yet"));
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filtered = gtk_filter_list_model_new (
      g_object_ref (G_LIST_MODEL (self->model)),
      g_object_ref (GTK_FILTER (lf_log_filter_bar_get_filter (self->filter_bar))));
  gtk_filter_list_model_set_incremental (self->filtered, TRUE);
  self->selection =
      GTK_SELECTION_MODEL (gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (self->filtered))));

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  gtk_list_view_set_factory (self->list, factory);
  g_object_unref (factory);
  gtk_list_view_set_model (self->list, self->selection);
  g_signal_connect_object (self->filtered, "items-changed", G_CALLBACK (items_changed_cb), self, 0);
  update (self);
  adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  g_signal_connect (adjustment, "changed", G_CALLBACK (adjustment_changed_cb), self);
  g_signal_connect (adjustment, "value-changed", G_CALLBACK (adjustment_moved_cb), self);
}

void
lf_console_append (LfConsole *self, GPtrArray *lines)
{
  guint n = MIN (lines->len, LF_CONSOLE_LINES);
  guint over =
      self->pending->len + n > LF_CONSOLE_LINES ? self->pending->len + n - LF_CONSOLE_LINES : 0;

  if (n == 0)
    return;
  if (over > 0)
    g_ptr_array_remove_range (self->pending, 0, over);
  for (guint i = lines->len - n; i < lines->len; i++)
    g_ptr_array_add (self->pending, lf_log_item_new (g_ptr_array_index (lines, i)));
  self->dropped += over + lines->len - n;
  if (self->flush_id == 0)
    self->flush_id = g_timeout_add (FLUSH_MS, flush_cb, self);
}

void
lf_console_clear (LfConsole *self)
{
  g_clear_handle_id (&self->flush_id, g_source_remove);
  g_ptr_array_set_size (self->pending, 0);
  self->dropped = 0;
  lf_log_model_clear (self->model);
  lf_log_filter_bar_reset (self->filter_bar);
  update (self);
  set_following (self, TRUE);
}

void
lf_console_set_empty (LfConsole *self, const char *text)
{
  lf_set_string (&self->empty, text);
  update (self);
}

GListModel *
lf_console_get_lines (LfConsole *self)
{
  return G_LIST_MODEL (self->model);
}

gboolean
lf_console_get_following (LfConsole *self)
{
  return self->following;
}

GPtrArray *
lf_console_get_shown (LfConsole *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->filtered));
  GPtrArray *lines = g_ptr_array_new_full (n, g_object_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (lines, g_list_model_get_item (G_LIST_MODEL (self->filtered), i));
  return lines;
}
