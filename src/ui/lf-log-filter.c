#include "config.h"

#include "lf-log-filter.h"

#include "lf-log-model.h"

struct _LfLogFilter
{
  GtkFilter parent_instance;
  LfLogLevel least;
  int log_class;
  char *text; /* case-folded */
};

G_DEFINE_FINAL_TYPE (LfLogFilter, lf_log_filter, GTK_TYPE_FILTER)

static gboolean
has_text (LfLogFilter *self, LfLogItem *item)
{
  g_autofree char *folded = NULL;

  if (*self->text == '\0')
    return TRUE;
  folded = g_utf8_casefold (lf_log_item_get_message (item), -1);
  return strstr (folded, self->text) != NULL;
}

static gboolean
lf_log_filter_match (GtkFilter *filter, gpointer item)
{
  LfLogFilter *self = LF_LOG_FILTER (filter);
  const LfLogLine *line = lf_log_item_get_line (item);

  return line->level >= self->least &&
         (self->log_class == LF_LOG_ANY_CLASS || (int) line->log_class == self->log_class) &&
         has_text (self, item);
}

static GtkFilterMatch
lf_log_filter_get_strictness (GtkFilter *filter)
{
  return lf_log_filter_is_open (LF_LOG_FILTER (filter)) ? GTK_FILTER_MATCH_ALL
                                                        : GTK_FILTER_MATCH_SOME;
}

static void
lf_log_filter_finalize (GObject *object)
{
  g_free (LF_LOG_FILTER (object)->text);
  G_OBJECT_CLASS (lf_log_filter_parent_class)->finalize (object);
}

static void
lf_log_filter_class_init (LfLogFilterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lf_log_filter_finalize;
  GTK_FILTER_CLASS (klass)->match = lf_log_filter_match;
  GTK_FILTER_CLASS (klass)->get_strictness = lf_log_filter_get_strictness;
}

static void
lf_log_filter_init (LfLogFilter *self)
{
  self->log_class = LF_LOG_ANY_CLASS;
  self->text = g_strdup ("");
}

LfLogFilter *
lf_log_filter_new (void)
{
  return g_object_new (LF_TYPE_LOG_FILTER, NULL);
}

void
lf_log_filter_set_level (LfLogFilter *self, LfLogLevel least)
{
  GtkFilterChange change =
      least > self->least ? GTK_FILTER_CHANGE_MORE_STRICT : GTK_FILTER_CHANGE_LESS_STRICT;

  if (self->least == least)
    return;
  self->least = least;
  gtk_filter_changed (GTK_FILTER (self), change);
}

void
lf_log_filter_set_class (LfLogFilter *self, int log_class)
{
  if (self->log_class == log_class)
    return;
  self->log_class = log_class;
  gtk_filter_changed (GTK_FILTER (self), GTK_FILTER_CHANGE_DIFFERENT);
}

void
lf_log_filter_set_text (LfLogFilter *self, const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  if (g_str_equal (self->text, folded))
    return;
  g_free (self->text);
  self->text = g_steal_pointer (&folded);
  gtk_filter_changed (GTK_FILTER (self), GTK_FILTER_CHANGE_DIFFERENT);
}

gboolean
lf_log_filter_is_open (LfLogFilter *self)
{
  return self->least == LF_LOG_DEBUG && self->log_class == LF_LOG_ANY_CLASS && *self->text == '\0';
}
