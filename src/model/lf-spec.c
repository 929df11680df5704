#include "config.h"

#include "lf-error.h"
#include "lf-record-private.h"
#include "lf-spec.h"

#include <glib/gi18n.h>

static const char *const data_formats[] = { "csv", "jsonl", NULL };
static const char *const data_orders[] = { "sequential", "random", "unique", NULL };
static const char *const data_ends[] = { "recycle", "stop", NULL };
static const char *const flows[] = { "sequence", "weighted", NULL };

/* clang-format off */
_LF_DEFINE_RECORD (LfVariable, lf_variable,
  _LF_STRING (LfVariable, name, "name"),
  _LF_STRING (LfVariable, value, "value"),
  _LF_BOOLEAN (LfVariable, secret, "secret", FALSE))

_LF_DEFINE_RECORD (LfDataSource, lf_data_source,
  _LF_STRING (LfDataSource, name, "name"),
  _LF_STRING (LfDataSource, attachment_id, "attachmentId"),
  _LF_STRING (LfDataSource, file, "file"),
  _LF_ENUM (LfDataSource, format, "format", data_formats, 0),
  _LF_ENUM (LfDataSource, order, "order", data_orders, 0),
  _LF_ENUM (LfDataSource, on_end, "onEnd", data_ends, 0))

_LF_DEFINE_RECORD (LfSpecSchedule, lf_spec_schedule,
  _LF_STRING (LfSpecSchedule, cron, "cron"),
  _LF_STRING (LfSpecSchedule, time_zone, "timeZone"),
  _LF_BOOLEAN (LfSpecSchedule, enabled, "enabled", TRUE))

_LF_DEFINE_RECORD (LfSpec, lf_spec,
  _LF_STRING (LfSpec, schema, "schema"),
  _LF_STRING (LfSpec, id, "id"),
  _LF_STRING (LfSpec, name, "name"),
  _LF_STRING (LfSpec, description, "description"),
  _LF_STRINGS (LfSpec, tags, "tags"),
  _LF_INTEGER (LfSpec, revision, "revision", 0, _LF_COUNT_LIMIT, 0),
  _LF_TIME (LfSpec, created_at, "createdAt"),
  _LF_TIME (LfSpec, updated_at, "updatedAt"),
  _LF_MAP (LfSpec, variables, "variables", lf_variable_type),
  _LF_LIST (LfSpec, data, "data", lf_data_source_type),
  _LF_OBJECT (LfSpec, http, "http", lf_http_options_type),
  _LF_OBJECT (LfSpec, request, "request", lf_step_type),
  _LF_LIST (LfSpec, steps, "steps", lf_step_type),
  _LF_ENUM (LfSpec, flow, "flow", flows, LF_FLOW_SEQUENCE),
  _LF_OBJECT (LfSpec, load_profile, "loadProfile", lf_load_profile_type),
  _LF_NUMBER (LfSpec, warmup, "warmup", 0, _LF_SECONDS_LIMIT, 0),
  _LF_NUMBER (LfSpec, graceful_stop, "gracefulStop", 0, _LF_SECONDS_LIMIT, 30),
  _LF_JSON (LfSpec, thresholds, "thresholds"),
  _LF_OBJECT (LfSpec, schedule, "schedule", lf_spec_schedule_type))

_LF_DEFINE_RECORD (LfProblem, lf_problem,
  _LF_STRING (LfProblem, pointer, "pointer"),
  _LF_STRING (LfProblem, message, "message"))
/* clang-format on */

static gboolean
check_schema (const char *schema, GError **error)
{
  static const char family[] = "loadforge/spec/";

  if (schema == NULL || strcmp (schema, LF_SPEC_SCHEMA) == 0)
    return TRUE;
  if (g_str_has_prefix (schema, family) &&
      g_ascii_strtoull (schema + strlen (family), NULL, 10) > 1)
    g_set_error (error, LF_ERROR, LF_ERROR_NEWER,
                 _ ("/schema: “%.100s” was written by a newer LoadForge; this one reads “%s”"),
                 schema, LF_SPEC_SCHEMA);
  else
    g_set_error (error, LF_ERROR, LF_ERROR_VALUE, _ ("/schema: “%.100s” is not “%s”"), schema,
                 LF_SPEC_SCHEMA);
  return FALSE;
}

