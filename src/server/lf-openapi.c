#include "config.h"

#include "lf-openapi.h"

#include "lf-openapi-schemas.h"
#include "lf-route.h"

#include <libsoup/soup.h>
#include <string.h>

static JsonObject *
add_object (JsonObject *to, const char *name)
{
  JsonObject *object = json_object_new ();

  json_object_set_object_member (to, name, object);
  return object;
}

static JsonObject *
ensure_object (JsonObject *to, const char *name)
{
  return json_object_has_member (to, name) ? json_object_get_object_member (to, name)
                                           : add_object (to, name);
}

static void
set_ref (JsonObject *schema, const char *name)
{
  g_autofree char *place = g_strconcat ("#/components/schemas/", name, NULL);

  json_object_set_string_member (schema, "$ref", place);
}

/* {"items": [NAME], "next": text or null} */
static void
set_page (JsonObject *schema, const char *name)
{
  JsonObject *properties, *items, *next;
  JsonArray *required = json_array_new ();
  JsonArray *types = json_array_new ();

  json_object_set_string_member (schema, "type", "object");
  json_array_add_string_element (required, "items");
  json_array_add_string_element (required, "next");
  json_object_set_array_member (schema, "required", required);
  properties = add_object (schema, "properties");
  items = add_object (properties, "items");
  json_object_set_string_member (items, "type", "array");
  set_ref (add_object (items, "items"), name);
  next = add_object (properties, "next");
  json_array_add_string_element (types, "string");
  json_array_add_string_element (types, "null");
  json_object_set_array_member (next, "type", types);
}

static void
add_content (JsonObject *to, const char *type, const char *schema, gboolean list)
{
  JsonObject *content = add_object (to, "content");
  g_autofree char *bare = g_strndup (type, strcspn (type, ";"));
  JsonObject *media = add_object (content, bare);

  if (schema != NULL && list)
    set_page (add_object (media, "schema"), schema);
  else if (schema != NULL)
    set_ref (add_object (media, "schema"), schema);
}

static JsonObject *
add_answer (JsonObject *answers, guint status)
{
  g_autofree char *code = g_strdup_printf ("%u", status);
  JsonObject *answer = ensure_object (answers, code);

  json_object_set_string_member (answer, "description", soup_status_get_phrase (status));
  return answer;
}

static void
add_problem (JsonObject *answers, guint status)
{
  add_content (add_answer (answers, status), "application/problem+json", "Problem", FALSE);
}

static void
add_answers (JsonObject *operation, const LfRoute *route)
{
  static const guint usual[] = { 400, 403, 404, 405, 421, 429, 431, 500, 0 };
  JsonObject *answers = add_object (operation, "responses");
  JsonObject *good = add_answer (answers, route->answer.status);

  if (route->answer.type != NULL)
    add_content (good, route->answer.type, route->answer.schema, route->answer.list);
  if (route->answer.status == 200 && strcmp (route->method, "GET") == 0)
    add_answer (answers, 304);
  for (guint i = 0; usual[i] != 0; i++)
    add_problem (answers, usual[i]);
  if (route->role != LF_ROLE_NOBODY)
    {
      add_problem (answers, 401);
      add_problem (answers, 503);
    }
  for (guint i = 0; route->problems != NULL && route->problems[i] != 0; i++)
    add_problem (answers, route->problems[i]);
}

static JsonObject *
new_parameter (const char *name, const char *in, gboolean required, const char *about)
{
  JsonObject *parameter = json_object_new ();

  json_object_set_string_member (parameter, "name", name);
  json_object_set_string_member (parameter, "in", in);
  if (required)
    json_object_set_boolean_member (parameter, "required", TRUE);
  if (about != NULL)
    json_object_set_string_member (parameter, "description", about);
  return parameter;
}

static void
add_path_parameters (JsonArray *parameters, const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] == '{')
      {
        g_autofree char *name = g_strndup (parts[i] + 1, strlen (parts[i]) - 2);
        JsonObject *parameter = new_parameter (name, "path", TRUE, NULL);

        json_object_set_string_member (add_object (parameter, "schema"), "type", "string");
        json_array_add_object_element (parameters, parameter);
      }
}

