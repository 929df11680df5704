#include "config.h"

#include "lf-log-row.h"

#include "lf-format.h"

#include <glib/gi18n.h>

#define SPACING 8
#define WIDE    560 /* px, from which the class is shown */

enum
{
  ICON,
  TIME,
  CLASS,
  MESSAGE,
  COUNT,
  N_PARTS,
};

struct _LfLogRow
{
  GtkWidget parent_instance;
  GtkWidget *parts[N_PARTS]; /* in reading order */
};

typedef struct
{
  const char *icon;
  const char *style;
  const char *name;
} Level;

static const Level levels[] = {
  [LF_LOG_DEBUG] = { "emblem-system-symbolic", "dim-label", N_ ("Debug") },
  [LF_LOG_INFO] = { "dialog-information-symbolic", "accent", N_ ("Information") },
  [LF_LOG_WARN] = { "dialog-warning-symbolic", "warning", N_ ("Warning") },
  [LF_LOG_ERROR] = { "dialog-error-symbolic", "error", N_ ("Error") },
};

static const char *const classes[] = {
  [LF_LOG_CLASS_LIFECYCLE] = N_ ("run"),       [LF_LOG_CLASS_STAGE] = N_ ("stage"),
  [LF_LOG_CLASS_INTERVAL] = N_ ("interval"),   [LF_LOG_CLASS_CHECK] = N_ ("check"),
  [LF_LOG_CLASS_THRESHOLD] = N_ ("threshold"), [LF_LOG_CLASS_HTTP] = N_ ("HTTP"),
  [LF_LOG_CLASS_TRANSPORT] = N_ ("transport"), [LF_LOG_CLASS_GENERATOR] = N_ ("generator"),
  [LF_LOG_CLASS_STORE] = N_ ("store"),         [LF_LOG_CLASS_REMOTE] = N_ ("remote"),
};

G_DEFINE_FINAL_TYPE (LfLogRow, lf_log_row, GTK_TYPE_WIDGET)

static int
minimum_of (GtkWidget *part, GtkOrientation orientation)
{
  int minimum;

  gtk_widget_measure (part, orientation, -1, &minimum, NULL, NULL, NULL);
  return minimum;
}

/* Where there is little room, the message has a line of its own below the others, and the class is
 * left out. */
static gboolean
is_folded (int width)
{
  return width < WIDE;
}

static gboolean
is_shown (LfLogRow *self, guint part, gboolean folded)
{
  return gtk_widget_get_visible (self->parts[part]) && !(folded && part == CLASS);
}

static int
line_height (LfLogRow *self, gboolean folded)
{
  int height = 0;

  for (guint i = 0; i < N_PARTS; i++)
    if (is_shown (self, i, folded) && !(folded && i == MESSAGE))
      height = MAX (height, minimum_of (self->parts[i], GTK_ORIENTATION_VERTICAL));
  return height;
}

static int
least_width (LfLogRow *self)
{
  int width = 0;

  for (guint i = 0; i < N_PARTS; i++)
    if (is_shown (self, i, TRUE) && i != MESSAGE)
      width += minimum_of (self->parts[i], GTK_ORIENTATION_HORIZONTAL) + (i > 0 ? SPACING : 0);
  return MAX (width, minimum_of (self->parts[MESSAGE], GTK_ORIENTATION_HORIZONTAL));
}

static GtkSizeRequestMode
lf_log_row_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
lf_log_row_measure (GtkWidget *widget,
                    GtkOrientation orientation,
                    int for_size,
                    int *minimum,
                    int *natural,
                    int *minimum_baseline,
                    int *natural_baseline)
{
  LfLogRow *self = LF_LOG_ROW (widget);
  gboolean folded = for_size >= 0 && is_folded (for_size);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = least_width (self);
  else
    *minimum = line_height (self, folded) +
               (folded ? minimum_of (self->parts[MESSAGE], GTK_ORIENTATION_VERTICAL) : 0);
  *natural = *minimum;
}

static void
allocate_part (GtkWidget *part, GtkAllocation area, int row_width)
{
  if (gtk_widget_get_direction (part) == GTK_TEXT_DIR_RTL)
    area.x = row_width - area.x - area.width;
  gtk_widget_size_allocate (part, &area, -1);
}

/* What the message leaves of a line is for the others, which are as wide as they need to be; the
 * count is at the end. */
static void
allocate_line (LfLogRow *self, int width, int height, gboolean folded)
{
  int x = 0, rest = width;

  for (guint i = 0; i < N_PARTS; i++)
    if (i != MESSAGE && is_shown (self, i, folded))
      rest -= minimum_of (self->parts[i], GTK_ORIENTATION_HORIZONTAL) + SPACING;
  for (guint i = 0; i < N_PARTS; i++)
    {
      int size =
          i == MESSAGE ? MAX (rest, 0) : minimum_of (self->parts[i], GTK_ORIENTATION_HORIZONTAL);

      if (!is_shown (self, i, folded))
        continue;
      if (!(folded && i == MESSAGE))
        allocate_part (self->parts[i], (GtkAllocation){ x, 0, size, height }, width);
      x += size + SPACING;
    }
}

