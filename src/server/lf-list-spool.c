#include "config.h"

#include "lf-list-spool.h"

#include "lf-json.h"

#include <string.h>

#define BUFFER (64 * 1024) /* bytes */

struct _LfListSpool
{
  LfSpool *spool;
  GOutputStream *stream;
  gboolean begun;
};

LfListSpool *
lf_list_spool_new (gboolean gzip, GError **error)
{
  LfSpool *spool = lf_spool_new (error);
  g_autoptr (GOutputStream) stream = NULL;
  LfListSpool *self;

  if (spool == NULL)
    return NULL;
  self = g_new0 (LfListSpool, 1);
  self->spool = spool;
  stream = lf_spool_open_write (spool, gzip);
  self->stream = g_buffered_output_stream_new_sized (stream, BUFFER);
  return self;
}

void
lf_list_spool_free (LfListSpool *self)
{
  g_clear_object (&self->stream);
  g_clear_pointer (&self->spool, lf_spool_free);
  g_free (self);
}

static gboolean
write_text (LfListSpool *self, const char *text, GError **error)
{
  return g_output_stream_write_all (self->stream, text, strlen (text), NULL, NULL, error);
}

static gboolean
write_node (LfListSpool *self, JsonNode *node, GError **error)
{
  g_autofree char *text = lf_json_to_text (node, FALSE);

  json_node_unref (node);
  return write_text (self, text, error);
}

gboolean
lf_list_spool_add (LfListSpool *self, JsonNode *item, GError **error)
{
  const char *before = self->begun ? ",\n" : "{\"items\":[";

  self->begun = TRUE;
  if (write_text (self, before, error))
    return write_node (self, item, error);
  json_node_unref (item);
  return FALSE;
}

LfSpool *
lf_list_spool_end (LfListSpool *self, const char *next, GError **error)
{
  JsonNode *node = json_node_new (next != NULL ? JSON_NODE_VALUE : JSON_NODE_NULL);

  if (next != NULL)
    json_node_set_string (node, next);
  if (!write_text (self, self->begun ? "],\"next\":" : "{\"items\":[],\"next\":", error))
    {
      json_node_unref (node);
      return NULL;
    }
  if (!write_node (self, node, error) || !write_text (self, "}\n", error) ||
      !g_output_stream_close (self->stream, NULL, error))
    return NULL;
  return g_steal_pointer (&self->spool);
}
