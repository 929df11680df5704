#include "config.h"

#include "lf-spec-import.h"

#include "lf-json.h"
#include "lf-sent-file.h"
#include "lf-spec-file.h"
#include "lf-spec-outside.h"
#include "lf-upload.h"

#define CHUNK 65536 /* bytes that are read at once */

typedef struct
{
  LfStore *store;
  GFile *file;
  LfSpec *spec;
} Import;

typedef struct
{
  GFile *file;
  LfSpec *spec;
  char **outside;
} Reading;

static void take_next_file (GTask *task);

static void
import_free (gpointer data)
{
  Import *import = data;

  g_clear_object (&import->store);
  g_clear_object (&import->file);
  g_clear_pointer (&import->spec, lf_spec_free);
  g_free (import);
}

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_object_unref (reading->file);
  g_clear_pointer (&reading->spec, lf_spec_free);
  g_strfreev (reading->outside);
  g_free (reading);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  LfSpec *stored = lf_store_save_spec_finish (LF_STORE (source), result, &error);

  if (stored == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, stored, lf_record_free);
}

static void
uploaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Import *import = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (LfAttachment) attachment = lf_upload_finish (result, &error);
  LfSentFile file;

  if (attachment == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (lf_sent_file_find_beside (import->spec, &file)) /* still the same */
    lf_sent_file_set_stored (&file, attachment->id);
  take_next_file (task);
}

static void
take_next_file (GTask *task)
{
  Import *import = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  LfSentFile sent;
  g_autoptr (GFile) folder = NULL;
  g_autoptr (GFile) file = NULL;

  if (!lf_sent_file_find_beside (import->spec, &sent))
    {
      lf_store_save_spec_async (import->store, import->spec, cancellable, saved_cb,
                                g_object_ref (task));
      return;
    }
  folder = g_file_get_parent (import->file);
  file = g_file_resolve_relative_path (folder, *sent.file);
  lf_upload_async (import->store, file, NULL, NULL, cancellable, uploaded_cb, g_object_ref (task));
}

/* NULL where the file is not of this machine. */
static char *
folder_of (GFile *file)
{
  g_autoptr (GFile) parent = g_file_get_parent (file);

  return g_file_get_path (parent);
}

static void
complete (LfSpec *spec, GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *folder = folder_of (file);

  lf_spec_file_forget_identity (spec);
  lf_spec_file_ensure_name (spec, name);
  if (folder != NULL) /* else no certificate beside it is of this machine either */
    lf_spec_file_locate_certificates (spec, folder);
}

/* No more than a document may have, and one byte, by which it is refused. */
static gboolean
read_text (GFile *file, GByteArray *text, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autofree guint8 *chunk = g_malloc (CHUNK);
  gssize n = stream != NULL ? 1 : -1;

  while (n > 0 && text->len <= LF_JSON_LIMIT)
    {
      n = g_input_stream_read (G_INPUT_STREAM (stream), chunk, CHUNK, cancellable, error);
      g_byte_array_append (text, chunk, (guint) MAX (n, 0));
    }
  return n >= 0;
}

static LfSpec *
read_spec (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GByteArray) text = g_byte_array_new ();
  g_autofree char *name = g_file_get_basename (file);
  LfSpec *spec = NULL;

  if (read_text (file, text, cancellable, error))
    spec = lf_spec_from_text ((const char *) text->data, text->len, error);
  if (spec != NULL)
    complete (spec, file);
  else
    g_prefix_error (error, "%s: ", name);
  return spec;
}

/* A document may be large, and following links may wait for a disk. */
static void
read_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Reading *reading = data;
  g_autofree char *folder = folder_of (reading->file);
  GError *error = NULL;

  reading->spec = read_spec (reading->file, cancellable, &error);
  if (reading->spec == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  reading->outside = lf_spec_outside_find (reading->spec, folder);
  g_task_return_boolean (task, TRUE);
}

void
lf_spec_import_read_async (GFile *file,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Reading *reading = g_new0 (Reading, 1);

  reading->file = g_object_ref (file);
  g_task_set_source_tag (task, lf_spec_import_read_async);
  g_task_set_task_data (task, reading, reading_free);
  g_task_run_in_thread (task, read_in_thread);
}

LfSpec *
lf_spec_import_read_finish (GAsyncResult *result, char ***outside, GError **error)
{
  Reading *reading;

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  reading = g_task_get_task_data (G_TASK (result));
  *outside = g_steal_pointer (&reading->outside);
  return g_steal_pointer (&reading->spec);
}

void
lf_spec_import_async (LfStore *store,
                      const LfSpec *spec,
                      GFile *file,
                      const char *const *outside,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autofree char *folder = folder_of (file);
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Import *import = g_new0 (Import, 1);

  import->store = g_object_ref (store);
  import->file = g_object_ref (file);
  import->spec = lf_spec_copy (spec);
  if (outside != NULL)
    lf_spec_outside_drop (import->spec, folder, outside);
  g_task_set_source_tag (task, lf_spec_import_async);
  g_task_set_task_data (task, import, import_free);
  take_next_file (task);
}

LfSpec *
lf_spec_import_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