static void
lf_log_row_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LfLogRow *self = LF_LOG_ROW (widget);
  gboolean folded = is_folded (width);
  int line = folded ? line_height (self, TRUE) : height;

  gtk_widget_set_child_visible (self->parts[CLASS], !folded);
  allocate_line (self, width, line, folded);
  if (folded)
    allocate_part (self->parts[MESSAGE], (GtkAllocation){ 0, line, width, height - line }, width);
}

static gboolean
lf_log_row_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  LfLogRow *self = LF_LOG_ROW (widget);
  const char *message = gtk_inscription_get_text (GTK_INSCRIPTION (self->parts[MESSAGE]));

  if (message == NULL || *message == '\0')
    return FALSE;
  gtk_tooltip_set_text (tooltip, message);
  return TRUE;
}

static void
lf_log_row_dispose (GObject *object)
{
  LfLogRow *self = LF_LOG_ROW (object);

  for (guint i = 0; i < N_PARTS; i++)
    g_clear_pointer (&self->parts[i], gtk_widget_unparent);
  G_OBJECT_CLASS (lf_log_row_parent_class)->dispose (object);
}

static void
lf_log_row_class_init (LfLogRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lf_log_row_dispose;
  widget_class->get_request_mode = lf_log_row_get_request_mode;
  widget_class->measure = lf_log_row_measure;
  widget_class->size_allocate = lf_log_row_size_allocate;
  widget_class->query_tooltip = lf_log_row_query_tooltip;
  gtk_widget_class_set_css_name (widget_class, "log-row");
}

static GtkWidget *
make_label (int width_chars, const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_width_chars (GTK_LABEL (label), width_chars);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, style);
  return label;
}

static void
lf_log_row_init (LfLogRow *self)
{
  GtkWidget *message = gtk_inscription_new (NULL);

  gtk_inscription_set_min_chars (GTK_INSCRIPTION (message), 8);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (message),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  self->parts[ICON] = gtk_image_new ();
  self->parts[TIME] = make_label (8, "dim-label");
  self->parts[CLASS] = make_label (10, "dim-label");
  self->parts[MESSAGE] = message;
  self->parts[COUNT] = make_label (0, "log-count");
  for (guint i = 0; i < N_PARTS; i++)
    gtk_widget_set_parent (self->parts[i], GTK_WIDGET (self));
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
}

const char *
lf_log_row_class_name (LfLogClass log_class)
{
  return _ (classes[log_class]);
}

GtkWidget *
lf_log_row_new (void)
{
  return g_object_new (LF_TYPE_LOG_ROW, NULL);
}

static void
set_level (LfLogRow *self, LfLogLevel level)
{
  GtkWidget *icon = self->parts[ICON];
  const Level *look = &levels[level];

  gtk_image_set_from_icon_name (GTK_IMAGE (icon), look->icon);
  gtk_widget_set_css_classes (icon, (const char *[]){ look->style, NULL });
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (look->name), -1);
}

void
lf_log_row_set_item (LfLogRow *self, LfLogItem *item)
{
  const LfLogLine *line;
  g_autofree char *clock = NULL;
  g_autofree char *count = NULL;

  if (item == NULL)
    {
      gtk_inscription_set_text (GTK_INSCRIPTION (self->parts[MESSAGE]), NULL);
      return;
    }
  line = lf_log_item_get_line (item);
  clock = lf_format_time_of_day (line->time);
  count = g_strdup_printf ("×%'" G_GINT64_FORMAT, line->count);
  set_level (self, line->level);
  gtk_label_set_text (GTK_LABEL (self->parts[TIME]), clock);
  gtk_label_set_text (GTK_LABEL (self->parts[CLASS]), lf_log_row_class_name (line->log_class));
  gtk_inscription_set_text (GTK_INSCRIPTION (self->parts[MESSAGE]), lf_log_item_get_message (item));
  gtk_label_set_text (GTK_LABEL (self->parts[COUNT]), count);
  gtk_widget_set_visible (self->parts[COUNT], line->count > 1);
}

char *
lf_log_row_describe (LfLogItem *item)
{
  const LfLogLine *line = lf_log_item_get_line (item);
  g_autofree char *clock = lf_format_time_of_day (line->time);
  g_autofree char *count = lf_format_count ((double) line->count);
  g_autoptr (GString) text = g_string_new (NULL);

  /* Translators: a line of the log: its level, its kind, the time of day, the message. */
  g_string_printf (text, _ ("%s, %s, %s: %s"), _ (levels[line->level].name),
                   lf_log_row_class_name (line->log_class), clock, lf_log_item_get_message (item));
  if (line->count > 1)
    g_string_append_printf (text, ngettext (", %s time", ", %s times", (gulong) line->count),
                            count);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
