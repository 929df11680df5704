#include "config.h"

#include "lf-sent-file.h"

typedef gboolean (*Test) (const LfSentFile *file);

static gboolean
is_blank (const char *text)
{
  return text == NULL || *text == '\0';
}

static gboolean
is_stored (const LfSentFile *file)
{
  return !is_blank (*file->attachment_id);
}

static gboolean
is_beside (const LfSentFile *file)
{
  return is_blank (*file->attachment_id) && !is_blank (*file->file);
}

static LfSentFile
of_body (LfBody *body, guint step)
{
  return (LfSentFile){ body, &body->attachment_id, &body->file, step, -1 };
}

static LfSentFile
of_part (LfBodyPart *part, guint step, guint n)
{
  return (LfSentFile){ part, &part->attachment_id, &part->file, step, (int) n };
}

static gboolean
find_in_body (LfBody *body, guint step, Test test, LfSentFile *found)
{
  *found = of_body (body, step);
  if (test (found))
    return TRUE;
  for (guint i = 0; i < body->parts->len; i++)
    {
      *found = of_part (body->parts->pdata[i], step, i);
      if (test (found))
        return TRUE;
    }
  return FALSE;
}

static gboolean
find (const LfSpec *spec, Test test, LfSentFile *found)
{
  for (guint i = 0; i < lf_spec_get_n_steps (spec); i++)
    {
      LfBody *body = lf_spec_get_step (spec, i)->body;

      if (body != NULL && find_in_body (body, i, test, found))
        return TRUE;
    }
  return FALSE;
}

gboolean
lf_sent_file_find_stored (const LfSpec *spec, LfSentFile *found)
{
  return find (spec, is_stored, found);
}

gboolean
lf_sent_file_find_beside (const LfSpec *spec, LfSentFile *found)
{
  return find (spec, is_beside, found);
}

void
lf_sent_file_foreach_beside (const LfSpec *spec, LfSentFileFunc func, gpointer user_data)
{
  for (guint i = 0; i < lf_spec_get_n_steps (spec); i++)
    {
      LfBody *body = lf_spec_get_step (spec, i)->body;
      guint n_parts = body != NULL ? body->parts->len : 0;
      LfSentFile file;

      if (body != NULL && (file = of_body (body, i), is_beside (&file)))
        func (&file, user_data);
      for (guint n = 0; n < n_parts; n++)
        if (file = of_part (body->parts->pdata[n], i, n), is_beside (&file))
          func (&file, user_data);
    }
}

static void
set (const LfSentFile *self, char **place, const char *text)
{
  lf_set_string (place, text);
  lf_record_set_present (self->record, (gsize) ((char *) place - (char *) self->record),
                         text != NULL);
}

void
lf_sent_file_set_stored (const LfSentFile *self, const char *id)
{
  set (self, self->attachment_id, id);
  set (self, self->file, NULL);
}

void
lf_sent_file_set_beside (const LfSentFile *self, const char *path)
{
  set (self, self->file, path);
  set (self, self->attachment_id, NULL);
}

char *
lf_sent_file_get_pointer (const LfSentFile *self, const LfSpec *spec)
{
  GString *pointer = g_string_new ("/request");

  if (spec->request == NULL)
    g_string_printf (pointer, "/steps/%u", self->step);
  g_string_append (pointer, "/body");
  if (self->part >= 0)
    g_string_append_printf (pointer, "/parts/%d", self->part);
  g_string_append (pointer, "/file");
  return g_string_free (pointer, FALSE);
}
