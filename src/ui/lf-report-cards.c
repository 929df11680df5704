#include "config.h"

#include "lf-report-cards.h"

#include "lf-format.h"
#include "lf-generator-cure.h"
#include "lf-kept-words.h"
#include "lf-words.h"

#include <glib/gi18n.h>

/* Takes @text. */
static void
add_fact (LfFactCard *card, const char *name, char *text)
{
  lf_fact_card_add (card, name, text, NULL);
  g_free (text);
}

static char *
ms_or_none (const LfLatency *latency, gsize offset)
{
  if (latency == NULL || latency->count == 0 || latency->max <= 0)
    return g_strdup ("–");
  return lf_format_ms (G_STRUCT_MEMBER (double, latency, offset));
}

gboolean
lf_report_cards_are_apart (const LfLatencies *latencies)
{
  const LfLatency *response = latencies->response_time;
  const LfLatency *duration = latencies->duration;

  return response != NULL && duration != NULL &&
         (response->mean != duration->mean || response->p50 != duration->p50 ||
          response->p99 != duration->p99 || response->max != duration->max);
}

LfFactCard *
lf_report_cards_latency (const LfLatencies *latencies)
{
  static const struct
  {
    const char *name;
    gsize offset;
  } rows[] = {
    { N_ ("Minimum"), G_STRUCT_OFFSET (LfLatency, min) },
    { N_ ("Mean"), G_STRUCT_OFFSET (LfLatency, mean) },
    { N_ ("p50 (median)"), G_STRUCT_OFFSET (LfLatency, p50) },
    { N_ ("p75"), G_STRUCT_OFFSET (LfLatency, p75) },
    { N_ ("p90"), G_STRUCT_OFFSET (LfLatency, p90) },
    { N_ ("p95"), G_STRUCT_OFFSET (LfLatency, p95) },
    { N_ ("p99"), G_STRUCT_OFFSET (LfLatency, p99) },
    { N_ ("p99.9"), G_STRUCT_OFFSET (LfLatency, p99_9) },
    { N_ ("p99.99"), G_STRUCT_OFFSET (LfLatency, p99_99) },
    { N_ ("Maximum"), G_STRUCT_OFFSET (LfLatency, max) },
    { N_ ("Standard deviation"), G_STRUCT_OFFSET (LfLatency, stdev) },
  };
  LfFactCard *card = lf_fact_card_new (_ ("Latency"));
  gboolean apart = lf_report_cards_are_apart (latencies);

  lf_fact_card_columns (card, _ ("Response time"), apart ? _ ("Duration") : NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *response =
          ms_or_none (lf_latencies_get_response (latencies), rows[i].offset);
      g_autofree char *duration = ms_or_none (latencies->duration, rows[i].offset);

      lf_fact_card_add (card, _ (rows[i].name), response, apart ? duration : NULL, NULL);
    }
  if (apart)
    lf_fact_card_add_note (card, _ ("Response time counts from when a request should have left, "
                                    "duration from when it did."));
  return card;
}

LfFactCard *
lf_report_cards_requests (const LfSummary *summary)
{
  LfFactCard *card = lf_fact_card_new (_ ("Requests"));
  const LfSummaryRequests *requests = summary->requests;

  if (requests != NULL)
    {
      add_fact (card, _ ("Completed"), lf_format_count (requests->total));
      add_fact (card, _ ("Failed"), lf_format_count (requests->failed));
      add_fact (card, _ ("Completed per second"), lf_format_rate (requests->rate));
      add_fact (card, _ ("Successful per second"), lf_format_rate (requests->throughput));
      if (requests->resent > 0)
        add_fact (card, _ ("Sent twice"), lf_format_count (requests->resent));
    }
  add_fact (card, _ ("Iterations"), lf_format_count (summary->iterations));
  if (summary->dropped_iterations > 0)
    add_fact (card, _ ("Dropped iterations"), lf_format_count (summary->dropped_iterations));
  add_fact (card, _ ("Most users at once"), lf_format_count (summary->vus_max));
  if (summary->data != NULL)
    {
      add_fact (card, _ ("Sent"), lf_format_bytes (summary->data->sent));
      add_fact (card, _ ("Received"), lf_format_bytes (summary->data->received));
    }
  add_fact (card, _ ("Lasted"), lf_format_clock (summary->duration));
  return card;
}

/* What a capacity-search found. */
LfFactCard *
lf_report_cards_capacity (const LfCapacity *capacity)
{
  LfFactCard *card = lf_fact_card_new (_ ("Capacity"));

  if (capacity->rate == 0)
    {
      lf_fact_card_add (card, _ ("No rate met the objective"), NULL);
      return card;
    }
  add_fact (card, _ ("Highest rate that held"), lf_format_rate (capacity->rate));
  add_fact (card, _ ("Held once more"), g_strdup (capacity->confirmed ? _ ("yes") : _ ("no")));
  add_fact (card, _ ("Response time, p95"), lf_format_ms (capacity->p95));
  add_fact (card, _ ("Failed or dropped"), lf_format_percent (capacity->fail_rate, 2));
  return card;
}

