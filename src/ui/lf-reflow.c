#include "config.h"

#include "lf-reflow.h"

struct _LfReflow
{
  GtkWidget parent_instance;
  guint min_columns;
  guint max_columns;
  guint spacing;
};

enum
{
  PROP_MIN_COLUMNS = 1,
  PROP_MAX_COLUMNS,
  PROP_SPACING,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (LfReflow, lf_reflow, GTK_TYPE_WIDGET)

static GtkWidget *
next_cell (GtkWidget *cell)
{
  while (cell != NULL && !gtk_widget_should_layout (cell))
    cell = gtk_widget_get_next_sibling (cell);
  return cell;
}

static GtkWidget *
first_cell (LfReflow *self)
{
  return next_cell (gtk_widget_get_first_child (GTK_WIDGET (self)));
}

static GtkWidget *
cell_after (GtkWidget *cell)
{
  return next_cell (gtk_widget_get_next_sibling (cell));
}

/* How many cells there are, and what the widest of them needs. */
static int
measure_cells (LfReflow *self, int *minimum, int *natural)
{
  int n = 0;

  *minimum = *natural = 0;
  for (GtkWidget *cell = first_cell (self); cell != NULL; cell = cell_after (cell))
    {
      int cell_minimum, cell_natural;

      gtk_widget_measure (cell, GTK_ORIENTATION_HORIZONTAL, -1, &cell_minimum, &cell_natural, NULL,
                          NULL);
      *minimum = MAX (*minimum, cell_minimum);
      *natural = MAX (*natural, cell_natural);
      n++;
    }
  return n;
}

static int
width_of (LfReflow *self, int columns, int cell_width)
{
  return columns > 0 ? columns * cell_width + (columns - 1) * (int) self->spacing : 0;
}

/* As many as fit, but no more than fill the lines evenly: four cells never stand as three and one.
 * The least is kept even where the cells have to give way, as long as they can. */
static int
columns_for (LfReflow *self, int width)
{
  int spacing = (int) self->spacing;
  int minimum, natural;
  int n = measure_cells (self, &minimum, &natural);
  int columns = (width + spacing) / MAX (natural + spacing, 1);
  int most = (width + spacing) / MAX (minimum + spacing, 1);
  int lines;

  columns = CLAMP (columns, MIN ((int) self->min_columns, most), (int) self->max_columns);
  columns = CLAMP (columns, 1, MAX (n, 1));
  lines = (n + columns - 1) / columns;
  return MAX ((n + lines - 1) / MAX (lines, 1), 1);
}

static int
cell_width_for (LfReflow *self, int columns, int width)
{
  return MAX ((width - (columns - 1) * (int) self->spacing) / columns, 1);
}

/* The height of the line that begins with @cell, which becomes the first of the next line. */
static int
measure_line (GtkWidget **cell, int columns, int cell_width, gboolean natural)
{
  int height = 0;

  for (int i = 0; i < columns && *cell != NULL; i++, *cell = cell_after (*cell))
    {
      int cell_minimum, cell_natural;

      gtk_widget_measure (*cell, GTK_ORIENTATION_VERTICAL, cell_width, &cell_minimum, &cell_natural,
                          NULL, NULL);
      height = MAX (height, natural ? cell_natural : cell_minimum);
    }
  return height;
}

static int
measure_lines (LfReflow *self, int width, gboolean natural)
{
  int columns = columns_for (self, width);
  int cell_width = cell_width_for (self, columns, width);
  GtkWidget *cell = first_cell (self);
  int height = 0;

  while (cell != NULL)
    {
      height += measure_line (&cell, columns, cell_width, natural);
      height += cell != NULL ? (int) self->spacing : 0;
    }
  return height;
}

static GtkSizeRequestMode
lf_reflow_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
lf_reflow_measure (GtkWidget *widget,
                   GtkOrientation orientation,
                   int for_size,
                   int *minimum,
                   int *natural,
                   int *minimum_baseline,
                   int *natural_baseline)
{
  LfReflow *self = LF_REFLOW (widget);
  int cell_minimum, cell_natural;
  int n = measure_cells (self, &cell_minimum, &cell_natural);
  int most = width_of (self, MIN (n, (int) self->max_columns), cell_natural);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = cell_minimum;
      *natural = MAX (most, *minimum);
    }
  else
    {
      *minimum = measure_lines (self, for_size >= 0 ? for_size : most, FALSE);
      *natural = measure_lines (self, for_size >= 0 ? for_size : most, TRUE);
    }
}

