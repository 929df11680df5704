#pragma once

#include "lf-log-line.h"

#include <gio/gio.h>

/* A log line as an item of a list. */
#define LF_TYPE_LOG_ITEM (lf_log_item_get_type ())
G_DECLARE_FINAL_TYPE (LfLogItem, lf_log_item, LF, LOG_ITEM, GObject)

LfLogItem       *lf_log_item_new      (const LfLogLine *line) G_GNUC_WARN_UNUSED_RESULT; /* copies */
const LfLogLine *lf_log_item_get_line (LfLogItem *self);
/* What it says, in the language of the window. (transfer none) */
const char      *lf_log_item_get_message (LfLogItem *self);
/* "2026-11-23 12:00:05 warn transport connection refused (×12)". Safe in any thread. */
char            *lf_log_item_to_text  (LfLogItem *self) G_GNUC_WARN_UNUSED_RESULT;

/*
 * The newest log lines, at most a limit of them; a GListModel of LfLogItem.
 */
#define LF_TYPE_LOG_MODEL (lf_log_model_get_type ())
G_DECLARE_FINAL_TYPE (LfLogModel, lf_log_model, LF, LOG_MODEL, GObject)

LfLogModel *lf_log_model_new    (guint limit) G_GNUC_WARN_UNUSED_RESULT;
/* In one or two changes, however many @items (LfLogItem) there are. */
void        lf_log_model_append (LfLogModel *self, GPtrArray *items);
void        lf_log_model_clear  (LfLogModel *self);
