#include "config.h"

#include "lf-store-copy-private.h"

#include "lf-error.h"
#include "lf-run-upload.h"
#include "lf-store-wait-private.h"

#include <string.h>

/* Adds the text of each record. */
static void
hash_records (GChecksum *checksum, GPtrArray *records)
{
  for (guint i = 0; i < records->len; i++)
    {
      g_autofree char *text = lf_record_to_text (records->pdata[i], FALSE);

      g_checksum_update (checksum, (const guchar *) text, (gssize) strlen (text) + 1);
    }
}

static gint
compare_samples (gconstpointer a, gconstpointer b)
{
  const LfSample *one = *(const LfSample *const *) a;
  const LfSample *other = *(const LfSample *const *) b;

  if (one->t != other->t)
    return (one->t > other->t) - (one->t < other->t);
  return (one->step > other->step) - (one->step < other->step);
}

/* Over the run's samples and log lines in their order; NULL with @error set. */
static char *
hash_series (LfStoreCopy *self, LfStore *store, const char *id, GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GPtrArray) samples = LF_STORE_WAIT (store, list_samples, self->cancellable, error, id);
  g_autoptr (GPtrArray) lines = NULL;

  if (samples != NULL)
    lines = LF_STORE_WAIT (store, list_logs, self->cancellable, error, id, 0, 0);
  if (lines == NULL)
    return NULL;
  g_ptr_array_sort (samples, compare_samples);
  hash_records (checksum, samples);
  hash_records (checksum, lines);
  return g_strdup (g_checksum_get_string (checksum));
}

/* FALSE without an error: they differ. */
static gboolean
is_same_series (LfStoreCopy *self, const char *id, GError **error)
{
  g_autofree char *mine = hash_series (self, self->source, id, error);
  g_autofree char *theirs = mine != NULL ? hash_series (self, self->target, id, error) : NULL;

  return theirs != NULL && g_str_equal (mine, theirs);
}

static gboolean
upload (LfStoreCopy *self, const LfRun *run, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lf_run_upload_async (self->source, self->target, run->id, self->cancellable, lf_store_wait_cb,
                       &result);
  if (!lf_run_upload_finish (lf_store_wait (&result), error))
    return FALSE;
  /* An upload leaves a run that was cut off to be summed up there; here its samples are all there
   * are. */
  return run->status != LF_RUN_INTERRUPTED ||
         LF_STORE_WAIT (self->target, save_run, self->cancellable, error, run);
}

static LfCopyOutcome
verify (LfStoreCopy *self, const LfRun *run, LfCopyOutcome outcome, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (LfRun) written =
      LF_STORE_WAIT (self->target, load_run, self->cancellable, &cause, run->id);

  if (cause == NULL && lf_record_equal (run, written) && is_same_series (self, run->id, &cause))
    return outcome;
  if (cause == NULL)
    return _lf_store_copy_differs (self, "run", run->id, error);
  g_propagate_error (error, g_steal_pointer (&cause));
  return LF_COPY_FAILED;
}

static gboolean
is_complete (const LfRun *run)
{
  return !lf_run_is_active (run) && run->status != LF_RUN_INTERRUPTED;
}

LfCopyOutcome
_lf_store_copy_run (LfStoreCopy *self, const char *id, GError **error)
{
  GError *cause = NULL;
  g_autoptr (LfRun) run = LF_STORE_WAIT (self->source, load_run, self->cancellable, error, id);
  g_autoptr (LfRun) theirs = NULL;

  if (run == NULL)
    return LF_COPY_FAILED;
  theirs = LF_STORE_WAIT (self->target, load_run, self->cancellable, &cause, id);
  if (theirs == NULL && !_lf_store_copy_is_missing (&cause))
    {
      g_propagate_error (error, cause);
      return LF_COPY_FAILED;
    }
  if (theirs != NULL && lf_record_equal (run, theirs))
    return verify (self, run, LF_COPY_SAME, error);
  if (theirs != NULL && is_complete (theirs))
    return LF_COPY_KEPT;
  return upload (self, run, error) ? verify (self, run, LF_COPY_COPIED, error) : LF_COPY_FAILED;
}
