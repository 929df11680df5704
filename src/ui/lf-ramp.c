#include "config.h"

#include "lf-ramp-private.h"

#include "lf-words.h"

#include <glib/gi18n.h>
#include <math.h>

#define HEIGHT      220  /* px */
#define GAP         6    /* px between an axis and its numbers */
#define ROOM        14   /* px for half a dot right of the plot */
#define TICK_PIXELS 36   /* at least this much between horizontal lines, and two lines of text */
#define TIME_PIXELS 90   /* and between the numbers below, and five lines of text */
#define HEADROOM    1.15 /* what there is above the highest, to be pulled up into */
#define TIME_ROOM   1.06 /* and behind the end */
#define MANY        60   /* points that can no longer be told apart by their size */
#define TAB_POINTS  24   /* the tab key stops at each of so many, but no more */

enum
{
  EDITED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LfRamp, lf_ramp, GTK_TYPE_WIDGET)

const LfRampPoint *
_lf_ramp_get_point (LfRamp *self, int n)
{
  return n >= 0 && n < (int) self->points->len ? &g_array_index (self->points, LfRampPoint, n)
                                               : NULL;
}

char *
_lf_ramp_point_words (LfRamp *self, const LfRampPoint *point)
{
  g_autofree char *level = lf_words_level (self->profile, point->value);
  g_autofree char *time = lf_words_duration (point->time);

  return g_strdup_printf (C_ ("20 users at 30 s", "%s at %s"), level, time);
}

void
_lf_ramp_show_looks (LfRamp *self)
{
  for (guint i = 0; i < self->dots->len; i++)
    lf_ramp_dot_set_look (self->dots->pdata[i],
                          (int) i == self->dragged || (int) i == self->hovered,
                          self->points->len > MANY);
  gtk_widget_queue_draw (GTK_WIDGET (self)); /* the bubble */
}

int
_lf_ramp_get_shown (LfRamp *self)
{
  if (self->dragged >= 0)
    return self->dragged;
  if (self->chosen >= 0 && self->chosen < (int) self->dots->len &&
      gtk_widget_has_visible_focus (self->dots->pdata[self->chosen]))
    return self->chosen;
  return self->hovered;
}

void
_lf_ramp_choose (LfRamp *self, int n)
{
  if (_lf_ramp_get_point (self, n) == NULL)
    return;
  self->chosen = n;
  gtk_widget_grab_focus (self->dots->pdata[n]);
  _lf_ramp_show_looks (self);
}

static void
dot_focused_cb (LfRamp *self, GParamSpec *pspec, GtkWidget *dot)
{
  guint n;

  if (gtk_widget_has_focus (dot) && g_ptr_array_find (self->dots, dot, &n))
    self->chosen = (int) n;
  _lf_ramp_show_looks (self);
}