static gboolean
check_thresholds (JsonNode *thresholds, GError **error)
{
  if (thresholds == NULL || JSON_NODE_HOLDS_OBJECT (thresholds))
    return TRUE;
  g_set_error (error, LF_ERROR, LF_ERROR_VALUE,
               _ ("/thresholds: expected an object, as {\"http_req_duration\": [\"p(95)<300\"]}"));
  return FALSE;
}

/* What the tables cannot say: the format's name, one of two forms, and thresholds by metric. */
static LfSpec *
check_form (LfSpec *spec, GError **error)
{
  g_autoptr (LfSpec) self = spec;

  if (self == NULL || !check_schema (self->schema, error) ||
      !check_thresholds (self->thresholds, error))
    return NULL;
  if (self->request != NULL && lf_record_is_present (self, G_STRUCT_OFFSET (LfSpec, steps)))
    {
      g_set_error (error, LF_ERROR, LF_ERROR_VALUE,
                   _ ("/request: a spec has either one request or steps, not both"));
      return NULL;
    }
  return g_steal_pointer (&self);
}

LfSpec *
lf_spec_from_text (const char *text, gssize length, GError **error)
{
  return check_form (lf_record_from_text (&lf_spec_type, text, length, error), error);
}

LfSpec *
lf_spec_from_json (JsonNode *node, GError **error)
{
  return check_form (lf_record_from_json (&lf_spec_type, node, "", error), error);
}

char *
lf_spec_to_text (const LfSpec *self)
{
  g_autofree char *text = lf_record_to_text (self, TRUE);

  return g_strconcat (text, "\n", NULL);
}

LfSpec *
lf_spec_new_default (void)
{
  LfSpec *self = lf_spec_new ();
  LfStep *step = lf_step_new ();

  lf_set_string (&self->schema, LF_SPEC_SCHEMA);
  lf_set_string (&self->name, "");
  lf_set_string (&step->method, "GET");
  lf_set_string (&step->url, "");
  g_ptr_array_add (self->steps, step);
  self->load_profile = lf_load_profile_new ();
  self->load_profile->ramp_up = 5;
  self->load_profile->users = 10;
  self->load_profile->steady = 30;
  self->load_profile->ramp_down = 5;
  return self;
}

GPtrArray *
lf_spec_get_steps (const LfSpec *self)
{
  GPtrArray *steps = g_ptr_array_new ();

  for (guint i = 0; i < lf_spec_get_n_steps (self); i++)
    g_ptr_array_add (steps, lf_spec_get_step (self, i));
  return steps;
}

LfStep *
lf_spec_get_step (const LfSpec *self, guint n)
{
  if (self->request != NULL)
    return n == 0 ? self->request : NULL;
  return n < self->steps->len ? self->steps->pdata[n] : NULL;
}

guint
lf_spec_get_n_steps (const LfSpec *self)
{
  return self->request != NULL ? 1 : self->steps->len;
}

static void
add_attachment (GPtrArray *ids, const char *id)
{
  if (id != NULL && *id != '\0' && !g_ptr_array_find_with_equal_func (ids, id, g_str_equal, NULL))
    g_ptr_array_add (ids, g_strdup (id));
}

GPtrArray *
lf_spec_get_attachment_ids (const LfSpec *self)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < lf_spec_get_n_steps (self); i++)
    {
      const LfBody *body = lf_spec_get_step (self, i)->body;

      if (body == NULL)
        continue;
      add_attachment (ids, body->attachment_id);
      for (guint part = 0; part < body->parts->len; part++)
        add_attachment (ids, ((LfBodyPart *) body->parts->pdata[part])->attachment_id);
    }
  for (guint i = 0; i < self->data->len; i++)
    add_attachment (ids, ((LfDataSource *) self->data->pdata[i])->attachment_id);
  return ids;
}