static void
allocate_cell (LfReflow *self, GtkWidget *cell, GtkAllocation area, int width)
{
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    area.x = width - area.x - area.width;
  gtk_widget_size_allocate (cell, &area, -1);
}

static void
lf_reflow_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LfReflow *self = LF_REFLOW (widget);
  int columns = columns_for (self, width);
  int cell_width = cell_width_for (self, columns, width);
  gboolean roomy = measure_lines (self, width, TRUE) <= height;
  GtkWidget *cell = first_cell (self);
  GtkAllocation area = { 0 };

  while (cell != NULL)
    {
      GtkWidget *next = cell;

      area.height = measure_line (&next, columns, cell_width, roomy);
      for (int i = 0; cell != next; cell = cell_after (cell), i++)
        {
          /* The last cell of a line ends where the widget does: what a division leaves is spread.
           */
          area.x = i * (width + (int) self->spacing) / columns;
          area.width =
              (i + 1) * (width + (int) self->spacing) / columns - (int) self->spacing - area.x;
          area.width = MAX (area.width, cell_width);
          allocate_cell (self, cell, area, width);
        }
      area.y += area.height + (int) self->spacing;
    }
}

static void
lf_reflow_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LfReflow *self = LF_REFLOW (object);

  switch (id)
    {
    case PROP_MIN_COLUMNS:
      g_value_set_uint (value, self->min_columns);
      break;
    case PROP_MAX_COLUMNS:
      g_value_set_uint (value, self->max_columns);
      break;
    case PROP_SPACING:
      g_value_set_uint (value, self->spacing);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lf_reflow_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LfReflow *self = LF_REFLOW (object);

  switch (id)
    {
    case PROP_MIN_COLUMNS:
      self->min_columns = g_value_get_uint (value);
      break;
    case PROP_MAX_COLUMNS:
      self->max_columns = g_value_get_uint (value);
      break;
    case PROP_SPACING:
      self->spacing = g_value_get_uint (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
lf_reflow_dispose (GObject *object)
{
  lf_reflow_clear (LF_REFLOW (object));
  G_OBJECT_CLASS (lf_reflow_parent_class)->dispose (object);
}

static void
lf_reflow_class_init (LfReflowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = lf_reflow_get_property;
  object_class->set_property = lf_reflow_set_property;
  object_class->dispose = lf_reflow_dispose;
  widget_class->get_request_mode = lf_reflow_get_request_mode;
  widget_class->measure = lf_reflow_measure;
  widget_class->size_allocate = lf_reflow_size_allocate;
  properties[PROP_MIN_COLUMNS] = g_param_spec_uint ("min-columns", NULL, NULL, 1, 100, 1, flags);
  properties[PROP_MAX_COLUMNS] = g_param_spec_uint ("max-columns", NULL, NULL, 1, 100, 1, flags);
  properties[PROP_SPACING] = g_param_spec_uint ("spacing", NULL, NULL, 0, 1000, 12, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_css_name (widget_class, "reflow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
lf_reflow_init (LfReflow *self)
{
  self->min_columns = self->max_columns = 1;
  self->spacing = 12;
}

void
lf_reflow_append (LfReflow *self, GtkWidget *cell)
{
  gtk_widget_set_parent (cell, GTK_WIDGET (self));
}

void
lf_reflow_clear (LfReflow *self)
{
  GtkWidget *cell;

  while ((cell = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (cell);
}