LfFactCard *
lf_report_cards_tries (GPtrArray *tries)
{
  LfFactCard *card = lf_fact_card_new (_ ("Tries"));

  lf_fact_card_columns (card, _ ("Result"), _ ("p95"), _ ("Failed or dropped"), NULL);
  for (guint i = 0; i < tries->len; i++)
    {
      const LfCapacityTry *try = g_ptr_array_index (tries, i);
      g_autofree char *rate = lf_format_rate (try->rate);
      g_autofree char *name =
          try->confirmation ? g_strdup_printf (_ ("%s, once more"), rate) : g_strdup (rate);
      g_autofree char *p95 = lf_format_ms (try->p95);
      g_autofree char *failed = lf_format_percent (try->fail_rate, 2);

      lf_fact_card_add (card, name, try->held ? _ ("held") : _ ("failed"), p95, failed, NULL);
    }
  return card;
}

LfFactCard *
lf_report_cards_answers (const LfSummary *summary)
{
  LfFactCard *card = lf_fact_card_new (_ ("Answers"));
  gint64 total = summary->requests != NULL ? summary->requests->total : 0;

  lf_fact_card_columns (card, _ ("Requests"), _ ("Share"), NULL);
  for (guint i = 0; i < summary->status_codes->n; i++)
    {
      LfCount *status = &summary->status_codes->entries[i];
      g_autofree char *name = g_strdup_printf (_ ("Status %s"), status->key);
      g_autofree char *count = lf_format_count (status->count);
      g_autofree char *share = lf_format_share (status->count, total);

      lf_fact_card_add (card, name, count, share, NULL);
    }
  if (lf_fact_card_n_rows (card) == 0)
    lf_fact_card_add (card, _ ("No answer came"), NULL);
  return card;
}

/* Where a request spends its time. One that went over a kept connection had no look-up, and is not
 * counted there. */
LfFactCard *
lf_report_cards_phases (const LfLatencies *latencies)
{
  const struct
  {
    const char *name;
    const LfLatency *latency;
  } phases[] = {
    { _ ("Name look-up"), latencies->blocked },
    { _ ("Connecting"), latencies->connecting },
    { _ ("TLS handshake"), latencies->tls_handshaking },
    { _ ("Sending"), latencies->sending },
    { _ ("Waiting"), latencies->waiting },
    { _ ("Receiving"), latencies->receiving },
  };
  LfFactCard *card = lf_fact_card_new (_ ("Phases"));

  lf_fact_card_columns (card, _ ("Requests"), _ ("Mean"), _ ("p95"), _ ("Maximum"), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (phases); i++)
    if (phases[i].latency != NULL && phases[i].latency->count > 0)
      {
        g_autofree char *count = lf_format_count ((double) phases[i].latency->count);
        g_autofree char *mean = lf_format_ms (phases[i].latency->mean);
        g_autofree char *p95 = lf_format_ms (phases[i].latency->p95);
        g_autofree char *max = lf_format_ms (phases[i].latency->max);

        lf_fact_card_add (card, phases[i].name, count, mean, p95, max, NULL);
      }
  return card;
}

/* One word where all steps went the same way. */
static void
add_transport (LfFactCard *card, GPtrArray *steps)
{
  const char *all = NULL;

  for (guint i = 0; i < steps->len; i++)
    {
      const char *transport = ((LfSummaryStep *) steps->pdata[i])->transport;

      if (transport == NULL)
        return;
      all = all == NULL || g_str_equal (all, transport) ? transport : "mixed";
    }
  if (all == NULL)
    return;
  lf_fact_card_add (card, _ ("Sent by"),
                    g_str_equal (all, "lean")   ? _ ("LoadForge")
                    : g_str_equal (all, "curl") ? _ ("libcurl")
                                                : _ ("both ways"),
                    NULL);
}

static void
add_reasons (LfFactCard *card, const LfSummaryGenerator *generator)
{
  g_autofree char *cure = lf_generator_cure (generator);

  for (guint i = 0; generator->reasons != NULL && generator->reasons[i] != NULL; i++)
    {
      g_autofree char *words = lf_kept_words (generator->reasons[i]);
      g_autofree char *reason = lf_words_sentence (words);

      lf_fact_card_add_note (card, reason);
    }
  if (cure != NULL)
    lf_fact_card_add_note (card, cure);
}

LfFactCard *
lf_report_cards_generator (const LfSummary *summary)
{
  LfFactCard *card = lf_fact_card_new (_ ("Generator"));
  const LfSummaryGenerator *generator = summary->generator;

  add_fact (card, _ ("At its limit"), g_strdup (generator->saturated ? _ ("yes") : _ ("no")));
  add_fact (card, _ ("CPU of its workers"), lf_format_percent (generator->cpu, 0));
  add_fact (card, _ ("Lag, p50"), lf_format_ms (generator->lag_p50));
  add_fact (card, _ ("Lag, p99"), lf_format_ms (generator->lag_p99));
  add_fact (card, _ ("Lag, maximum"), lf_format_ms (generator->lag_max));
  add_fact (card, _ ("Most memory"), lf_format_bytes ((double) generator->peak_rss));
  add_fact (card, _ ("Workers"), lf_format_count ((double) generator->workers));
  add_transport (card, summary->steps);
  if (summary->host != NULL)
    add_fact (card, _ ("Machine"), g_strdup (summary->host));
  add_reasons (card, generator);
  return card;
}