static void
add_dot (LfRamp *self)
{
  GtkWidget *dot = g_object_new (LF_TYPE_RAMP_DOT, NULL);

  g_signal_connect_object (dot, "notify::has-focus", G_CALLBACK (dot_focused_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_insert_before (dot, GTK_WIDGET (self), self->menu);
  g_ptr_array_add (self->dots, dot);
}

/* A dot that has the focus is not given up for another. */
static void
set_n_dots (LfRamp *self, guint n)
{
  while (self->dots->len < n)
    add_dot (self);
  while (self->dots->len > n)
    {
      gtk_widget_unparent (self->dots->pdata[self->dots->len - 1]);
      g_ptr_array_set_size (self->dots, self->dots->len - 1);
    }
}

static void
show_dot (LfRamp *self, guint n)
{
  const LfRampPoint *point = _lf_ramp_get_point (self, n);
  g_autofree char *words = _lf_ramp_point_words (self, point);
  g_autofree char *label = g_strdup_printf (_ ("Point %u of %u"), n + 1, self->points->len);

  lf_ramp_dot_set_point (self->dots->pdata[n], point, label, words);
}

static void
describe (LfRamp *self)
{
  g_autofree char *words = lf_words_profile (self->profile);
  g_autofree char *label = g_strdup_printf (_ ("The load over time: %s"), words);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/* After @profile changed. Of a thousand points only those that moved are told anew. */
static void
follow (LfRamp *self)
{
  g_autoptr (GArray) before = self->points;
  gboolean as_many;

  g_array_unref (self->line);
  self->points = lf_ramp_points_new (self->profile);
  self->line = lf_ramp_points_new_line (self->profile);
  as_many = before->len == self->points->len;
  set_n_dots (self, self->points->len);
  for (guint i = 0; i < self->points->len; i++)
    if (!as_many || memcmp (&g_array_index (before, LfRampPoint, i), _lf_ramp_get_point (self, i),
                            sizeof (LfRampPoint)) != 0)
      show_dot (self, i);
  if (self->chosen >= (int) self->points->len)
    self->chosen = (int) self->points->len - 1;
  self->hovered = MIN (self->hovered, (int) self->points->len - 1);
  describe (self);
  _lf_ramp_show_looks (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
tell_edit (LfRamp *self)
{
  follow (self);
  g_signal_emit (self, signals[EDITED], 0, self->edit);
}

void
_lf_ramp_move (LfRamp *self, int n, double time, double value)
{
  if (self->profile != NULL && n >= 0 && lf_ramp_points_move (self->profile, n, time, value))
    tell_edit (self);
}

void
_lf_ramp_add (LfRamp *self, double time, double value)
{
  int n = self->profile != NULL ? lf_ramp_points_insert (self->profile, time, value) : -1;

  if (n < 0)
    return;
  self->edit++;
  tell_edit (self);
  _lf_ramp_choose (self, n);
}

void
_lf_ramp_remove (LfRamp *self, int n)
{
  if (self->profile == NULL || n < 0 || !lf_ramp_points_remove (self->profile, n))
    return;
  self->edit++;
  self->hovered = -1;
  tell_edit (self);
  _lf_ramp_choose (self, MIN (n, (int) self->points->len - 1));
}

static double
highest_of (const GArray *line)
{
  double highest = 0;

  for (guint i = 0; i < line->len; i++)
    highest = MAX (highest, g_array_index (line, LfRampPoint, i).value);
  return highest;
}

/* While a point is dragged, nothing of the axes goes away: the drawing would flee from the hand. */
void
_lf_ramp_lay_out (LfRamp *self, int width, int height)
{
  LfRampPlot *plot = &self->plot;
  const LfRampPoint *end = &g_array_index (self->line, LfRampPoint, self->line->len - 1);
  double seconds = end->time > 0 ? end->time * TIME_ROOM : 1;
  double most = highest_of (self->line) * HEADROOM;
  g_autofree char *widest = NULL;
  int line_height;

  if (self->dragged >= 0)
    {
      seconds = MAX (self->held.seconds, end->time);
      most = MAX (self->held.most, most / HEADROOM);
    }
  _lf_ramp_text_width (self, "0", &line_height);
  self->values =
      lf_scale_new (most, (guint) CLAMP (height / MAX (TICK_PIXELS, 2 * line_height), 1, 6),
                    lf_ramp_points_are_whole (self->profile));
  widest = lf_scale_format (&self->values, self->values.max);
  plot->left = MAX (_lf_ramp_text_width (self, widest, NULL) + GAP, ROOM);
  plot->top = 1.75 * line_height;
  plot->width = MAX (width - plot->left - ROOM, 1);
  plot->height = MAX (height - plot->top - line_height - GAP - 4, 1);
  plot->seconds = seconds;
  plot->most = self->values.max;
  self->times = lf_scale_new_time (
      seconds, (guint) CLAMP (plot->width / MAX (TIME_PIXELS, 5 * line_height), 1, 12));
}

static void
place_dot (LfRamp *self, guint n)
{
  const LfRampPoint *point = _lf_ramp_get_point (self, n);
  GtkWidget *dot = self->dots->pdata[n];
  GtkAllocation place = { (int) round (lf_ramp_plot_x (&self->plot, point->time) - LF_RAMP_REACH),
                          (int) round (lf_ramp_plot_y (&self->plot, point->value) - LF_RAMP_REACH),
                          2 * LF_RAMP_REACH, 2 * LF_RAMP_REACH };

  gtk_widget_measure (dot, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  gtk_widget_size_allocate (dot, &place, -1);
}

static void
lf_ramp_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LfRamp *self = LF_RAMP (widget);

  if (self->profile != NULL)
    _lf_ramp_lay_out (self, width, height);
  for (guint i = 0; i < self->dots->len; i++)
    place_dot (self, i);
  _lf_ramp_present_menu (self);
}

static void
lf_ramp_measure (GtkWidget *widget,
                 GtkOrientation orientation,
                 int for_size,
                 int *minimum,
                 int *natural,
                 int *minimum_baseline,
                 int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : 160;
  *natural = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : 520;
}

static void
lf_ramp_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LfRamp *self = LF_RAMP (widget);

  if (self->profile == NULL)
    return;
  _lf_ramp_draw (self, snapshot);
  for (guint i = 0; i < self->dots->len; i++)
    gtk_widget_snapshot_child (widget, self->dots->pdata[i], snapshot);
  _lf_ramp_draw_bubble (self, snapshot);
}

static int
next_stop (LfRamp *self, int n, int by)
{
  do
    n += by;
  while (_lf_ramp_get_point (self, n) != NULL && _lf_ramp_get_point (self, n)->flags == 0);
  return n;
}

/* GTK would go through the points from top to bottom. */
static gboolean
lf_ramp_focus (GtkWidget *widget, GtkDirectionType direction)
{
  LfRamp *self = LF_RAMP (widget);
  gboolean back =
      direction == GTK_DIR_TAB_BACKWARD || direction == GTK_DIR_LEFT || direction == GTK_DIR_UP;
  gboolean inside = gtk_widget_get_focus_child (widget) != NULL;
  int n;

  if (inside && (self->points->len > TAB_POINTS ||
                 (direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD)))
    return FALSE;
  if (inside)
    n = next_stop (self, self->chosen, back ? -1 : 1);
  else if (self->points->len > TAB_POINTS && self->chosen >= 0)
    n = self->chosen;
  else
    n = back ? next_stop (self, (int) self->points->len, -1) : next_stop (self, -1, 1);
  if (_lf_ramp_get_point (self, n) == NULL)
    return FALSE;
  return gtk_widget_grab_focus (self->dots->pdata[n]);
}

static gboolean
lf_ramp_grab_focus (GtkWidget *widget)
{
  LfRamp *self = LF_RAMP (widget);
  int n = self->chosen >= 0 ? self->chosen : next_stop (self, -1, 1);

  return _lf_ramp_get_point (self, n) != NULL && gtk_widget_grab_focus (self->dots->pdata[n]);
}

static void
lf_ramp_dispose (GObject *object)
{
  LfRamp *self = LF_RAMP (object);

  if (self->dots != NULL)
    set_n_dots (self, 0);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  G_OBJECT_CLASS (lf_ramp_parent_class)->dispose (object);
}

static void
lf_ramp_finalize (GObject *object)
{
  LfRamp *self = LF_RAMP (object);

  g_clear_pointer (&self->profile, lf_load_profile_free);
  g_array_unref (self->points);
  g_array_unref (self->line);
  g_ptr_array_unref (self->dots);
  G_OBJECT_CLASS (lf_ramp_parent_class)->finalize (object);
}

static void
lf_ramp_class_init (LfRampClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lf_ramp_dispose;
  object_class->finalize = lf_ramp_finalize;
  widget_class->size_allocate = lf_ramp_size_allocate;
  widget_class->measure = lf_ramp_measure;
  widget_class->snapshot = lf_ramp_snapshot;
  widget_class->focus = lf_ramp_focus;
  widget_class->grab_focus = lf_ramp_grab_focus;
  signals[EDITED] = g_signal_new ("edited", LF_TYPE_RAMP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_UINT);
  _lf_ramp_install_actions (widget_class);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_css_name (widget_class, "ramp");
}

static void
lf_ramp_init (LfRamp *self)
{
  self->points = g_array_new (FALSE, FALSE, sizeof (LfRampPoint));
  self->line = g_array_new (FALSE, FALSE, sizeof (LfRampPoint));
  self->dots = g_ptr_array_new ();
  self->chosen = self->hovered = self->dragged = -1;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  _lf_ramp_add_controllers (self);
}

void
lf_ramp_set_profile (LfRamp *self, const LfLoadProfile *profile)
{
  if (profile != NULL && self->profile != NULL && lf_record_equal (profile, self->profile))
    return;
  g_clear_pointer (&self->profile, lf_load_profile_free);
  self->dragged = -1; /* what the hand holds is not there any more */
  if (profile == NULL)
    {
      set_n_dots (self, 0);
      g_array_set_size (self->points, 0);
      g_array_set_size (self->line, 0);
      gtk_widget_queue_draw (GTK_WIDGET (self));
      return;
    }
  self->profile = lf_load_profile_copy (profile);
  follow (self);
}

const LfLoadProfile *
lf_ramp_get_profile (LfRamp *self)
{
  return self->profile;
}

void
lf_ramp_set_warmup (LfRamp *self, double seconds)
{
  if (self->warmup == seconds)
    return;
  self->warmup = seconds;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
