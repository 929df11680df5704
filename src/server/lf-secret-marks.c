#include "config.h"

#include "lf-secret-marks.h"

#include "lf-error.h"
#include "lf-redact.h"

#include <string.h>

static JsonNode *
new_mark (void)
{
  JsonObject *mark = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_boolean_member (mark, "redacted", TRUE);
  json_node_take_object (node, mark);
  return node;
}

static const char *
text_of (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

JsonNode *
lf_secret_marks_put (JsonNode *node)
{
  JsonNode *copy = json_node_new (json_node_get_node_type (node));

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_object_new ();
      JsonObjectIter iter;
      const char *name;
      JsonNode *member;

      json_object_iter_init_ordered (&iter, json_node_get_object (node));
      while (json_object_iter_next_ordered (&iter, &name, &member))
        json_object_set_member (object, name, lf_secret_marks_put (member));
      json_node_take_object (copy, object);
      return copy;
    }
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_array_new ();

      for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
        json_array_add_element (
            array, lf_secret_marks_put (json_array_get_element (json_node_get_array (node), i)));
      json_node_take_array (copy, array);
      return copy;
    }
  json_node_unref (copy);
  return g_strcmp0 (text_of (node), LF_REDACTED) == 0 ? new_mark () : json_node_copy (node);
}

/* The three documents at one place. */
typedef struct
{
  JsonNode *sent;
  JsonNode *stored; /* NULL: nothing there */
  JsonNode *redacted;
} Place;

static JsonNode *fill (const Place *place, GString *pointer, GError **error);

static gboolean
is_mark (JsonNode *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonNode *member = object != NULL && json_object_get_size (object) == 1
                         ? json_object_get_member (object, "redacted")
                         : NULL;

  return member != NULL && JSON_NODE_HOLDS_VALUE (member) && json_node_get_boolean (member);
}

static JsonNode *
member_of (JsonNode *node, const char *name)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node)
             ? json_object_get_member (json_node_get_object (node), name)
             : NULL;
}

static const char *
name_of (JsonNode *node)
{
  const char *name = text_of (member_of (node, "name"));

  return name != NULL ? name : "";
}

/* The element of @array with @name that comes after @nth others of that name; -1 where there is
 * none. */
static int
find_named (JsonArray *array, const char *name, guint nth)
{
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    if (strcmp (name_of (json_array_get_element (array, i)), name) == 0 && nth-- == 0)
      return (int) i;
  return -1;
}

static guint
count_named_before (JsonArray *array, guint index)
{
  const char *name = name_of (json_array_get_element (array, index));
  guint n = 0;

  for (guint i = 0; i < index; i++)
    n += strcmp (name_of (json_array_get_element (array, i)), name) == 0;
  return n;
}

static JsonArray *
array_of (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static JsonNode *
fill_array (const Place *place, GString *pointer, GError **error)
{
  JsonArray *sent = json_node_get_array (place->sent);
  JsonArray *stored = array_of (place->stored);
  g_autoptr (JsonArray) filled = json_array_new ();
  gsize length = pointer->len;

  for (guint i = 0; i < json_array_get_length (sent); i++)
    {
      JsonNode *element = json_array_get_element (sent, i);
      int found = find_named (stored, name_of (element), count_named_before (sent, i));
      Place within = { element, NULL, NULL };
      JsonNode *node;

      if (found >= 0)
        {
          within.stored = json_array_get_element (stored, (guint) found);
          within.redacted = json_array_get_element (array_of (place->redacted), (guint) found);
        }
      g_string_append_printf (pointer, "/%u", i);
      node = fill (&within, pointer, error);
      g_string_truncate (pointer, length);
      if (node == NULL)
        return NULL;
      json_array_add_element (filled, node);
    }
  return json_node_init_array (json_node_alloc (), filled);
}

static void
append_name (GString *pointer, const char *name)
{
  g_string_append_c (pointer, '/');
  for (const char *c = name; *c != '\0'; c++)
    if (*c == '~')
      g_string_append (pointer, "~0");
    else if (*c == '/')
      g_string_append (pointer, "~1");
    else
      g_string_append_c (pointer, *c);
}

static JsonNode *
fill_object (const Place *place, GString *pointer, GError **error)
{
  g_autoptr (JsonObject) filled = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;
  gsize length = pointer->len;

  json_object_iter_init_ordered (&iter, json_node_get_object (place->sent));
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      Place within = { member, member_of (place->stored, name), member_of (place->redacted, name) };
      JsonNode *node;

      append_name (pointer, name);
      node = fill (&within, pointer, error);
      g_string_truncate (pointer, length);
      if (node == NULL)
        return NULL;
      json_object_set_member (filled, name, node);
    }
  return json_node_init_object (json_node_alloc (), filled);
}

/* The secret that was stored where a mark, or a URL with one in it, was sent. */
static JsonNode *
keep_stored (const Place *place, GString *pointer, GError **error)
{
  const char *told = text_of (place->redacted);
  const char *sent = is_mark (place->sent) ? LF_REDACTED : text_of (place->sent);

  if (told != NULL && strcmp (told, sent) == 0 && text_of (place->stored) != NULL)
    return json_node_copy (place->stored);
  g_set_error (error, LF_ERROR, LF_ERROR_VALUE,
               "%s: no secret is stored here that could be kept; send the secret itself",
               pointer->str);
  return NULL;
}

static JsonNode *
fill (const Place *place, GString *pointer, GError **error)
{
  const char *text = text_of (place->sent);

  if (is_mark (place->sent) || (text != NULL && strstr (text, LF_REDACTED) != NULL))
    return keep_stored (place, pointer, error);
  if (JSON_NODE_HOLDS_OBJECT (place->sent))
    return fill_object (place, pointer, error);
  if (JSON_NODE_HOLDS_ARRAY (place->sent))
    return fill_array (place, pointer, error);
  return json_node_copy (place->sent);
}

JsonNode *
lf_secret_marks_fill (JsonNode *sent, JsonNode *stored, JsonNode *redacted, GError **error)
{
  Place place = { sent, stored, redacted };
  g_autoptr (GString) pointer = g_string_new (NULL);

  return fill (&place, pointer, error);
}