static void
describe_value (JsonObject *schema, const LfRouteParameter *parameter)
{
  JsonArray *words;

  if (parameter->minimum != parameter->maximum)
    {
      json_object_set_string_member (schema, "type", "integer");
      json_object_set_int_member (schema, "minimum", parameter->minimum);
      json_object_set_int_member (schema, "maximum", parameter->maximum);
      if (parameter->preset >= parameter->minimum)
        json_object_set_int_member (schema, "default", parameter->preset);
      return;
    }
  json_object_set_string_member (schema, "type", "string");
  if (parameter->id)
    json_object_set_string_member (schema, "pattern", "^[0-9a-f]{24}$");
  if (parameter->words == NULL)
    return;
  words = json_array_new ();
  for (guint i = 0; parameter->words[i] != NULL; i++)
    json_array_add_string_element (words, parameter->words[i]);
  json_object_set_array_member (schema, "enum", words);
}

static void
add_parameters (JsonObject *operation, const LfRoute *route)
{
  JsonArray *parameters = json_array_new ();

  json_object_set_array_member (operation, "parameters", parameters);
  add_path_parameters (parameters, route->path);
  for (const LfRouteParameter *one = route->query; one != NULL && one->name != NULL; one++)
    {
      JsonObject *parameter = new_parameter (one->name, "query", FALSE, one->about);

      describe_value (add_object (parameter, "schema"), one);
      json_array_add_object_element (parameters, parameter);
    }
}

static void
add_body (JsonObject *operation, const LfRoute *route)
{
  JsonObject *request;

  if (route->takes == LF_TAKES_NOTHING)
    return;
  request = add_object (operation, "requestBody");
  if (route->takes == LF_TAKES_JSON)
    add_content (request, "application/json", route->schema, FALSE);
  else
    add_content (request, "application/octet-stream", NULL, FALSE);
  /* An empty file is a file, and an empty validation is of what is stored. */
  json_object_set_boolean_member (request, "required",
                                  route->takes == LF_TAKES_JSON &&
                                      strstr (route->path, "validate") == NULL);
}

static void
add_security (JsonObject *operation, const LfRoute *route)
{
  JsonArray *either = json_array_new ();
  JsonObject *bearer = json_object_new ();

  json_object_set_array_member (operation, "security", either);
  if (route->role == LF_ROLE_NOBODY)
    {
      json_object_unref (bearer);
      return;
    }
  json_object_set_array_member (bearer, "token", json_array_new ());
  json_array_add_object_element (either, bearer);
  json_array_add_object_element (either, json_object_new ()); /* loopback needs none */
}

static void
add_route (JsonObject *paths, const LfRoute *route)
{
  JsonObject *path = ensure_object (paths, route->path);
  g_autofree char *method = g_ascii_strdown (route->method, -1);
  JsonObject *operation = add_object (path, method);

  json_object_set_string_member (operation, "operationId", route->name);
  json_object_set_string_member (operation, "summary", route->about);
  add_parameters (operation, route);
  add_body (operation, route);
  add_answers (operation, route);
  add_security (operation, route);
}

static void
add_head (JsonObject *document)
{
  JsonObject *info;

  json_object_set_string_member (document, "openapi", "3.1.0");
  info = add_object (document, "info");
  json_object_set_string_member (info, "title", "LoadForge");
  json_object_set_string_member (info, "version", LF_VERSION);
  json_object_set_string_member (
      info, "description",
      "Starts, steers and tells load tests. GET answers HEAD, too; errors are RFC 9457 problems. "
      "Live numbers come over the WebSocket /runs, subprotocol loadforge.v1.");
}

JsonNode *
lf_openapi_document (void)
{
  JsonObject *document = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *components, *scheme, *paths;
  guint n;
  const LfRoute *routes = lf_routes_get (&n);

  json_node_take_object (node, document);
  add_head (document);
  paths = add_object (document, "paths");
  for (guint i = 0; i < n; i++)
    add_route (paths, &routes[i]);
  components = add_object (document, "components");
  json_object_set_object_member (components, "schemas", lf_openapi_schemas ());
  scheme = add_object (add_object (components, "securitySchemes"), "token");
  json_object_set_string_member (scheme, "type", "http");
  json_object_set_string_member (scheme, "scheme", "bearer");
  return node;
}
