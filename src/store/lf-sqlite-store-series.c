#include "config.h"

#include "lf-sqlite-store-private.h"

#include <string.h>

/* Samples and log lines: what a run writes while it goes on. */

/* A batch that is written again, as by a second upload of a run at the same time, is there. */
static gboolean
append_bucket (LfSqliteStore *self,
               const char *run_id,
               guint minute,
               const char *lines,
               GError **error)
{
  g_autofree char *bucket = _lf_store_get_bucket_id (run_id, minute);

  return _lf_sqlite_run (self, error,
                         "INSERT INTO samples (run_id, bucket, lines) SELECT ?1, ?2, ?3"
                         " WHERE NOT EXISTS"
                         " (SELECT 1 FROM samples WHERE bucket = ?2 AND lines = ?3)",
                         "sss", run_id, bucket, lines);
}

static gboolean
append_samples (LfSqliteStore *self, const char *run_id, GPtrArray *samples, GError **error)
{
  if (!_lf_sqlite_has_run (self, run_id, error))
    return FALSE;
  for (guint i = 0; i < samples->len;)
    {
      guint minute = _lf_store_get_minute (samples->pdata[i]);
      g_autoptr (GString) lines = g_string_new (NULL);

      for (; i < samples->len && _lf_store_get_minute (samples->pdata[i]) == minute; i++)
        {
          g_autofree char *line = lf_record_to_text (samples->pdata[i], FALSE);

          g_string_append (lines, line);
          g_string_append_c (lines, '\n');
        }
      if (!append_bucket (self, run_id, minute, lines->str, error))
        return FALSE;
    }
  return TRUE;
}

static gpointer
lf_sqlite_store_append_samples (LfStore *store, LfStoreCall *call, GError **error)
{
  LfSqliteStore *self = LF_SQLITE_STORE (store);

  if (!_lf_sqlite_begin (self, error) ||
      !_lf_sqlite_end (self, append_samples (self, call->id, call->records, error), error))
    return NULL;
  return LF_STORE_DONE;
}

static void
parse_samples (LfStore *store,
               const LfStoreCall *call,
               GPtrArray *samples,
               const char *id,
               const char *lines)
{
  const char *end;

  for (; (end = strchr (lines, '\n')); lines = end + 1)
    {
      GError *cause = NULL;
      LfSample *sample = lf_record_from_text (&lf_sample_type, lines, end - lines, &cause);

      _lf_store_collect_sample (store, call, samples, sample, id, cause);
    }
}

/* The first bucket that may hold what the call asks for. */
static char *
get_first_bucket (const LfStoreCall *call)
{
  const LfSample after = { .t = call->samples.after };

  if (!call->queries)
    return g_strconcat (call->id, ":", NULL);
  return _lf_store_get_bucket_id (call->id, _lf_store_get_minute (&after));
}

/* Whether @bucket begins another minute than @minute (nullable) is of, which it then is. */
static gboolean
begins_minute (char **minute, const char *bucket)
{
  gboolean begins = *minute && strcmp (*minute, bucket) != 0;

  if (!*minute || begins)
    lf_set_string (minute, bucket);
  return begins;
}

static gpointer
lf_sqlite_store_list_samples (LfStore *store, LfStoreCall *call, GError **error)
{
  LfSqliteStore *self = LF_SQLITE_STORE (store);
  g_autoptr (GPtrArray) samples = g_ptr_array_new_with_free_func (lf_record_free);
  g_autoptr (sqlite3_stmt) statement = NULL;
  g_autofree char *first = get_first_bucket (call);
  g_autofree char *minute = NULL;
  int code = SQLITE_ERROR;

  if (!_lf_sqlite_has_run (self, call->id, error))
    return NULL;
  statement = _lf_sqlite_prepare (self, error,
                                  "SELECT bucket, lines FROM samples"
                                  " WHERE bucket >= ?2 AND bucket < ?1 || ';' ORDER BY bucket, id",
                                  "ss", call->id, first);
  while (statement && (code = _lf_sqlite_step (self, statement, error)) == SQLITE_ROW)
    {
      const char *bucket = _lf_sqlite_text (statement, 0);

      if (begins_minute (&minute, bucket) && _lf_store_has_enough (call, samples))
        break;
      parse_samples (store, call, samples, bucket, _lf_sqlite_text (statement, 1));
    }
  if (code != SQLITE_DONE && code != SQLITE_ROW)
    return NULL;
  _lf_store_sort_samples (samples);
  return g_steal_pointer (&samples);
}

static gboolean
append_logs (LfSqliteStore *self, const char *run_id, GPtrArray *lines, GError **error)
{
  gboolean well = _lf_sqlite_has_run (self, run_id, error);

  for (guint i = 0; well && i < lines->len; i++)
    {
      const LfLogLine *line = lines->pdata[i];
      g_autofree char *document = lf_record_to_text (line, FALSE);

      /* A line that is written again is the same line. */
      well = _lf_sqlite_run (self, error,
                             "INSERT OR REPLACE INTO logs (run_id, seq, document) VALUES (?, ?, ?)",
                             "sis", run_id, line->seq, document);
    }
  return well;
}

static gpointer
lf_sqlite_store_append_logs (LfStore *store, LfStoreCall *call, GError **error)
{
  LfSqliteStore *self = LF_SQLITE_STORE (store);

  if (!_lf_sqlite_begin (self, error) ||
      !_lf_sqlite_end (self, append_logs (self, call->id, call->records, error), error))
    return NULL;
  return LF_STORE_DONE;
}

static gpointer
lf_sqlite_store_list_logs (LfStore *store, LfStoreCall *call, GError **error)
{
  LfSqliteStore *self = LF_SQLITE_STORE (store);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (lf_record_free);
  g_autoptr (sqlite3_stmt) statement = NULL;
  int code = SQLITE_ERROR;

  if (!_lf_sqlite_has_run (self, call->id, error))
    return NULL;
  statement = _lf_sqlite_prepare (
      self, error, "SELECT document FROM logs WHERE run_id = ? AND seq > ? ORDER BY seq LIMIT ?",
      "sii", call->id, call->after, call->limit ? (gint64) call->limit : (gint64) -1);
  while (statement && (code = _lf_sqlite_step (self, statement, error)) == SQLITE_ROW)
    {
      GError *cause = NULL;
      LfLogLine *line =
          lf_record_from_text (&lf_log_line_type, _lf_sqlite_text (statement, 0), -1, &cause);

      _lf_store_collect (store, lines, line, "log line of", call->id, cause);
    }
  return code == SQLITE_DONE ? g_steal_pointer (&lines) : NULL;
}

void
_lf_sqlite_series_class_init (LfStoreClass *klass)
{
  klass->append_samples = lf_sqlite_store_append_samples;
  klass->list_samples = lf_sqlite_store_list_samples;
  klass->append_logs = lf_sqlite_store_append_logs;
  klass->list_logs = lf_sqlite_store_list_logs;
}
