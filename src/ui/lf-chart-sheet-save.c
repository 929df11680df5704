#include "config.h"

#include "lf-chart-sheet-private.h"

#define SCALE 2 /* pixels for each unit of a PNG: sharp in print and on fine screens */

static cairo_status_t
write_png (LfChartSheet *sheet, GByteArray *bytes)
{
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, sheet->width * SCALE, sheet->height * SCALE);
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  cairo_scale (cr, SCALE, SCALE);
  cairo_set_source_surface (cr, sheet->drawing, 0, 0);
  cairo_paint (cr);
  status = cairo_status (cr);
  cairo_destroy (cr);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_write_to_png_stream (surface, _lf_chart_sheet_take_bytes, bytes);
  cairo_surface_destroy (surface);
  return status;
}

static gboolean
write_sheet (LfChartSheet *sheet, GCancellable *cancellable, GError **error)
{
  g_autoptr (GByteArray) png = g_byte_array_new ();
  GByteArray *bytes = sheet->svg != NULL ? sheet->svg : png;
  cairo_status_t status = sheet->svg != NULL ? CAIRO_STATUS_SUCCESS : write_png (sheet, png);
  g_autofree char *place = g_file_get_parse_name (sheet->file); /* a remote one has no path */

  if (status == CAIRO_STATUS_SUCCESS)
    return g_file_replace_contents (sheet->file, (const char *) bytes->data, bytes->len, NULL,
                                    FALSE, G_FILE_CREATE_REPLACE_DESTINATION, NULL, cancellable,
                                    error);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s", place,
               cairo_status_to_string (status));
  return FALSE;
}

static void
save_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;

  if (write_sheet (data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
lf_chart_sheet_save_async (LfChartSheet *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, lf_chart_sheet_save_async);
  g_task_set_task_data (task, self, (GDestroyNotify) lf_chart_sheet_free);
  g_task_run_in_thread (task, save_in_thread);
}

gboolean
lf_chart_sheet_save_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
