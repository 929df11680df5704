#include "config.h"

#include "lf-run-desk.h"

#include "lf-error.h"

struct _LfRunDesk
{
  LfRunManager *runs;
  GMainContext *context;
};

/* What is to be done, on its way between the threads. */
typedef struct
{
  LfRunManager *runs;
  LfSpec *spec; /* to start; NULL: to change */
  char *run_id;
  char *who;
  LfRunChange change;
} Wish;

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_clear_pointer (&wish->spec, lf_spec_free);
  g_free (wish->run_id);
  g_free (wish->who);
  g_object_unref (wish->runs);
  g_free (wish);
}

LfRunDesk *
lf_run_desk_new (LfRunManager *runs, GMainContext *context)
{
  LfRunDesk *self = g_new0 (LfRunDesk, 1);

  self->runs = g_object_ref (runs);
  self->context = g_main_context_ref (context);
  return self;
}

void
lf_run_desk_free (LfRunDesk *self)
{
  g_object_unref (self->runs);
  g_main_context_unref (self->context);
  g_free (self);
}

static void
return_run (GTask *task, LfActiveRun *run)
{
  g_task_return_pointer (task, lf_run_copy (lf_active_run_get_run (run)),
                         (GDestroyNotify) lf_run_free);
}

static void
note (LfActiveRun *run, const char *what, const Wish *wish)
{
  g_autofree char *message = g_strdup_printf ("%s from elsewhere by %s", what, wish->who);

  lf_active_run_note_remote (run, message);
}

static void
started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (LfActiveRun) run =
      lf_run_manager_start_finish (LF_RUN_MANAGER (source), result, &error);

  if (run == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  note (run, "Started", g_task_get_task_data (task));
  return_run (task, run);
}

static gboolean
apply (LfActiveRun *run, const Wish *wish, GError **error)
{
  const LfRunChange *change = &wish->change;

  if ((change->users >= 0 && !lf_active_run_set_users (run, (guint) change->users, error)) ||
      (change->rate >= 0 && !lf_active_run_set_rate (run, change->rate, error)) ||
      (change->pause && !lf_active_run_pause (run, error)) ||
      (change->resume && !lf_active_run_resume (run, error)))
    return FALSE;
  note (run, change->stop ? "Stopped" : "Steered", wish);
  if (change->stop)
    lf_active_run_stop_remotely (run);
  return TRUE;
}

static void
change_run (GTask *task, const Wish *wish)
{
  LfActiveRun *found = lf_run_manager_find (wish->runs, wish->run_id);
  g_autoptr (LfActiveRun) run = found != NULL ? g_object_ref (found) : NULL;
  GError *error = NULL;

  if (run == NULL)
    g_task_return_new_error (task, LF_ERROR, LF_ERROR_NOT_FOUND, "no run %s goes on here",
                             wish->run_id);
  else if (!apply (run, wish, &error))
    g_task_return_error (task, error);
  else
    return_run (task, run);
}

static gboolean
fulfil_cb (gpointer user_data)
{
  GTask *task = user_data;
  Wish *wish = g_task_get_task_data (task);

  if (wish->spec != NULL)
    lf_run_manager_start_async (wish->runs, wish->spec, NULL, NULL, started_cb,
                                g_object_ref (task));
  else
    change_run (task, wish);
  return G_SOURCE_REMOVE;
}

/* Takes @wish. */
static void
carry (LfRunDesk *self, Wish *wish, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);

  wish->runs = g_object_ref (self->runs);
  g_task_set_task_data (task, wish, wish_free);
  g_main_context_invoke_full (self->context, G_PRIORITY_DEFAULT, fulfil_cb, task, g_object_unref);
}

void
lf_run_desk_start_async (LfRunDesk *self,
                         const LfSpec *spec,
                         const char *who,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  Wish *wish = g_new0 (Wish, 1);

  wish->spec = lf_spec_copy (spec);
  wish->who = g_strdup (who);
  carry (self, wish, callback, user_data);
}

void
lf_run_desk_change_async (LfRunDesk *self,
                          const char *run_id,
                          const LfRunChange *change,
                          const char *who,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  Wish *wish = g_new0 (Wish, 1);

  wish->run_id = g_strdup (run_id);
  wish->change = *change;
  wish->who = g_strdup (who);
  carry (self, wish, callback, user_data);
}

LfRun *
lf_run_desk_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
