#include "config.h"

#include "lf-handlers.h"

#include "lf-answers.h"
#include "lf-list-spool.h"
#include "lf-server-private.h"

/* Samples that are in memory at once; those with histograms are ten times as large. */
#define BITE       2400
#define LARGE_BITE 240

/* A page of a run's samples, which is read from the store and written down bit by bit. */
typedef struct
{
  LfCall *call;
  LfSampleQuery query; /* of the next bite */
  guint limit;
  guint n;
  double last;     /* the time of the last one that was written */
  GPtrArray *bite; /* of LfSample */
  LfListSpool *list;
  LfSpool *spool; /* the whole of it */
} Page;

static void
page_free (Page *self)
{
  lf_call_unref (self->call);
  g_clear_pointer (&self->bite, g_ptr_array_unref);
  g_clear_pointer (&self->list, lf_list_spool_free);
  g_clear_pointer (&self->spool, lf_spool_free);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Page, page_free)

static Page *
page_new (LfCall *call)
{
  Page *self = g_new0 (Page, 1);
  const char *cursor = lf_call_get_query (call, "cursor");
  gboolean histograms = g_strcmp0 (lf_call_get_query (call, "histograms"), "true") == 0;

  self->call = lf_call_ref (call);
  self->limit = (guint) lf_call_get_number (call, "limit", 3600);
  self->query = (LfSampleQuery){
    .after = cursor != NULL ? g_ascii_strtod (cursor, NULL) : -1,
    .step = lf_call_get_number (call, "step", LF_SAMPLES_OF_ALL),
    .least = MIN (histograms ? LARGE_BITE : BITE, self->limit + 1),
    .plain = !histograms,
  };
  return self;
}

static JsonNode *
to_json (const Page *self, const LfSample *sample)
{
  return self->query.plain ? lf_answer_sample (sample) : lf_record_to_json (sample);
}

static gboolean
end (Page *self, gboolean more, GError **error)
{
  char next[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_dtostr (next, sizeof next, self->last);
  self->spool = lf_list_spool_end (self->list, more ? next : NULL, error);
  return self->spool != NULL;
}

/* A second is never cut in two. */
static gboolean
write_bite (Page *self, GError **error)
{
  for (guint i = 0; i < self->bite->len; i++)
    {
      const LfSample *sample = self->bite->pdata[i];

      if (self->n >= self->limit && sample->t > self->last)
        return end (self, TRUE, error);
      if (!lf_list_spool_add (self->list, to_json (self, sample), error))
        return FALSE;
      self->n++;
      self->last = sample->t;
    }
  return self->bite->len >= self->query.least || end (self, FALSE, error);
}

static void
write_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (write_bite (data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void read_on (Page *self);

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Page) self = user_data;
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    lf_call_fail (self->call, error);
  else if (self->spool != NULL)
    lf_call_answer_packed (self->call, "application/json", g_steal_pointer (&self->spool));
  else
    {
      self->query.after = self->last;
      read_on (g_steal_pointer (&self));
    }
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Page) self = user_data;
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;

  g_clear_pointer (&self->bite, g_ptr_array_unref);
  self->bite = lf_store_query_samples_finish (LF_STORE (source), result, &error);
  if (self->bite != NULL && self->list == NULL)
    self->list = lf_list_spool_new (self->call->gzip, &error);
  if (error != NULL)
    {
      lf_call_fail (self->call, error);
      return;
    }
  task = g_task_new (NULL, NULL, written_cb, self);
  g_task_set_task_data (task, g_steal_pointer (&self), NULL);
  g_task_run_in_thread (task, write_thread);
}

/* Takes @self. */
static void
read_on (Page *self)
{
  lf_store_query_samples_async (self->call->server->store, self->call->ids[0], &self->query, NULL,
                                read_cb, self);
}

void
lf_handle_run_samples (LfCall *call)
{
  const char *cursor = lf_call_get_query (call, "cursor");
  char *end = NULL;

  if (cursor != NULL)
    g_ascii_strtod (cursor, &end);
  if (cursor != NULL && (end == cursor || *end != '\0'))
    {
      lf_call_refuse (call, 400, "the parameter cursor is the `next` of an earlier page");
      return;
    }
  call->gzip = lf_call_takes_gzip (call);
  read_on (page_new (call));
}
