#include "config.h"

#include "lf-handlers.h"

#include "lf-answers.h"
#include "lf-compare.h"
#include "lf-http-error.h"
#include "lf-report.h"
#include "lf-server-private.h"

/* Samples that are in memory as records at once. */
#define BITE 2400

/* A run with what else is needed of it, on the way to an answer. */
typedef struct
{
  LfCall *call;
  LfRun *run;
  LfSamples *samples; /* so far, packed */
  LfSpool *spool;
} Order;

static Order *
order_new (LfCall *call)
{
  Order *order = g_new0 (Order, 1);

  order->call = lf_call_ref (call);
  return order;
}

static void
order_free (Order *order)
{
  lf_call_unref (order->call);
  g_clear_pointer (&order->run, lf_run_free);
  g_clear_pointer (&order->samples, lf_samples_unref);
  g_clear_pointer (&order->spool, lf_spool_free);
  g_free (order);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Order, order_free)

static void
answer_summary (LfCall *call, const LfRun *run)
{
  if (run->summary != NULL)
    lf_call_answer_json (call, 200, lf_answer_summary (run->summary));
  else
    lf_call_refuse (call, 404, "the run has no summary until it has ended");
}

static void
summary_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfCall) call = user_data;
  GError *error = NULL;
  g_autoptr (LfRun) run = lf_store_load_run_finish (LF_STORE (source), result, &error);

  if (run != NULL)
    answer_summary (call, run);
  else
    lf_call_fail (call, error);
}

void
lf_handle_run_summary (LfCall *call)
{
  LfRoom *room = lf_rooms_find_live (call->server->rooms, call->ids[0]);

  if (room != NULL)
    answer_summary (call, room->run);
  else
    lf_store_load_run_async (call->server->store, call->ids[0], NULL, summary_cb,
                             lf_call_ref (call));
}

static void
logs_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfCall) call = user_data;
  GError *error = NULL;
  g_autoptr (GPtrArray) lines = lf_store_list_logs_finish (LF_STORE (source), result, &error);
  guint limit = (guint) lf_call_get_number (call, "limit", 1000);
  g_autofree char *next = NULL;
  GPtrArray *items;

  if (lines == NULL)
    {
      lf_call_fail (call, error);
      return;
    }
  items = g_ptr_array_new ();
  for (guint i = 0; i < MIN (lines->len, limit); i++)
    g_ptr_array_add (items, lf_record_to_json (lines->pdata[i]));
  if (lines->len > limit)
    next = g_strdup_printf ("%" G_GINT64_FORMAT, ((LfLogLine *) lines->pdata[limit - 1])->seq);
  lf_call_answer_json (call, 200, lf_answer_page (items, next));
}

void
lf_handle_run_logs (LfCall *call)
{
  lf_store_list_logs_async (
      call->server->store, call->ids[0], lf_call_get_number (call, "cursor", 0),
      (guint) lf_call_get_number (call, "limit", 1000) + 1, NULL, logs_cb, lf_call_ref (call));
}

static JsonNode *
new_object (JsonObject **object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  *object = json_object_new ();
  json_node_take_object (node, *object);
  return node;
}

/* Of what a run has measured so far. */
static void
answer_live_histograms (LfCall *call, const LfRoom *room)
{
  JsonObject *object;
  JsonNode *node = new_object (&object);
  g_autofree char *duration = lf_histogram_encode (room->duration);
  g_autofree char *response = lf_histogram_encode (room->response);

  json_object_set_string_member (object, "duration", duration);
  json_object_set_string_member (object, "responseTime", response);
  lf_call_answer_json (call, 200, node);
}

static void
answer_histograms (LfCall *call, const LfRun *run)
{
  JsonObject *object;

  if (run->summary == NULL)
    lf_call_refuse (call, 404, "the run has no histograms until it has ended");
  else if (run->summary->histograms != NULL)
    lf_call_answer_json (call, 200, json_node_copy (run->summary->histograms));
  else
    lf_call_answer_json (call, 200, new_object (&object));
}

static void
histograms_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfCall) call = user_data;
  GError *error = NULL;
  g_autoptr (LfRun) run = lf_store_load_run_finish (LF_STORE (source), result, &error);

  if (run != NULL)
    answer_histograms (call, run);
  else
    lf_call_fail (call, error);
}

void
lf_handle_run_histograms (LfCall *call)
{
  LfRoom *room = lf_rooms_find_live (call->server->rooms, call->ids[0]);

  if (room != NULL && room->run->summary == NULL)
    answer_live_histograms (call, room);
  else if (room != NULL)
    answer_histograms (call, room->run);
  else
    lf_store_load_run_async (call->server->store, call->ids[0], NULL, histograms_cb,
                             lf_call_ref (call));
}

