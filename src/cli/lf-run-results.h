#pragma once

#include "lf-active-run.h"

#include <gio/gio.h>

/*
 * Where the results of a run go, all places opened before it begins.
 */
typedef struct _LfRunResults LfRunResults;

typedef struct /* each NULL, a file, or "-" for standard output */
{
  char *summary;
  char *csv;
  char *samples;
} LfRunPaths;

/* @quiet: no summary in words. LF_ERROR_VALUE names the file. */
LfRunResults *lf_run_results_open  (const LfRunPaths *paths, gboolean quiet, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The summary in words, on standard output, or on standard error where that has other use. */
void          lf_run_results_print (LfRunResults *self, const LfRun *run);
/* Of a run that has ended. LF_ERROR_VALUE names a file that is incomplete. */
gboolean      lf_run_results_write (LfRunResults *self, LfActiveRun *active, GError **error);
void          lf_run_results_free  (LfRunResults *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LfRunResults, lf_run_results_free)
