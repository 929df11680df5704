#include "config.h"

#include "lf-run-track-private.h"

#include "lf-log-line.h"

/* The log lines of a run: those that memory has, and before them what only the archive has. */

static gint64
seq_of (GPtrArray *lines, guint i)
{
  return ((const LfLogLine *) lines->pdata[i])->seq;
}

static void
lines_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfRunTrack) self = user_data;
  GError *error = NULL;

  lf_store_append_logs_finish (LF_STORE (source), result, &error);
  if (_lf_run_track_take_answer (self, error))
    self->last_line = self->reaches;
  _lf_run_track_go_on (self);
}

static void
write_these_lines (LfRunTrack *self, GPtrArray *lines)
{
  _lf_run_track_begin_write (self);
  self->reaches = seq_of (lines, lines->len - 1);
  lf_store_append_logs_async (self->store, self->run->id, lines, NULL, lines_written_cb,
                              g_object_ref (self));
}

static void
write_known_lines (LfRunTrack *self)
{
  g_autoptr (GPtrArray) batch = g_ptr_array_new ();
  gint64 first = self->last_line + 1 - seq_of (self->lines, 0); /* seq has no holes */

  if (first < 0)
    self->lost_lines = TRUE;
  for (gint64 i = MAX (first, 0); i < self->lines->len && batch->len < LF_RUN_TRACK_BATCH; i++)
    g_ptr_array_add (batch, self->lines->pdata[i]);
  write_these_lines (self, batch);
}

/* Where the archive has nothing to fill the hole with either, the lines in it are lost. */
static void
lines_fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfRunTrack) self = user_data;
  g_autoptr (GPtrArray) lines = lf_store_list_logs_finish (LF_STORE (source), result, NULL);

  self->asked = 0;
  if (self->run == NULL)
    return;
  if (lines == NULL || lines->len == 0)
    {
      g_clear_object (&self->archive);
      _lf_run_track_write_next (self);
    }
  else
    write_these_lines (self, lines);
}

void
_lf_run_track_write_lines (LfRunTrack *self)
{
  if (self->archive == NULL || seq_of (self->lines, 0) <= self->last_line + 1)
    {
      write_known_lines (self);
      return;
    }
  _lf_run_track_begin_write (self);
  lf_store_list_logs_async (self->archive, self->run->id, self->last_line, LF_RUN_TRACK_BATCH, NULL,
                            lines_fetched_cb, g_object_ref (self));
}

gboolean
_lf_run_track_has_new_lines (LfRunTrack *self)
{
  return self->lines->len > 0 && seq_of (self->lines, self->lines->len - 1) > self->last_line;
}

guint
_lf_run_track_count_lines (LfRunTrack *self)
{
  if (!_lf_run_track_has_new_lines (self))
    return 0;
  return (guint) (seq_of (self->lines, self->lines->len - 1) - self->last_line);
}
