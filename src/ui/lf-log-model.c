#include "config.h"

#include "lf-log-model.h"

#include "lf-format.h"
#include "lf-kept-words.h"

struct _LfLogItem
{
  GObject parent_instance;
  LfLogLine *line;
  char *message; /* line->message in words to show; NULL until asked for */
};

struct _LfLogModel
{
  GObject parent_instance;
  GPtrArray *items; /* LfLogItem */
  guint limit;
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE (LfLogItem, lf_log_item, G_TYPE_OBJECT)
G_DEFINE_FINAL_TYPE_WITH_CODE (LfLogModel,
                               lf_log_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static void
lf_log_item_finalize (GObject *object)
{
  LfLogItem *self = LF_LOG_ITEM (object);

  g_clear_pointer (&self->line, lf_log_line_free);
  g_clear_pointer (&self->message, g_free);
  G_OBJECT_CLASS (lf_log_item_parent_class)->finalize (object);
}

static void
lf_log_item_class_init (LfLogItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lf_log_item_finalize;
}

static void
lf_log_item_init (LfLogItem *self)
{
}

LfLogItem *
lf_log_item_new (const LfLogLine *line)
{
  LfLogItem *self = g_object_new (LF_TYPE_LOG_ITEM, NULL);

  self->line = lf_log_line_copy (line);
  return self;
}

const LfLogLine *
lf_log_item_get_line (LfLogItem *self)
{
  return self->line;
}

const char *
lf_log_item_get_message (LfLogItem *self)
{
  if (self->message == NULL)
    self->message = lf_kept_words (self->line->message);
  return self->message != NULL ? self->message : "";
}

char *
lf_log_item_to_text (LfLogItem *self)
{
  const LfLogLine *line = self->line;
  g_autofree char *time = lf_format_stamp (line->time);
  g_autofree char *message =
      lf_kept_words (line->message); /* not the one that is shown: any thread */
  GString *text = g_string_new (time);

  g_string_append_printf (text, " %s %s %s", lf_log_level_words[line->level],
                          lf_log_class_words[line->log_class], message != NULL ? message : "");
  if (line->count > 1)
    g_string_append_printf (text, " (×%" G_GINT64_FORMAT ")", line->count);
  return g_string_free (text, FALSE);
}

static GType
get_item_type (GListModel *model)
{
  return LF_TYPE_LOG_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return LF_LOG_MODEL (model)->items->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  LfLogModel *self = LF_LOG_MODEL (model);

  return position < self->items->len ? g_object_ref (g_ptr_array_index (self->items, position))
                                     : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
lf_log_model_finalize (GObject *object)
{
  g_clear_pointer (&LF_LOG_MODEL (object)->items, g_ptr_array_unref);
  G_OBJECT_CLASS (lf_log_model_parent_class)->finalize (object);
}

static void
lf_log_model_class_init (LfLogModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lf_log_model_finalize;
}

static void
lf_log_model_init (LfLogModel *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

LfLogModel *
lf_log_model_new (guint limit)
{
  LfLogModel *self = g_object_new (LF_TYPE_LOG_MODEL, NULL);

  self->limit = limit;
  return self;
}

static void
drop_oldest (LfLogModel *self, guint n)
{
  if (n == 0)
    return;
  g_ptr_array_remove_range (self->items, 0, n);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n, 0);
}

void
lf_log_model_append (LfLogModel *self, GPtrArray *items)
{
  guint added = MIN (items->len, self->limit);
  guint before;

  if (added == 0)
    return;
  if (self->items->len + added > self->limit)
    drop_oldest (self, self->items->len + added - self->limit);
  before = self->items->len;
  for (guint i = items->len - added; i < items->len; i++)
    g_ptr_array_add (self->items, g_object_ref (g_ptr_array_index (items, i)));
  g_list_model_items_changed (G_LIST_MODEL (self), before, 0, added);
}

void
lf_log_model_clear (LfLogModel *self)
{
  drop_oldest (self, self->items->len);
}
