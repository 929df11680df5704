#include "config.h"

#include "lf-spec-export.h"

#include "lf-file-write.h"
#include "lf-json.h"
#include "lf-redact.h"
#include "lf-sent-file.h"
#include "lf-words.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  LfStore *store;
  GPtrArray *specs; /* LfSpec, the task's own */
  GFile *place;
  gboolean is_folder;
  guint n;                   /* of the spec that is being written */
  GOutputStream *attachment; /* that is being read */
} Export;

static void take_next (GTask *task);

static void
export_free (gpointer data)
{
  Export *export = data;

  g_object_unref (export->store);
  g_ptr_array_unref (export->specs);
  g_object_unref (export->place);
  g_clear_object (&export->attachment);
  g_free (export);
}

char *
lf_spec_export_text (const LfSpec *spec)
{
  g_autoptr (JsonNode) node = lf_redact_spec (spec);
  g_autofree char *text = lf_json_to_text (node, TRUE);

  return g_strconcat (text, "\n", NULL);
}

char *
lf_spec_export_make_name (const LfSpec *spec)
{
  g_autofree char *name = g_strconcat (
      spec->name != NULL && *spec->name != '\0' ? spec->name : _ ("Spec"), ".loadforge.json", NULL);

  return lf_file_write_make_name (name);
}

gboolean
lf_spec_export_has_files (const LfSpec *spec)
{
  LfSentFile file;

  return lf_sent_file_find_stored (spec, &file);
}

static char *
make_result (const Export *export)
{
  g_autofree char *count = lf_words_number (export->specs->len);
  g_autofree char *place = g_file_get_parse_name (export->place);

  return g_strdup_printf (
      ngettext ("%s spec exported to %s", "%s specs exported to %s", (gulong) export->specs->len),
      count, place);
}

static void
fail (GTask *task, GError *error)
{
  g_prefix_error (&error, "%s ", _ ("The export stopped:"));
  g_task_return_error (task, error);
}

static void
spec_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Export *export = g_task_get_task_data (task);
  GError *error = NULL;
  g_autofree char *name = lf_file_write_finish (result, &error);

  if (name == NULL)
    {
      fail (task, error);
      return;
    }
  export->n++;
  take_next (task);
}

static void
write_spec (GTask *task, const LfSpec *spec)
{
  Export *export = g_task_get_task_data (task);
  char *text = lf_spec_export_text (spec);
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));
  g_autofree char *name = lf_spec_export_make_name (spec);

  lf_file_write_async (export->place, export->is_folder ? name : NULL, bytes, spec_written_cb,
                       g_object_ref (task));
}

/* The spec names the file that lies beside it from now on. */
static void
attachment_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Export *export = g_task_get_task_data (task);
  GError *error = NULL;
  g_autofree char *name = lf_file_write_finish (result, &error);
  LfSentFile file;

  if (name == NULL)
    {
      fail (task, error);
      return;
    }
  if (lf_sent_file_find_stored (export->specs->pdata[export->n], &file)) /* still the same */
    lf_sent_file_set_beside (&file, name);
  take_next (task);
}

static void
attachment_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Export *export = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (LfAttachment) attachment =
      lf_store_read_attachment_finish (LF_STORE (source), result, &error);
  g_autoptr (GOutputStream) stream = g_steal_pointer (&export->attachment);
  g_autoptr (GBytes) bytes = NULL;

  if (attachment == NULL || !g_output_stream_close (stream, NULL, &error)) /* it is in memory */
    {
      fail (task, error);
      return;
    }
  bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
  lf_file_write_async (export->place, attachment->name != NULL ? attachment->name : attachment->id,
                       bytes, attachment_written_cb, g_object_ref (task));
}

static void
take_next (GTask *task)
{
  Export *export = g_task_get_task_data (task);
  LfSpec *spec = export->n < export->specs->len ? export->specs->pdata[export->n] : NULL;
  LfSentFile file;

  if (spec == NULL)
    g_task_return_pointer (task, make_result (export), g_free);
  else if (!export->is_folder || !lf_sent_file_find_stored (spec, &file))
    write_spec (task, spec);
  else
    {
      export->attachment = g_memory_output_stream_new_resizable ();
      lf_store_read_attachment_async (export->store, *file.attachment_id, export->attachment, NULL,
                                      attachment_read_cb, g_object_ref (task));
    }
}

void
lf_spec_export_async (LfStore *store,
                      GPtrArray *specs,
                      GFile *place,
                      gboolean is_folder,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Export *export = g_new0 (Export, 1);

  export->store = g_object_ref (store);
  export->specs = g_ptr_array_new_with_free_func (lf_record_free);
  for (guint i = 0; i < specs->len; i++)
    g_ptr_array_add (export->specs, lf_spec_copy (specs->pdata[i]));
  export->place = g_object_ref (place);
  export->is_folder = is_folder;
  g_task_set_source_tag (task, lf_spec_export_async);
  g_task_set_task_data (task, export, export_free);
  take_next (task);
}

char *
lf_spec_export_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
