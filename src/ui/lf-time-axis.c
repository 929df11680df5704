#include "config.h"

#include "lf-time-axis.h"

#include <math.h>

#define SHORTEST_RUN  10.0 /* s that an axis shows at least, so that a young run has a scale */
#define SHORTEST_VIEW 4.0  /* s: at a sample a second, less would be no line */

struct _LfTimeAxis
{
  GObject parent_instance;

  double end; /* of the last sample */
  gboolean zoomed;
  LfTimeRange view; /* where @zoomed */
  double cursor;
  gboolean selecting;
  LfTimeRange selection;
  GArray *stages; /* double */
  double warmup;
  double room[2]; /* px */
  guint changed_id;
};

enum
{
  PROP_CURSOR = 1,
  N_PROPS,
};

enum
{
  CHANGED,
  SELECTING,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LfTimeAxis, lf_time_axis, G_TYPE_OBJECT)

static double
whole (LfTimeAxis *self)
{
  return MAX (self->end, SHORTEST_RUN);
}

static void
lf_time_axis_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_CURSOR:
      g_value_set_double (value, LF_TIME_AXIS (object)->cursor);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lf_time_axis_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_CURSOR:
      lf_time_axis_set_cursor (LF_TIME_AXIS (object), g_value_get_double (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lf_time_axis_finalize (GObject *object)
{
  g_clear_handle_id (&LF_TIME_AXIS (object)->changed_id, g_source_remove);
  g_array_unref (LF_TIME_AXIS (object)->stages);
  G_OBJECT_CLASS (lf_time_axis_parent_class)->finalize (object);
}

static void
lf_time_axis_class_init (LfTimeAxisClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = lf_time_axis_get_property;
  object_class->set_property = lf_time_axis_set_property;
  object_class->finalize = lf_time_axis_finalize;
  properties[PROP_CURSOR] =
      g_param_spec_double ("cursor", NULL, NULL, -1, G_MAXDOUBLE, -1,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[CHANGED] = g_signal_new ("changed", LF_TYPE_TIME_AXIS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[SELECTING] = g_signal_new ("selecting", LF_TYPE_TIME_AXIS, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 0);
}

static void
lf_time_axis_init (LfTimeAxis *self)
{
  self->cursor = -1;
  self->stages = g_array_new (FALSE, FALSE, sizeof (double));
}

LfTimeAxis *
lf_time_axis_new (void)
{
  return g_object_new (LF_TYPE_TIME_AXIS, NULL);
}

static void
set_view (LfTimeAxis *self, gboolean zoomed, double from, double to)
{
  if (self->zoomed == zoomed && self->view.from == from && self->view.to == to)
    return;
  self->zoomed = zoomed;
  self->view = (LfTimeRange){ from, to };
  g_signal_emit (self, signals[CHANGED], 0);
}

void
lf_time_axis_clear (LfTimeAxis *self)
{
  self->end = self->warmup = 0;
  self->room[0] = self->room[1] = 0;
  self->zoomed = FALSE;
  g_array_set_size (self->stages, 0);
  lf_time_axis_unselect (self);
  lf_time_axis_set_cursor (self, -1);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
lf_time_axis_extend (LfTimeAxis *self, double t)
{
  double before = whole (self);
  double more;

  if (!(t > self->end))
    return;
  self->end = t;
  more = whole (self) - before;
  if (self->zoomed && self->view.to >= before)
    set_view (self, TRUE, self->view.from + more, self->view.to + more);
  else if (!self->zoomed && more > 0)
    g_signal_emit (self, signals[CHANGED], 0);
}

LfTimeRange
lf_time_axis_get_view (LfTimeAxis *self)
{
  return self->zoomed ? self->view : (LfTimeRange){ 0, whole (self) };
}

gboolean
lf_time_axis_is_zoomed (LfTimeAxis *self)
{
  return self->zoomed;
}

void
lf_time_axis_zoom (LfTimeAxis *self, double from, double to)
{
  double all = whole (self);
  double length = CLAMP (to - from, SHORTEST_VIEW, all);

  from = CLAMP ((from + to - length) / 2, 0, all - length);
  if (length < all)
    set_view (self, TRUE, from, from + length);
  else
    lf_time_axis_reset (self);
}

void
lf_time_axis_zoom_by (LfTimeAxis *self, double factor)
{
  LfTimeRange view = lf_time_axis_get_view (self);
  double centre = (view.from + view.to) / 2;

  if (self->cursor >= view.from && self->cursor <= view.to)
    centre = self->cursor;
  lf_time_axis_zoom (self, centre - (centre - view.from) * factor,
                     centre + (view.to - centre) * factor);
}

void
lf_time_axis_move (LfTimeAxis *self, double seconds)
{
  double from =
      CLAMP (self->view.from + seconds, 0, whole (self) - (self->view.to - self->view.from));

  if (self->zoomed)
    set_view (self, TRUE, from, from + self->view.to - self->view.from);
}

void
lf_time_axis_reset (LfTimeAxis *self)
{
  set_view (self, FALSE, 0, 0);
}

double
lf_time_axis_get_cursor (LfTimeAxis *self)
{
  return self->cursor;
}

void
lf_time_axis_set_cursor (LfTimeAxis *self, double cursor)
{
  if (self->cursor == cursor)
    return;
  self->cursor = cursor;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CURSOR]);
}

gboolean
lf_time_axis_get_selection (LfTimeAxis *self, LfTimeRange *range)
{
  *range = self->selection;
  return self->selecting;
}

void
lf_time_axis_select (LfTimeAxis *self, double from, double to)
{
  self->selecting = TRUE;
  self->selection = (LfTimeRange){ MIN (from, to), MAX (from, to) };
  g_signal_emit (self, signals[SELECTING], 0);
}

void
lf_time_axis_unselect (LfTimeAxis *self)
{
  if (!self->selecting)
    return;
  self->selecting = FALSE;
  g_signal_emit (self, signals[SELECTING], 0);
}

void
lf_time_axis_add_stage (LfTimeAxis *self, double t)
{
  g_array_append_val (self->stages, t);
  g_signal_emit (self, signals[CHANGED], 0);
}

const GArray *
lf_time_axis_get_stages (LfTimeAxis *self)
{
  return self->stages;
}

void
lf_time_axis_set_warmup (LfTimeAxis *self, double t)
{
  if (self->warmup == t)
    return;
  self->warmup = t;
  g_signal_emit (self, signals[CHANGED], 0);
}

double
lf_time_axis_get_warmup (LfTimeAxis *self)
{
  return self->warmup;
}

static gboolean
changed_cb (gpointer user_data)
{
  LfTimeAxis *self = user_data;

  self->changed_id = 0;
  g_signal_emit (self, signals[CHANGED], 0);
  return G_SOURCE_REMOVE;
}

/* It is asked while a chart is drawn, which is no time to have others drawn. */
double
lf_time_axis_ask_room (LfTimeAxis *self, guint side, double pixels)
{
  g_return_val_if_fail (side < G_N_ELEMENTS (self->room), pixels);
  if (pixels > self->room[side])
    {
      self->room[side] = pixels;
      if (self->changed_id == 0)
        self->changed_id = g_idle_add (changed_cb, self);
    }
  return self->room[side];
}
