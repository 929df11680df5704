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

  *minimum = 0;
  for (guint i = 0; i < N_PARTS; i++)
    {
      int size = minimum_of (self->parts[i], orientation);

      if (orientation == GTK_ORIENTATION_VERTICAL)
        *minimum = MAX (*minimum, size);
      else if (i != CLASS && gtk_widget_get_visible (self->parts[i]))
        *minimum += size + (i > 0 ? SPACING : 0);
    }
  *natural = *minimum;
}

static void
allocate_part (GtkWidget *part, int x, int width, int row_width, int height)
{
  GtkAllocation area = { x, 0, width, height };

  if (gtk_widget_get_direction (part) == GTK_TEXT_DIR_RTL)
    area.x = row_width - x - width;
  gtk_widget_size_allocate (part, &area, -1);
}

static void
lf_log_row_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LfLogRow *self = LF_LOG_ROW (widget);
  int sizes[N_PARTS];
  int rest = width - SPACING * (N_PARTS - 1);
  int x = 0;

  gtk_widget_set_child_visible (self->parts[CLASS], width >= WIDE);
  for (guint i = 0; i < N_PARTS; i++)
    {
      gboolean shown =
          gtk_widget_get_visible (self->parts[i]) && gtk_widget_get_child_visible (self->parts[i]);

      sizes[i] = shown ? minimum_of (self->parts[i], GTK_ORIENTATION_HORIZONTAL) : -SPACING;
      rest -= i == MESSAGE ? 0 : sizes[i];
    }
  sizes[MESSAGE] = MAX (rest, sizes[MESSAGE]);
  for (guint i = 0; i < N_PARTS; i++)
    {
      if (sizes[i] >= 0)
        allocate_part (self->parts[i], x, sizes[i], width, height);
      x += sizes[i] + SPACING;
    }
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
