#include "config.h"

#include "lf-run-session.h"

#include "lf-await.h"
#include "lf-command.h"
#include "lf-live-line.h"
#include "lf-signals.h"

#include <glib-unix.h>
#include <glib/gi18n.h>

struct _LfRunSession
{
  GCancellable *cancellable;
  LfActiveRun *run; /* NULL before it begins and after it ended */
  LfLiveLine *live; /* NULL where nothing is to be told */
  guint signals[3]; /* sources; 0 for one that is ignored */
  gboolean quiet;
  gboolean lost; /* something could not be kept */
};

static void
tell (LfRunSession *self, const char *text)
{
  if (self->live != NULL)
    lf_live_line_print (self->live, text);
}

static gboolean
signal_cb (gpointer user_data)
{
  LfRunSession *self = user_data;

  if (self->run == NULL)
    g_cancellable_cancel (self->cancellable);
  else if (lf_active_run_get_status (self->run) == LF_RUN_RUNNING)
    {
      tell (self, _ ("Stopping when the requests under way have ended; once more stops at once"));
      lf_active_run_stop (self->run);
    }
  else
    lf_active_run_stop (self->run);
  return G_SOURCE_CONTINUE;
}

LfRunSession *
lf_run_session_new (gboolean quiet)
{
  LfRunSession *self = g_new0 (LfRunSession, 1);

  self->quiet = quiet;
  self->cancellable = g_cancellable_new ();
  self->signals[0] = g_unix_signal_add (SIGINT, signal_cb, self);
  self->signals[1] = g_unix_signal_add (SIGTERM, signal_cb, self);
  self->signals[2] = lf_signals_add_unless_ignored (SIGHUP, signal_cb, self);
  return self;
}

/* GLib gives a signal that nobody waits for its usual meaning back. */
void
lf_run_session_release_signals (LfRunSession *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->signals); i++)
    g_clear_handle_id (&self->signals[i], g_source_remove);
}

void
lf_run_session_free (LfRunSession *self)
{
  lf_run_session_release_signals (self);
  g_object_unref (self->cancellable);
  g_free (self);
}

GCancellable *
lf_run_session_get_cancellable (LfRunSession *self)
{
  return self->cancellable;
}

/* That results are lost is said even to who asked for quiet. */
static void
log_cb (LfActiveRun *run, GPtrArray *lines, gpointer user_data)
{
  LfRunSession *self = user_data;

  for (guint i = 0; i < lines->len; i++)
    {
      const LfLogLine *line = lines->pdata[i];

      if (line->log_class != LF_LOG_CLASS_STORE || line->level != LF_LOG_ERROR)
        continue;
      self->lost = TRUE;
      if (self->live == NULL)
        lf_command_tell (line->message);
    }
}

static void
ended_cb (LfActiveRun *run, gpointer user_data)
{
  LfRunSession *self = user_data;

  self->run = NULL;
}

LfActiveRun *
lf_run_session_run (LfRunSession *self,
                    LfRunManager *runs,
                    const LfSpec *spec,
                    const LfRunOptions *options,
                    GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (LfActiveRun) run = NULL;

  lf_run_manager_start_async (runs, spec, options, self->cancellable, lf_await_cb, &result);
  run = lf_run_manager_start_finish (runs, lf_await (&result), error);
  if (run == NULL)
    return NULL;
  self->run = run;
  if (!self->quiet)
    self->live = lf_live_line_new (run);
  g_signal_connect (run, "log", G_CALLBACK (log_cb), self);
  g_signal_connect (run, "ended", G_CALLBACK (ended_cb), self);
  while (self->run != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handlers_disconnect_by_data (run, self);
  g_clear_pointer (&self->live, lf_live_line_free);
  return g_steal_pointer (&run);
}

gboolean
lf_run_session_is_kept (LfRunSession *self)
{
  return !self->lost;
}
