#pragma once

#include "lf-record.h"

LF_DECLARE_RECORD (LfLogLine, lf_log_line)

typedef enum
{
  LF_LOG_DEBUG,
  LF_LOG_INFO,
  LF_LOG_WARN,
  LF_LOG_ERROR,
} LfLogLevel; /* debug info warn error */

typedef enum
{
  LF_LOG_CLASS_LIFECYCLE,
  LF_LOG_CLASS_STAGE,
  LF_LOG_CLASS_INTERVAL,
  LF_LOG_CLASS_CHECK,
  LF_LOG_CLASS_THRESHOLD,
  LF_LOG_CLASS_HTTP,
  LF_LOG_CLASS_TRANSPORT,
  LF_LOG_CLASS_GENERATOR,
  LF_LOG_CLASS_STORE,
  LF_LOG_CLASS_REMOTE,
} LfLogClass;

struct _LfLogLine
{
  LfRecord record;
  char *run_id;
  gint64 seq;          /* from 1, without holes within a run */
  gint64 time;         /* ms since 1970 */
  LfLogLevel level;
  LfLogClass log_class; /* "class" */
  gint64 step;         /* -1: none */
  char *message;
  gint64 count;        /* equal messages of the same second */
};

extern const char *const lf_log_level_words[];
extern const char *const lf_log_class_words[];
