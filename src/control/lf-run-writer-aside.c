#include "config.h"

#include "lf-run-writer-private.h"

/* What goes into the spill beside the store, and out of it again. */

static void
forgotten_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfRunWriter) self = user_data;
  g_autoptr (GError) error = NULL;

  self->forgetting = FALSE;
  /* A second copy that stays is found to be whole already when it is uploaded. */
  if (!lf_spill_forget_finish (LF_SPILL (source), result, &error))
    g_message ("%s", error->message);
  if (self->settling && self->finish != NULL)
    _lf_run_writer_succeed (self);
}

void
_lf_run_writer_drop_aside (LfRunWriter *self)
{
  _lf_run_writer_stop_track (self, self->aside);
  g_clear_object (&self->aside);
  lf_run_track_set_archive (self->track, NULL);
  self->forgetting = TRUE;
  lf_spill_forget_async (self->spill, self->run->id, forgotten_cb, g_object_ref (self));
}

void
_lf_run_writer_end_aside (LfRunWriter *self)
{
  if (self->leaving && self->aside != NULL)
    lf_run_track_end (self->aside);
}

static void
aside_answered_cb (LfRunWriter *self)
{
  const GError *error = lf_run_track_get_error (self->aside);

  if (error != NULL && self->failing && !self->spill_failing)
    _lf_run_writer_report_trouble (self, error, FALSE);
  self->spill_failing = error != NULL && self->failing;
  if (error == NULL && self->leaving) /* until then the spill does not stand for the store */
    _lf_run_writer_wait_on (self);
  if (!lf_run_track_has_ended (self->aside) || self->settling)
    return;
  self->spilled = TRUE;
  lf_spill_refresh (self->spill);
  _lf_run_writer_succeed (self);
}

/* What the store has is in no danger. */
static LfRunTrack *
new_aside (LfRunWriter *self, LfStore *store)
{
  LfRunTrack *aside = lf_run_track_new (store, self->run, self->samples, self->lines);
  guint samples, lines;

  lf_run_track_count_waiting (self->track, &samples, &lines);
  lf_run_track_begin_at (aside, lf_samples_get_n (self->samples) - samples);
  return aside;
}

static void
spill_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfRunWriter) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LfStore) store = lf_spill_open_finish (LF_SPILL (source), result, &error);

  self->opening = FALSE;
  if (self->run == NULL)
    return;
  if (store == NULL)
    {
      if (!self->spill_failing)
        _lf_run_writer_report_trouble (self, error, FALSE);
      self->spill_failing = TRUE;
      return;
    }
  self->aside = new_aside (self, store);
  g_signal_connect_swapped (self->aside, "answered", G_CALLBACK (aside_answered_cb), self);
  lf_run_track_set_archive (self->track, store);
  lf_run_track_step (self->aside);
  _lf_run_writer_end_aside (self);
}

void
_lf_run_writer_step_aside (LfRunWriter *self)
{
  if (self->aside != NULL)
    lf_run_track_step (self->aside);
  else if (self->spill != NULL && !self->opening && !self->forgetting)
    {
      self->opening = TRUE;
      lf_spill_open_async (self->spill, spill_opened_cb, g_object_ref (self));
    }
}

void
_lf_run_writer_check_caught_up (LfRunWriter *self)
{
  guint samples, lines;

  if (self->aside == NULL || self->leaving || self->settling)
    return;
  lf_run_track_count_waiting (self->track, &samples, &lines);
  if (samples == 0 && lines == 0)
    _lf_run_writer_drop_aside (self);
}
