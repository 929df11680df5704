#include "config.h"

#include "lf-password-keeper.h"

#include <glib/gi18n.h>
#include <libsecret/secret.h>

struct _LfPasswordKeeper
{
  GObject parent_instance;
  GHashTable *passwords; /* by address: what no service keeps */
};

G_DEFINE_FINAL_TYPE (LfPasswordKeeper, lf_password_keeper, G_TYPE_OBJECT)

static const SecretSchema schema = {
  LF_APPLICATION_ID,
  SECRET_SCHEMA_NONE,
  { { "store", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
};

static void
lf_password_keeper_finalize (GObject *object)
{
  g_hash_table_unref (LF_PASSWORD_KEEPER (object)->passwords);
  G_OBJECT_CLASS (lf_password_keeper_parent_class)->finalize (object);
}

static void
lf_password_keeper_class_init (LfPasswordKeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lf_password_keeper_finalize;
}

/* Also of what g_strdup() made: it wipes what it frees. */
static void
free_secret (gpointer data)
{
  secret_password_free (data);
}

static void
lf_password_keeper_init (LfPasswordKeeper *self)
{
  self->passwords = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_secret);
}

LfPasswordKeeper *
lf_password_keeper_new (void)
{
  return g_object_new (LF_TYPE_PASSWORD_KEEPER, NULL);
}

static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  char *password = secret_password_lookup_finish (result, &error);

  if (error != NULL)
    g_debug ("No secret service: %s", error->message);
  g_task_return_pointer (task, password, free_secret);
}

void
lf_password_keeper_look_up_async (LfPasswordKeeper *self,
                                  const char *uri,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  const char *known = g_hash_table_lookup (self->passwords, uri);

  g_task_set_source_tag (task, lf_password_keeper_look_up_async);
  if (known != NULL)
    g_task_return_pointer (task, g_strdup (known), free_secret);
  else
    secret_password_lookup (&schema, NULL, looked_up_cb, g_steal_pointer (&task), "store", uri,
                            NULL);
}

char *
lf_password_keeper_look_up_finish (LfPasswordKeeper *self, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LfPasswordKeeper *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  gboolean kept = secret_password_store_finish (result, &error);

  if (kept)
    g_hash_table_remove (self->passwords, g_task_get_task_data (task));
  else
    g_debug ("No secret service: %s", error->message);
  g_task_return_boolean (task, kept);
}

static void
cleared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  secret_password_clear_finish (result,
                                NULL); /* where there is no service, there is nothing to forget */
  g_task_return_boolean (task, TRUE);
}

void
lf_password_keeper_keep_async (LfPasswordKeeper *self,
                               const char *uri,
                               const char *password,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, lf_password_keeper_keep_async);
  g_task_set_task_data (task, g_strdup (uri), g_free);
  g_hash_table_remove (self->passwords, uri);
  if (password == NULL || *password == '\0')
    {
      secret_password_clear (&schema, NULL, cleared_cb, g_steal_pointer (&task), "store", uri,
                             NULL);
      return;
    }
  g_hash_table_insert (self->passwords, g_strdup (uri), g_strdup (password));
  secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, _ ("Password of LoadForge's store"),
                         password, NULL, kept_cb, g_steal_pointer (&task), "store", uri, NULL);
}

gboolean
lf_password_keeper_keep_finish (LfPasswordKeeper *self, GAsyncResult *result)
{
  return g_task_propagate_boolean (G_TASK (result), NULL);
}
