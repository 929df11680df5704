#pragma once

#include "lf-summary.h"

#include <gtk/gtk.h>

/*
 * The errors of a run, each with what a person needs to act: what it was, how often, in which step and when, and what
 * can be done about it.
 */
#define LF_TYPE_ERROR_LIST (lf_error_list_get_type ())
G_DECLARE_FINAL_TYPE (LfErrorList, lf_error_list, LF, ERROR_LIST, GtkWidget)

LfErrorList *lf_error_list_new (const LfSummary *summary) G_GNUC_WARN_UNUSED_RESULT;
