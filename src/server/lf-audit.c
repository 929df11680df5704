#include "config.h"

#include "lf-audit.h"

struct _LfAudit
{
  LfAuditFunc func;
  gpointer user_data;
  gint64 second; /* of the monotonic clock */
  guint told;    /* in that second */
  guint left_out;
};

LfAudit *
lf_audit_new (LfAuditFunc func, gpointer user_data)
{
  LfAudit *self = g_new0 (LfAudit, 1);

  self->func = func;
  self->user_data = user_data;
  return self;
}

void
lf_audit_free (LfAudit *self)
{
  g_free (self);
}

static char *
clean (const char *text)
{
  char *valid = g_utf8_make_valid (text, -1);

  for (char *c = valid; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      *c = '?';
  return valid;
}

void
lf_audit_tell (LfAudit *self, const char *who, const char *what)
{
  gint64 second = g_get_monotonic_time () / G_USEC_PER_SEC;
  g_autofree char *line = NULL;
  g_autofree char *cleaned = NULL;

  if (second != self->second)
    {
      g_autofree char *more = self->left_out > 0
                                  ? g_strdup_printf ("%u more lines were left out", self->left_out)
                                  : NULL;

      self->second = second;
      self->told = self->left_out = 0;
      if (more != NULL)
        self->func (more, self->user_data);
    }
  if (self->told++ >= LF_AUDIT_RATE)
    {
      self->left_out++;
      return;
    }
  line = g_strdup_printf ("%s %.500s", who, what);
  cleaned = clean (line);
  self->func (cleaned, self->user_data);
}
