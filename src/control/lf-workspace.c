#include "config.h"

#include "lf-workspace.h"

#include "lf-error.h"
#include "lf-run-manager-private.h"
#include "lf-settings-env.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>

struct _LfWorkspace
{
  GObject parent_instance;
  LfStore *store; /* NULL for "none" */
  LfSpill *spill; /* NULL where runs have nowhere else to go */
  LfRunManager *runs;
};

G_DEFINE_FINAL_TYPE (LfWorkspace, lf_workspace, G_TYPE_OBJECT)

static void
lf_workspace_dispose (GObject *object)
{
  LfWorkspace *self = LF_WORKSPACE (object);

  g_clear_object (&self->runs);
  g_clear_object (&self->spill);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (lf_workspace_parent_class)->dispose (object);
}

static void
lf_workspace_class_init (LfWorkspaceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lf_workspace_dispose;
}

static void
lf_workspace_init (LfWorkspace *self)
{
}

/* Runs that wait are counted right away. */
static void
set_spill (LfWorkspace *self)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "loadforge", "spill.db", NULL);
  g_autoptr (LfSpill) spill = lf_spill_new (path);

  if (self->store == NULL ||
      strcmp (lf_store_get_name (self->store), lf_spill_get_uri (spill)) == 0)
    return;
  self->spill = g_steal_pointer (&spill);
  lf_run_manager_set_spill (self->runs, self->spill);
  lf_spill_refresh (self->spill);
}

/* Takes the reference to @store. */
static LfWorkspace *
workspace_new (LfStore *store, const LfSettingsEnv *settings)
{
  LfWorkspace *self = g_object_new (LF_TYPE_WORKSPACE, NULL);

  self->store = store;
  self->runs = lf_run_manager_new (store);
  _lf_run_manager_set_defaults (self->runs, settings->max_workers, settings->max_sockets);
  set_spill (self);
  return self;
}

/* A run that cannot be recovered now is found again at the next start; it bars nobody from working.
 */
static void
recovered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (lf_run_manager_recover_finish (LF_RUN_MANAGER (source), result, &error) < 0)
    g_message (_ ("Interrupted runs could not be looked for: %s"), error->message);
  g_task_return_pointer (task, g_object_ref (g_task_get_task_data (task)), g_object_unref);
}

static void
store_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;
  LfStore *store = lf_store_open_finish (result, &error);
  LfWorkspace *self;

  if (store == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  self = workspace_new (store, g_task_get_task_data (task));
  g_task_set_task_data (task, self, g_object_unref);
  lf_run_manager_recover_async (self->runs, cancellable, recovered_cb, g_steal_pointer (&task));
}

char *
lf_workspace_make_embedded_uri (GError **error)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "loadforge", NULL);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      int code = errno;

      g_set_error (error, LF_ERROR, LF_ERROR_READ_ONLY,
                   _ ("%s cannot be made: %s. Name another place with --store or XDG_DATA_HOME"),
                   folder, g_strerror (code));
      return NULL;
    }
  return g_strdup_printf ("sqlite:%s/loadforge.db", folder);
}

static char *
choose_uri (const char *uri, const LfSettingsEnv *settings, GError **error)
{
  if (uri != NULL)
    return g_strdup (uri);
  if (settings->mongo_uri != NULL)
    return g_strdup (settings->mongo_uri);
  return lf_workspace_make_embedded_uri (error);
}

void
lf_workspace_open_async (const char *uri,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autofree char *folder = g_get_current_dir ();
  g_autofree char *chosen = NULL;
  LfSettingsEnv *settings;
  GError *error = NULL;

  g_task_set_source_tag (task, lf_workspace_open_async);
  settings = lf_settings_env_read (folder, &error);
  if (settings != NULL)
    {
      g_task_set_task_data (task, settings, (GDestroyNotify) lf_settings_env_free);
      chosen = choose_uri (uri, settings, &error);
    }
  if (chosen == NULL)
    g_task_return_error (task, error);
  else if (strcmp (chosen, "none") == 0)
    g_task_return_pointer (task, workspace_new (NULL, settings), g_object_unref);
  else
    lf_store_open_async (chosen, cancellable, store_opened_cb, g_steal_pointer (&task));
}

LfWorkspace *
lf_workspace_open_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

LfStore *
lf_workspace_get_store (LfWorkspace *self)
{
  return self->store;
}

LfRunManager *
lf_workspace_get_runs (LfWorkspace *self)
{
  return self->runs;
}

LfSpill *
lf_workspace_get_spill (LfWorkspace *self)
{
  return self->spill;
}
