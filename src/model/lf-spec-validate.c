#include "config.h"

#include "lf-spec-private.h"
#include "lf-cron.h"
#include "lf-error.h"
#include "lf-record-private.h"
#include "lf-zone.h"

#include <glib/gi18n.h>

static void check_ranges (gconstpointer record, LfValidation *validation);

static void
check_list_ranges (GPtrArray *list, LfValidation *validation)
{
  for (guint i = 0; i < list->len; i++)
    {
      gsize length = _lf_validation_enter_index (validation, "", i);

      check_ranges (g_ptr_array_index (list, i), validation);
      g_string_truncate (validation->pointer, length);
    }
}

static void
check_number (const LfField *field, double value, LfValidation *validation)
{
  g_autofree char *why = _lf_field_refuse (field, value);

  if (why)
    _lf_validation_add (validation, "", "%s", why);
}

/* The same ranges that hold for a document, for a spec that was changed since it was read. */
static void
check_ranges (gconstpointer record, LfValidation *validation)
{
  const LfRecord *self = record;

  if (!self)
    return;
  for (const LfField *field = self->type->fields; field->name; field++)
    {
      gsize length = validation->pointer->len;

      _lf_pointer_append (validation->pointer, field->name);
      if (field->kind == LF_FIELD_INTEGER)
        check_number (field, (double) *_lf_record_place (record, field, gint64), validation);
      else if (field->kind == LF_FIELD_NUMBER)
        check_number (field, *_lf_record_place (record, field, double), validation);
      else if (field->kind == LF_FIELD_OBJECT)
        check_ranges (*_lf_record_place (record, field, gpointer), validation);
      else if (field->kind == LF_FIELD_LIST)
        check_list_ranges (*_lf_record_place (record, field, GPtrArray *), validation);
      g_string_truncate (validation->pointer, length);
    }
}

static void
check_steps (const LfSpec *self, LfValidation *validation)
{
  guint n_enabled = 0;

  for (guint i = 0; i < lf_spec_get_n_steps (self); i++)
    {
      const LfStep *step = lf_spec_get_step (self, i);
      gsize length;

      if (!step->enabled)
        continue;
      n_enabled++;
      length = self->request ? _lf_validation_enter (validation, "/request")
                             : _lf_validation_enter_index (validation, "/steps", i);
      _lf_step_validate (step, validation);
      g_string_truncate (validation->pointer, length);
    }
  if (n_enabled > 0)
    return;
  if (lf_spec_get_n_steps (self) == 0)
    _lf_validation_add (validation, "/steps", _ ("there is no step; add one with a URL"));
  else if (self->request)
    _lf_validation_add (validation, "/request/enabled", _ ("the only request is switched off"));
  else
    _lf_validation_add (validation, "/steps", _ ("no step is enabled; enable one"));
}

static void
check_profile (const LfSpec *self, LfValidation *validation)
{
  gsize length;
  double duration;

  if (!self->load_profile)
    {
      _lf_validation_add (validation, "/loadProfile",
                          _ ("is missing; say how many users, and for how long"));
      return;
    }
  length = _lf_validation_enter (validation, "/loadProfile");
  _lf_load_profile_validate (self->load_profile, validation);
  g_string_truncate (validation->pointer, length);
  duration = lf_load_profile_get_limit (self->load_profile);
  if (duration > 0 && self->warmup >= duration)
    _lf_validation_add (validation, "/warmup", _ ("lasts as long as the whole run; shorten it"));
}

/* One that is switched off may be half written. */
static void
check_schedule (const LfSpecSchedule *self, LfValidation *validation)
{
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (LfCron) cron = NULL;
  g_autoptr (GError) error = NULL;

  if (!self->enabled)
    return;
  zone = lf_zone_find (self->time_zone, &error);
  if (zone == NULL)
    {
      _lf_validation_add (validation, "/schedule/timeZone", "%s", error->message);
      return;
    }
  cron = lf_cron_new (self->cron, zone, &error);
  if (cron == NULL)
    _lf_validation_add (validation, "/schedule/cron", "%s", error->message);
}

GPtrArray *
lf_spec_validate (const LfSpec *self)
{
  g_autoptr (GString) pointer = g_string_new (NULL);
  LfValidation validation = { g_ptr_array_new_with_free_func (lf_record_free), pointer };
  gsize length;

  if (self->request && self->steps->len > 0)
    _lf_validation_add (&validation, "/request",
                        _ ("a spec has either request or steps; move it into steps"));
  check_ranges (self, &validation);
  if (self->http)
    {
      length = _lf_validation_enter (&validation, "/http");
      _lf_http_options_validate (self->http, &validation);
      g_string_truncate (pointer, length);
    }
  check_steps (self, &validation);
  check_profile (self, &validation);
  if (self->schedule)
    check_schedule (self->schedule, &validation);
  return validation.problems;
}

gboolean
lf_spec_check (const LfSpec *self, GError **error)
{
  g_autoptr (GPtrArray) problems = lf_spec_validate (self);
  const LfProblem *first;

  if (problems->len == 0)
    return TRUE;
  first = g_ptr_array_index (problems, 0);
  g_set_error (error, LF_ERROR, LF_ERROR_VALUE, "%s: %s", first->pointer, first->message);
  return FALSE;
}
