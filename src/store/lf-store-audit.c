#include "config.h"

#include "lf-store-private.h"

#include <glib/gi18n.h>

/* Everything that a store holds, read once: the same for every implementation. */

typedef struct
{
  LfStore *store;
  LfStoreCall *call;
  LfStoreAudit *result;
  gint64 done, total; /* runs and attachments, which take the time */
} Audit;

static LfStoreAudit *
audit_new (void)
{
  LfStoreAudit *self = g_new0 (LfStoreAudit, 1);

  self->problems = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
lf_store_audit_free (LfStoreAudit *self)
{
  g_ptr_array_unref (self->problems);
  g_free (self);
}

/* What @work answers for @id, outside of a call. */
static gpointer
ask (Audit *self, LfStoreWork work, const char *id, GOutputStream *output, GError **error)
{
  LfStoreCall inside = { .id = (char *) id,
                         .output = output,
                         .cancellable = self->call->cancellable };

  return work (self->store, &inside, error);
}

/* One thing that cannot be read is a problem; a store that does not work is the end. FALSE: it is.
 */
static gboolean
note (Audit *self, GError *cause, GError **error)
{
  if (cause == NULL)
    return TRUE;
  if (!g_error_matches (cause, LF_ERROR, LF_ERROR_CORRUPT) &&
      !g_error_matches (cause, LF_ERROR, LF_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, cause);
      return FALSE;
    }
  _lf_store_note (self->store, g_strdup (cause->message));
  g_error_free (cause);
  return TRUE;
}

static GPtrArray *
list (Audit *self, LfStoreWork work, const char *id, GError **error)
{
  GError *cause = NULL;
  GPtrArray *records = ask (self, work, id, NULL, &cause);

  if (records == NULL && note (self, cause, error))
    records = g_ptr_array_new ();
  return records;
}

/* How many there are goes to *@n, if that is not NULL. */
static gboolean
count (Audit *self, LfStoreWork work, const char *id, guint *n, GError **error)
{
  g_autoptr (GPtrArray) records = list (self, work, id, error);

  if (records == NULL)
    return FALSE;
  if (n != NULL)
    *n = records->len;
  return TRUE;
}

/* FALSE: who asked has lost interest. */
static gboolean
step (Audit *self, GError **error)
{
  _lf_store_call_report (self->call, ++self->done, self->total);
  return !g_cancellable_set_error_if_cancelled (self->call->cancellable, error);
}

static gboolean
check_run (Audit *self, const char *id, GError **error)
{
  LfStoreClass *klass = LF_STORE_GET_CLASS (self->store);
  GError *cause = NULL;
  g_autoptr (LfRun) run = ask (self, klass->load_run, id, NULL, &cause);

  if (run != NULL)
    self->result->runs++;
  return note (self, cause, error) && count (self, klass->list_samples, id, NULL, error) &&
         count (self, klass->list_logs, id, NULL, error) && step (self, error);
}

static gboolean
check_attachment (Audit *self, const char *id, GOutputStream *nowhere, GError **error)
{
  LfStoreClass *klass = LF_STORE_GET_CLASS (self->store);
  GError *cause = NULL;
  g_autoptr (LfAttachment) attachment = ask (self, klass->read_attachment, id, nowhere, &cause);

  if (attachment != NULL)
    self->result->attachments++;
  return note (self, cause, error) && step (self, error);
}

/* Discards what is written to it. */
static GOutputStream *
open_nowhere (GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/dev/null");

  return G_OUTPUT_STREAM (g_file_append_to (file, G_FILE_CREATE_NONE, NULL, error));
}

static gboolean
check_content (Audit *self, GPtrArray *runs, GPtrArray *attachments, GError **error)
{
  g_autoptr (GOutputStream) nowhere = open_nowhere (error);

  self->total = (gint64) runs->len + attachments->len;
  if (nowhere == NULL)
    return FALSE;
  for (guint i = 0; i < runs->len; i++)
    if (!check_run (self, ((LfRun *) runs->pdata[i])->id, error))
      return FALSE;
  for (guint i = 0; i < attachments->len; i++)
    if (!check_attachment (self, ((LfAttachment *) attachments->pdata[i])->id, nowhere, error))
      return FALSE;
  return TRUE;
}

/* Of runs, a list without their details; each is read whole later. */
static GPtrArray *
list_runs (Audit *self, GError **error)
{
  LfStoreCall inside = { .brief = TRUE, .cancellable = self->call->cancellable };

  return LF_STORE_GET_CLASS (self->store)->list_runs (self->store, &inside, error);
}

static gboolean
check_everything (Audit *self, GError **error)
{
  LfStoreClass *klass = LF_STORE_GET_CLASS (self->store);
  g_autoptr (GPtrArray) runs = NULL;
  g_autoptr (GPtrArray) attachments = NULL;

  if ((klass->check_itself != NULL && !ask (self, klass->check_itself, NULL, NULL, error)) ||
      !count (self, klass->list_specs, NULL, &self->result->specs, error) ||
      !count (self, klass->list_schedules, NULL, &self->result->schedules, error))
    return FALSE;
  runs = list_runs (self, error);
  attachments = runs != NULL ? list (self, klass->list_attachments, NULL, error) : NULL;
  return attachments != NULL && check_content (self, runs, attachments, error);
}

static gpointer
audit (LfStore *store, LfStoreCall *call, GError **error)
{
  g_autoptr (LfStoreAudit) result = audit_new ();
  Audit self = { .store = store, .call = call, .result = result };
  gboolean well;

  _lf_store_set_problems (store, result->problems);
  well = check_everything (&self, error);
  _lf_store_set_problems (store, NULL);
  return well ? g_steal_pointer (&result) : NULL;
}

void
lf_store_audit_async (LfStore *self,
                      GFileProgressCallback progress,
                      gpointer progress_data,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  LfStoreCall *call = _lf_store_call_new (LF_STORE_READS, audit, N_ ("check what is kept"),
                                          (GDestroyNotify) lf_store_audit_free);

  call->progress = progress;
  call->progress_data = progress_data;
  _lf_store_call_push (call, self, lf_store_audit_async, cancellable, callback, user_data);
}

LfStoreAudit *
lf_store_audit_finish (LfStore *self, GAsyncResult *result, GError **error)
{
  return _lf_store_call_finish (self, result, lf_store_audit_async, error);
}
