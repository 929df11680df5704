#include "config.h"

#include "lf-timeline-private.h"

#include "lf-error.h"

#include <glib/gi18n.h>

static gboolean
add_histogram (LfHistogram *histogram, const char *text, GError **error)
{
  g_autoptr (LfHistogram) decoded = NULL;

  if (text == NULL)
    return TRUE;
  decoded = lf_histogram_decode (text, error);
  if (decoded == NULL)
    return FALSE;
  lf_histogram_add (histogram, decoded);
  return TRUE;
}

static void
add_codes (guint64 *codes, guint n, guint first, const LfCounts *counts)
{
  for (guint i = 0; i < counts->n; i++)
    {
      const LfCount *count = &counts->entries[i];
      guint64 code;

      if (g_ascii_string_to_unsigned (count->key, 10, first, first + n - 1, &code, NULL))
        codes[code - first] += (guint64) MAX (count->count, 0);
    }
}

static void
add_counts (LfInterval *sums, const LfSample *sample)
{
  sums->scheduled += (guint64) sample->scheduled;
  sums->started += (guint64) sample->started;
  sums->completed += (guint64) sample->completed;
  sums->failed += (guint64) sample->failed;
  sums->dropped += (guint64) sample->dropped;
  sums->resent += (guint64) sample->resent;
  sums->connections += (guint64) sample->connections_opened;
  sums->bytes_sent += (guint64) sample->bytes_sent;
  sums->bytes_received += (guint64) sample->bytes_received;
  sums->iterations += (guint64) sample->iterations;
  add_codes (sums->status_codes, LF_N_STATUS_CODES, 0, sample->status_codes);
  add_codes (sums->error_codes, LF_N_ERROR_CODES, LF_ERROR_CODE_GENERAL, sample->error_codes);
}

static gboolean
add_sample (LfInterval *sums, const LfSample *sample, GError **error)
{
  g_autoptr (LfInterval) read = lf_interval_new ();

  /* Whole or not at all: a sample that cannot be read must not count by half. */
  if (sample->histograms != NULL &&
      (!add_histogram (read->trends[LF_TREND_DURATION], sample->histograms->duration, error) ||
       !add_histogram (read->trends[LF_TREND_RESPONSE_TIME], sample->histograms->response_time,
                       error)))
    return FALSE;
  add_counts (read, sample);
  lf_interval_add (sums, read);
  return TRUE;
}

static void
note_errors (LfTimeline *self, const LfCounts *codes, gint64 now)
{
  for (guint i = 0; i < codes->n; i++)
    {
      const LfCount *count = &codes->entries[i];
      guint64 code;

      if (!g_ascii_string_to_unsigned (count->key, 10, LF_ERROR_CODE_GENERAL, LF_ERROR_CODE_LAST,
                                       &code, NULL))
        continue;
      code -= LF_ERROR_CODE_GENERAL;
      if (self->first_seen[code] == 0)
        self->first_seen[code] = now;
      self->last_seen[code] = now;
    }
}

gboolean
lf_timeline_replay (LfTimeline *self, const LfSample *sample, gint64 now, GError **error)
{
  if (sample->step >= (gint64) self->n_steps)
    {
      g_set_error (error, LF_ERROR, LF_ERROR_CORRUPT,
                   _ ("a sample of step %.0f in a run of %u steps"), (double) sample->step,
                   self->n_steps);
      return FALSE;
    }
  self->replayed = TRUE;
  self->users_max = MAX (self->users_max, sample->users_max);
  if (sample->warmup)
    return TRUE;
  if (sample->step >= 0)
    return add_sample (self->sums[sample->step], sample, error);
  if (!add_sample (self->sums[self->n_steps], sample, error))
    return FALSE;
  note_errors (self, sample->error_codes, now);
  /* Where there is one step only the total is kept. */
  return self->n_steps != 1 || add_sample (self->sums[0], sample, error);
}