/* In a thread of its own: of a long run this takes a while. */
static void
write_csv (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Order *order = data;
  g_autoptr (GOutputStream) stream = lf_spool_open_write (order->spool, order->call->gzip);
  GError *error = NULL;

  if (lf_report_write_csv (stream, order->run, order->samples, cancellable, &error) &&
      g_output_stream_close (stream, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
csv_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Order) order = user_data;
  LfCall *call = order->call;
  GError *error = NULL;
  g_autofree char *disposition = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      lf_call_fail (call, error);
      return;
    }
  disposition = g_strdup_printf ("attachment; filename=\"%s.csv\"", order->run->id);
  lf_call_set_header (call, "Content-Disposition", disposition);
  lf_call_answer_packed (call, "text/csv; charset=utf-8", g_steal_pointer (&order->spool));
}

/* Takes @order. */
static void
spool_csv (Order *order)
{
  GError *error = NULL;
  g_autoptr (GTask) task = NULL;

  order->spool = lf_spool_new (&error);
  if (order->spool == NULL)
    {
      lf_call_fail (order->call, error);
      order_free (order);
      return;
    }
  task = g_task_new (NULL, NULL, csv_written_cb, order);
  g_task_set_task_data (task, order, NULL);
  g_task_run_in_thread (task, write_csv);
}

/* The time of the last one. */
static double
take_samples (Order *order, GPtrArray *samples)
{
  for (guint i = 0; i < samples->len; i++)
    lf_samples_add (order->samples, samples->pdata[i]);
  return ((const LfSample *) samples->pdata[samples->len - 1])->t;
}

static void read_samples (Order *order, double after);

static void
csv_samples_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Order *order = user_data;
  GError *error = NULL;
  g_autoptr (GPtrArray) samples = lf_store_query_samples_finish (LF_STORE (source), result, &error);

  if (samples == NULL)
    {
      lf_call_fail (order->call, error);
      order_free (order);
    }
  else if (samples->len == 0)
    spool_csv (order);
  else
    read_samples (order, take_samples (order, samples));
}

/* Takes @order. */
static void
read_samples (Order *order, double after)
{
  const LfSampleQuery query = {
    .after = after, .step = LF_SAMPLES_OF_ALL, .least = BITE, .plain = TRUE
  };

  lf_store_query_samples_async (order->call->server->store, order->run->id, &query, NULL,
                                csv_samples_cb, order);
}

static void
csv_run_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Order) order = user_data;
  GError *error = NULL;

  order->run = lf_store_load_run_finish (LF_STORE (source), result, &error);
  if (order->run == NULL)
    {
      lf_call_fail (order->call, error);
      return;
    }
  order->samples = lf_samples_new ();
  read_samples (g_steal_pointer (&order), -1);
}

void
lf_handle_run_csv (LfCall *call)
{
  call->gzip = lf_call_takes_gzip (call); /* decided here: the writer has no message to ask */
  lf_store_load_run_async (call->server->store, call->ids[0], NULL, csv_run_cb, order_new (call));
}

static void
answer_comparison (LfCall *call, const LfRun *before, const LfRun *after)
{
  g_autoptr (GArray) rows = NULL;

  if (before->summary == NULL || after->summary == NULL)
    {
      lf_call_refuse (call, 409, "both runs have to have ended before they can be compared");
      return;
    }
  rows = lf_compare_summaries (before->summary, after->summary, LF_COMPARE_TOLERANCE);
  lf_call_answer_json (call, 200, lf_compare_json (before, after, rows));
}

static void
after_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Order) order = user_data;
  GError *error = NULL;
  g_autoptr (LfRun) after = lf_store_load_run_finish (LF_STORE (source), result, &error);

  if (after != NULL)
    answer_comparison (order->call, order->run, after);
  else
    lf_call_fail (order->call, error);
}

static void
before_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Order) order = user_data;
  GError *error = NULL;
  const char *other = order->call->ids[1];

  order->run = lf_store_load_run_finish (LF_STORE (source), result, &error);
  if (order->run == NULL)
    {
      lf_call_fail (order->call, error);
      return;
    }
  lf_store_load_run_async (LF_STORE (source), other, NULL, after_loaded_cb, order);
  g_steal_pointer (&order);
}

void
lf_handle_run_compare (LfCall *call)
{
  lf_store_load_run_async (call->server->store, call->ids[0], NULL, before_loaded_cb,
                           order_new (call));
}
