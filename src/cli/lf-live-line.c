#include "config.h"

#include "lf-live-line.h"

#include "lf-kept-words.h"
#include "lf-text.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define BAR_WIDTH     20 /* columns */
#define DEFAULT_WIDTH 80

struct _LfLiveLine
{
  LfActiveRun *run;
  gboolean terminal;
  gboolean drawn;
};

static guint
get_width (void)
{
  struct winsize size;

  return ioctl (STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col
                                                                          : DEFAULT_WIDTH;
}

static void
clear (LfLiveLine *self)
{
  if (self->drawn)
    fputs ("\r\033[K", stderr);
  self->drawn = FALSE;
}

void
lf_live_line_print (LfLiveLine *self, const char *text)
{
  clear (self);
  fprintf (stderr, "%s\n", text);
  fflush (stderr);
}

/* What is told of a second, in words. */
static char *
describe (const LfRunProgress *progress, const LfSample *total)
{
  GString *text = g_string_new (NULL);
  const LfSampleLatency *response = lf_sample_get_response (total);

  if (progress->planned_iterations > 0)
    g_string_append_printf (text, _ ("%.0f s  %.0f of %.0f iterations"), progress->elapsed,
                            (double) progress->iterations, (double) progress->planned_iterations);
  else if (progress->duration > 0)
    g_string_append_printf (text, _ ("%.0f of %.0f s"), progress->elapsed, progress->duration);
  else
    g_string_append_printf (text, _ ("%.0f s"), progress->elapsed);
  g_string_append_printf (text, _ ("  %d users  %.0f req/s  %.0f requests  %.0f failed"),
                          (int) progress->users, progress->rate, (double) progress->requests,
                          (double) progress->failed);
  if (total->dropped > 0)
    g_string_append_printf (text, _ ("  %d dropped"), (int) total->dropped);
  if (response != NULL)
    g_string_append_printf (text, _ ("  p50 %.2f ms  p95 %.2f ms"), response->p50, response->p95);
  if (total->warmup)
    g_string_append (text, _ ("  (warm-up)"));
  return g_string_free (text, FALSE);
}

/* How much of it is done, 0 to 1; -1 where nobody can know. */
static double
get_share (const LfRunProgress *progress)
{
  if (progress->planned_iterations > 0)
    return (double) progress->iterations / (double) progress->planned_iterations;
  return progress->duration > 0 ? progress->elapsed / progress->duration : -1;
}

static char *
draw_bar (double share)
{
  guint filled = (guint) round (CLAMP (share, 0, 1) * BAR_WIDTH);
  char bar[BAR_WIDTH + 1];

  for (guint i = 0; i < BAR_WIDTH; i++)
    bar[i] = i < filled ? '#' : '-';
  bar[BAR_WIDTH] = '\0';
  return g_strdup_printf ("[%s] %3.0f %%  ", bar, CLAMP (share, 0, 1) * 100);
}

/* A line that wraps could not be drawn over. */
static char *
shorten (const char *text, guint width)
{
  if (g_utf8_strlen (text, -1) <= (glong) width)
    return g_strdup (text);
  return g_utf8_substring (text, 0, (glong) width);
}

static void
draw (LfLiveLine *self, const LfRunProgress *progress, const char *description)
{
  double share = get_share (progress);
  g_autofree char *bar = share >= 0 ? draw_bar (share) : g_strdup ("");
  g_autofree char *line = g_strconcat (bar, description, NULL);
  g_autofree char *shown = shorten (line, get_width () - 1);

  clear (self);
  fputs (shown, stderr);
  fflush (stderr);
  self->drawn = TRUE;
}

static void
sample_cb (LfActiveRun *run, GPtrArray *samples, gpointer user_data)
{
  LfLiveLine *self = user_data;
  const LfRunProgress *progress = lf_active_run_get_run (run)->progress;
  g_autofree char *description = describe (progress, samples->pdata[0]);

  if (self->terminal)
    draw (self, progress, description);
  else
    lf_live_line_print (self, description);
}

static void
log_cb (LfActiveRun *run, GPtrArray *lines, gpointer user_data)
{
  for (guint i = 0; i < lines->len; i++)
    {
      const LfLogLine *line = lines->pdata[i];
      g_autofree char *shown = NULL;
      g_autofree char *message = NULL;
      g_autofree char *text = NULL;

      if (line->level < LF_LOG_WARN)
        continue;
      shown = lf_kept_words (line->message);
      message = lf_text_clean (shown);
      text = line->count > 1 ? g_strdup_printf ("%s: %s (%.0f×)", lf_log_level_words[line->level],
                                                message, (double) line->count)
                             : g_strdup_printf ("%s: %s", lf_log_level_words[line->level], message);
      lf_live_line_print (user_data, text);
    }
}

LfLiveLine *
lf_live_line_new (LfActiveRun *run)
{
  LfLiveLine *self = g_new0 (LfLiveLine, 1);

  self->run = g_object_ref (run);
  self->terminal = isatty (STDERR_FILENO);
  g_signal_connect (run, "sample", G_CALLBACK (sample_cb), self);
  g_signal_connect (run, "log", G_CALLBACK (log_cb), self);
  return self;
}

void
lf_live_line_free (LfLiveLine *self)
{
  if (self == NULL)
    return;
  clear (self);
  g_signal_handlers_disconnect_by_data (self->run, self);
  g_object_unref (self->run);
  g_free (self);
}
