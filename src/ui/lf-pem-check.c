#include "config.h"

#include "lf-pem-check.h"

#include "lf-form-field.h"

#include <glib/gi18n.h>
#include <string.h>

#define MOST                                                                                       \
  (1024 *                                                                                          \
   1024) /* bytes that are looked through: all authorities of a system take a quarter of it */

#define WAIT  250        /* ms after the last key */
#define WATCH "lf-watch" /* data of the entry */

typedef struct
{
  LfPemKind kind;
  guint due_id;
  GCancellable *looking; /* for what was typed last */
} Watch;

typedef struct
{
  char *path;
  LfPemKind kind;
} Look;

static void
forget (Watch *watch)
{
  g_clear_handle_id (&watch->due_id, g_source_remove);
  g_cancellable_cancel (watch->looking);
  g_clear_object (&watch->looking);
}

static void
watch_free (gpointer data)
{
  forget (data);
  g_free (data);
}

static void
look_free (gpointer data)
{
  g_free (((Look *) data)->path);
  g_free (data);
}

/* NULL where it cannot be read; the first of it where it is long. */
static char *
read_text (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, NULL);
  g_autofree char *text = NULL;
  gsize length = 0;

  if (stream == NULL)
    return NULL;
  text = g_malloc0 (MOST + 1);
  if (!g_input_stream_read_all (G_INPUT_STREAM (stream), text, MOST, &length, NULL, NULL))
    return NULL;
  return g_steal_pointer (&text);
}

static const char *
find_fault (const char *path, LfPemKind kind)
{
  g_autofree char *text = NULL;

  if (!g_path_is_absolute (path))
    return N_ ("is no whole path; begin with the root folder, as in /home/me/cert.pem");
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return N_ ("is not there; choose a file that can be read");
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return N_ ("is no file; choose a file in it");
  text = read_text (path);
  if (text == NULL)
    return N_ ("cannot be read; give yourself read access to it");
  if (kind == LF_PEM_CERTIFICATE && strstr (text, "-----BEGIN CERTIFICATE") == NULL &&
      strstr (text, "-----BEGIN TRUSTED CERTIFICATE") == NULL)
    return N_ ("holds no certificate; choose a PEM file, which begins with BEGIN CERTIFICATE");
  if (kind == LF_PEM_KEY && strstr (text, "PRIVATE KEY-----") == NULL)
    return N_ ("holds no private key; choose a PEM file, which begins with BEGIN PRIVATE KEY");
  return NULL;
}

static void
look_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Look *look = data;

  g_task_return_pointer (task, (gpointer) find_fault (look->path, look->kind), NULL);
}

static void
tell (GtkWidget *entry, const char *fault)
{
  GtkWidget *field = gtk_widget_get_ancestor (entry, LF_TYPE_FORM_FIELD);

  if (field != NULL)
    lf_form_field_set_fault (LF_FORM_FIELD (field), fault);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) entry = user_data;
  g_autoptr (GError) error = NULL;
  const char *fault = g_task_propagate_pointer (G_TASK (result), &error);

  if (error == NULL) /* else something else was typed */
    tell (entry, fault != NULL ? _ (fault) : NULL);
}

/* In a thread, as the file may lie on a disk that takes its time. The task has no source: its last
 * reference may go there, and the entry's must not. */
static gboolean
due_cb (gpointer user_data)
{
  Watch *watch = g_object_get_data (user_data, WATCH);
  g_autoptr (GTask) task = NULL;
  Look *look = g_new0 (Look, 1);

  watch->due_id = 0;
  watch->looking = g_cancellable_new ();
  look->path = g_strdup (gtk_editable_get_text (user_data));
  look->kind = watch->kind;
  task = g_task_new (NULL, watch->looking, looked_cb, g_object_ref (user_data));
  g_task_set_source_tag (task, due_cb);
  g_task_set_task_data (task, look, look_free);
  g_task_run_in_thread (task, look_in_thread);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (GtkEditable *entry)
{
  Watch *watch = g_object_get_data (G_OBJECT (entry), WATCH);

  forget (watch);
  if (*gtk_editable_get_text (entry) == '\0')
    tell (GTK_WIDGET (entry), NULL);
  else
    watch->due_id = g_timeout_add (WAIT, due_cb, entry);
}

static void
destroyed_cb (GtkWidget *entry)
{
  forget (g_object_get_data (G_OBJECT (entry), WATCH));
}

void
lf_pem_check_watch (GtkEditable *entry, LfPemKind kind)
{
  Watch *watch = g_new0 (Watch, 1);

  watch->kind = kind;
  g_object_set_data_full (G_OBJECT (entry), WATCH, watch, watch_free);
  g_signal_connect (entry, "changed", G_CALLBACK (changed_cb), NULL);
  g_signal_connect (entry, "destroy", G_CALLBACK (destroyed_cb), NULL);
}
