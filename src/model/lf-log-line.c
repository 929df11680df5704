#include "config.h"

#include "lf-log-line.h"
#include "lf-record-private.h"

const char *const lf_log_level_words[] = { "debug", "info", "warn", "error", NULL };
const char *const lf_log_class_words[] = { "lifecycle", "stage",  "interval",  "check",
                                           "threshold", "http",   "transport", "generator",
                                           "store",     "remote", NULL };

/* clang-format off */
_LF_DEFINE_RESULT (LfLogLine, lf_log_line,
  _LF_STRING (LfLogLine, run_id, "runId"),
  _LF_INTEGER (LfLogLine, seq, "seq", 0, _LF_COUNT_LIMIT, 0),
  _LF_TIME (LfLogLine, time, "time"),
  _LF_ENUM (LfLogLine, level, "level", lf_log_level_words, LF_LOG_DEBUG),
  _LF_ENUM (LfLogLine, log_class, "class", lf_log_class_words, LF_LOG_CLASS_LIFECYCLE),
  _LF_INTEGER (LfLogLine, step, "step", -1, 1e6, -1),
  _LF_STRING (LfLogLine, message, "message"),
  _LF_INTEGER (LfLogLine, count, "count", 0, _LF_COUNT_LIMIT, 1))
/* clang-format on */
