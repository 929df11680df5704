#include "config.h"

#include "lf-notifier.h"

#include "lf-format.h"
#include "lf-run-window.h"
#include "lf-settings.h"
#include "lf-words.h"

#include <glib/gi18n.h>

struct _LfNotifier
{
  GObject parent_instance;
  GApplication *application; /* which owns this */
  GSettings *settings;       /* or NULL */
};

G_DEFINE_FINAL_TYPE (LfNotifier, lf_notifier, G_TYPE_OBJECT)

static gboolean
is_in_front (LfNotifier *self, const char *run_id)
{
  GtkWindow *window = GTK_IS_APPLICATION (self->application)
                          ? gtk_application_get_active_window (GTK_APPLICATION (self->application))
                          : NULL;

  return window != NULL && LF_IS_RUN_WINDOW (window) && gtk_window_is_active (window) &&
         g_strcmp0 (lf_run_window_get_run_id (LF_RUN_WINDOW (window)), run_id) == 0;
}

static char *
body_of (const LfRun *run)
{
  const LfLatency *latency =
      run->summary != NULL ? lf_latencies_get_response (run->summary->latency) : NULL;
  g_autofree char *requests = NULL;
  g_autofree char *p95 = NULL;

  if (latency == NULL || run->summary->requests == NULL)
    return g_strdup (lf_words_outcome (run));
  requests = lf_format_count ((double) run->summary->requests->total);
  p95 = lf_format_ms (latency->p95);
  /* Translators: how the run ended, how many requests, and the 95th percentile, as "12.3 ms". */
  return g_strdup_printf (ngettext ("%s: %s request, p95 %s", "%s: %s requests, p95 %s",
                                    (gulong) run->summary->requests->total),
                          lf_words_outcome (run), requests, p95);
}

static const char *
name_of (const LfRun *run)
{
  return run->spec_name != NULL && *run->spec_name != '\0' ? run->spec_name : _ ("Run");
}

/* What is told of a run later takes the place of what was told before. */
static void
tell (LfNotifier *self, const LfRun *run, const char *title, const char *body)
{
  g_autoptr (GNotification) notification = g_notification_new (title);

  g_notification_set_body (notification, body);
  g_notification_set_default_action_and_target (notification, "app.open-run", "s", run->id);
  g_application_send_notification (self->application, run->id, notification);
}

static void
ended_cb (LfNotifier *self, LfActiveRun *active)
{
  const LfRun *run = lf_active_run_get_run (active);
  g_autofree char *title = NULL;
  g_autofree char *body = NULL;

  if (!lf_settings_get_notify (self->settings) || is_in_front (self, run->id))
    return;
  title = g_strdup_printf (_ ("“%s” has ended"), name_of (run));
  body = body_of (run);
  tell (self, run, title, body);
}

static void
started_cb (LfNotifier *self, const LfRunSchedule *schedule, LfActiveRun *active)
{
  const LfRun *run = lf_active_run_get_run (active);
  g_autofree char *title = NULL;

  if (!lf_settings_get_notify (self->settings))
    return;
  title = g_strdup_printf (_ ("“%s” has started"), name_of (run));
  tell (self, run, title, _ ("As its schedule says"));
}

static void
missed_cb (LfNotifier *self, const LfRunSchedule *schedule, const char *words)
{
  g_autoptr (GNotification) notification = g_notification_new (_ ("A Scheduled Run Was Missed"));

  g_notification_set_body (notification, words);
  g_notification_set_default_action_and_target (notification, "app.spec-history", "s",
                                                schedule->spec_id);
  g_application_send_notification (self->application, schedule->id, notification);
}

static void
runs_changed_cb (LfNotifier *self, guint position, guint removed, guint added, GListModel *runs)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (LfActiveRun) run = g_list_model_get_item (runs, i);

      g_signal_connect_object (run, "ended", G_CALLBACK (ended_cb), self, G_CONNECT_SWAPPED);
    }
}

static void
lf_notifier_dispose (GObject *object)
{
  g_clear_object (&LF_NOTIFIER (object)->settings);
  G_OBJECT_CLASS (lf_notifier_parent_class)->dispose (object);
}

static void
lf_notifier_class_init (LfNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lf_notifier_dispose;
}

static void
lf_notifier_init (LfNotifier *self)
{
  self->settings = lf_settings_new ();
}

LfNotifier *
lf_notifier_new (GApplication *application, LfRunManager *runs)
{
  LfNotifier *self = g_object_new (LF_TYPE_NOTIFIER, NULL);

  self->application = application;
  g_signal_connect_object (lf_run_manager_get_active (runs), "items-changed",
                           G_CALLBACK (runs_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

void
lf_notifier_follow (LfNotifier *self, LfScheduler *scheduler)
{
  g_signal_connect_object (scheduler, "started", G_CALLBACK (started_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (scheduler, "missed", G_CALLBACK (missed_cb), self, G_CONNECT_SWAPPED);
}
