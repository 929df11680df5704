#pragma once

#include "lf-run.h"
#include "lf-samples.h"

#include <gio/gio.h>

typedef enum
{
  LF_EXPORT_CSV,
  LF_EXPORT_JSON,
} LfExportFormat;

/* Writes @run and @samples to @file from a thread; a file that was there stays until the new one is whole. @run is
 * copied. */
void     lf_run_export_async     (GFile *file, LfExportFormat format, const LfRun *run, LfSamples *samples, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean lf_run_export_finish    (GAsyncResult *result, GError **error);
/* "Checkout 2026-11-23 12-00-05.csv", without what a file name may not hold. */
char    *lf_run_export_make_name (const LfRun *run, const char *ending) G_GNUC_WARN_UNUSED_RESULT;
