#pragma once

#include "lf-chart.h"

#include <gio/gio.h>

/*
 * Charts as a picture to keep: one below the other, with titles and legends, dark on white whatever the
 * window looks like. What is hidden in the window is not in the picture, and it shows the same part of time.
 */
typedef struct _LfChartSheet LfChartSheet;

/* Takes down what @charts (LfChart) show now, for @file: SVG where its name ends so, else PNG. Main thread. */
LfChartSheet *lf_chart_sheet_new         (const char *title, GPtrArray *charts, GFile *file) G_GNUC_WARN_UNUSED_RESULT;
void          lf_chart_sheet_free        (LfChartSheet *self);
/* Writes @self (transfer full) from a thread. A file that was there stays until the new one is whole. */
void          lf_chart_sheet_save_async  (LfChartSheet *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean      lf_chart_sheet_save_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LfChartSheet, lf_chart_sheet_free)
