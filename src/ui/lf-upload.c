#include "config.h"

#include "lf-upload.h"

#include "lf-error.h"
#include "lf-format.h"

#include <glib/gi18n.h>

typedef struct
{
  LfStore *store;
  GFileInfo *info;
  char *name;
  goffset size;
  GFileProgressCallback progress;
  gpointer progress_data;
} Upload;

static void
upload_free (gpointer data)
{
  Upload *upload = data;

  g_clear_object (&upload->store);
  g_clear_object (&upload->info);
  g_free (upload->name);
  g_free (upload);
}

static void
progress_cb (goffset so_far, goffset total, gpointer user_data)
{
  Upload *upload = g_task_get_task_data (user_data);

  if (upload->progress != NULL)
    upload->progress (so_far, upload->size, upload->progress_data);
}

static void
added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  LfAttachment *attachment = lf_store_add_attachment_finish (LF_STORE (source), result, &error);

  if (attachment == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, attachment, lf_record_free);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Upload *upload = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read_finish (G_FILE (source), result, &error);
  const char *content_type;
  g_autofree char *type = NULL;

  if (stream == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  content_type =
      g_file_info_get_attribute_string (upload->info, G_FILE_ATTRIBUTE_STANDARD_CONTENT_TYPE);
  type = content_type != NULL ? g_content_type_get_mime_type (content_type) : NULL;
  lf_store_add_attachment_async (upload->store, upload->name,
                                 type != NULL ? type : "application/octet-stream",
                                 G_INPUT_STREAM (stream), progress_cb, task,
                                 g_task_get_cancellable (task), added_cb, g_object_ref (task));
}

static GError *
refusal (Upload *upload)
{
  g_autofree char *size = NULL;

  if (g_file_info_get_file_type (upload->info) == G_FILE_TYPE_DIRECTORY)
    return g_error_new (LF_ERROR, LF_ERROR_VALUE, _ ("“%s” is a folder. Choose a file."),
                        upload->name);
  if (g_file_info_get_file_type (upload->info) != G_FILE_TYPE_REGULAR) /* it might never end */
    return g_error_new (LF_ERROR, LF_ERROR_VALUE, _ ("“%s” is a device. Choose a file."),
                        upload->name);
  if (upload->size <= LF_ATTACHMENT_LIMIT)
    return NULL;
  size = lf_format_file_size (upload->size);
  return g_error_new (LF_ERROR, LF_ERROR_TOO_LARGE,
                      _ ("“%s” is %s. A body can be a file of up to 25 MiB."), upload->name, size);
}

static void
queried_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Upload *upload = g_task_get_task_data (task);
  GError *error = NULL;

  upload->info = g_file_query_info_finish (G_FILE (source), result, &error);
  if (upload->info == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  upload->size = g_file_info_get_size (upload->info);
  error = refusal (upload);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_file_read_async (G_FILE (source), G_PRIORITY_DEFAULT, g_task_get_cancellable (task), opened_cb,
                     g_object_ref (task));
}

void
lf_upload_async (LfStore *store,
                 GFile *file,
                 GFileProgressCallback progress,
                 gpointer progress_data,
                 GCancellable *cancellable,
                 GAsyncReadyCallback callback,
                 gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Upload *upload = g_new0 (Upload, 1);

  upload->store = g_object_ref (store);
  upload->name = g_file_get_basename (file);
  upload->progress = progress;
  upload->progress_data = progress_data;
  g_task_set_source_tag (task, lf_upload_async);
  g_task_set_task_data (task, upload, upload_free);
  g_file_query_info_async (
      file,
      G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE
                                     "," G_FILE_ATTRIBUTE_STANDARD_CONTENT_TYPE,
      G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT, cancellable, queried_cb, task);
}

LfAttachment *
lf_upload_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
