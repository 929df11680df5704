#include "config.h"

#include "lf-spec-private.h"

void
_lf_validation_add (LfValidation *self, const char *place, const char *format, ...)
{
  LfProblem *problem = lf_problem_new ();
  va_list args;

  va_start (args, format);
  problem->message = g_strdup_vprintf (format, args);
  va_end (args);
  problem->pointer = g_strconcat (self->pointer->str, place, NULL);
  g_ptr_array_add (self->problems, problem);
}

gsize
_lf_validation_enter (LfValidation *self, const char *place)
{
  gsize length = self->pointer->len;

  g_string_append (self->pointer, place);
  return length;
}

gsize
_lf_validation_enter_index (LfValidation *self, const char *list, guint index)
{
  gsize length = self->pointer->len;

  g_string_append_printf (self->pointer, "%s/%u", list, index);
  return length;
}
