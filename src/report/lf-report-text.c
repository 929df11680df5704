#include "config.h"

#include "lf-report.h"

#include "lf-error-code.h"
#include "lf-generator-cure.h"
#include "lf-kept-words.h"
#include "lf-report-private.h"

#include <glib/gi18n.h>

#define NAME_WIDTH  (-24)
#define VALUE_WIDTH 10

/* The beginning of a line; "" where it goes on with what the line above began. */
static void
append_name (GString *text, const char *name)
{
  g_string_append_c (text, ' ');
  _lf_report_append_cell (text, NAME_WIDTH, name);
}

static void
append_count (GString *text, gint64 count)
{
  g_string_append_printf (text, " %*" G_GINT64_FORMAT, VALUE_WIDTH, count);
}

static void
append_duration (GString *text, double ms)
{
  g_autofree char *word = ms >= 10000 ? g_strdup_printf ("%.2fs", ms / 1000)
                          : ms >= 1   ? g_strdup_printf ("%.2fms", ms)
                                      : g_strdup_printf ("%.0fµs", ms * 1000);

  _lf_report_append_cell (text, VALUE_WIDTH, word);
}

static void
append_latency (GString *text, const char *name, const LfLatency *latency)
{
  const double numbers[] = { latency->min, latency->mean, latency->p50,   latency->p90,
                             latency->p95, latency->p99,  latency->p99_9, latency->max };

  append_name (text, name);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    append_duration (text, numbers[i]);
  g_string_append_c (text, '\n');
}

static void
append_latencies (GString *text, const LfLatencies *latencies)
{
  const struct
  {
    const char *name;
    const LfLatency *latency;
  } phases[] = {
    { "http_req_duration", latencies->duration },
    { "http_req_response_time", latencies->response_time },
    { "http_req_blocked", latencies->blocked },
    { "http_req_connecting", latencies->connecting },
    { "http_req_tls_handshaking", latencies->tls_handshaking },
    { "http_req_sending", latencies->sending },
    { "http_req_waiting", latencies->waiting },
    { "http_req_receiving", latencies->receiving },
    { "iteration_duration", latencies->iteration },
  };

  /* Names of measures, as they are written in thresholds. */
  g_string_append_printf (text, "\n  %-24s %10s %10s %10s %10s %10s %10s %10s %10s\n", "", "min",
                          "avg", "med", "p(90)", "p(95)", "p(99)", "p(99.9)", "max");
  for (guint i = 0; i < G_N_ELEMENTS (phases); i++)
    if (phases[i].latency != NULL && phases[i].latency->max > 0)
      append_latency (text, phases[i].name, phases[i].latency);
}

static void
append_data (GString *text, const char *name, gint64 bytes, double seconds)
{
  g_autofree char *size = g_format_size ((guint64) MAX (bytes, 0));
  g_autofree char *rate = g_format_size ((guint64) (seconds > 0 ? (double) bytes / seconds : 0));

  append_name (text, name);
  _lf_report_append_cell (text, VALUE_WIDTH, size);
  g_string_append_printf (text, "   %s/s\n", rate);
}

static void
append_cure (GString *text, gint64 code)
{
  const char *cure = code > 0 ? lf_error_code_cure ((guint) code) : NULL;

  if (cure == NULL)
    return;
  append_name (text, "");
  g_string_append_printf (text, " %*s   %s\n", VALUE_WIDTH, "", cure);
}

/* What sent the requests, where it was the same for all of them. */
static void
append_transport (GString *text, const GPtrArray *steps)
{
  const char *transport = NULL;

  for (guint i = 0; i < steps->len; i++)
    {
      const char *of_step = ((LfSummaryStep *) steps->pdata[i])->transport;

      if (of_step == NULL)
        continue;
      transport = transport == NULL || g_str_equal (transport, of_step) ? of_step : "mixed";
    }
  if (transport == NULL)
    return;
  append_name (text, _ ("transport"));
  g_string_append_printf (text, " %s\n", transport);
}

static void
append_errors (GString *text, const LfSummary *summary)
{
  for (guint i = 0; i < summary->status_codes->n; i++)
    {
      const LfCount *count = &summary->status_codes->entries[i];

      append_name (text, i == 0 ? _ ("status codes") : "");
      append_count (text, count->count);
      g_string_append_printf (text, "   %s\n", count->key);
    }
  for (guint i = 0; i < summary->errors->len; i++)
    {
      const LfSummaryError *error = summary->errors->pdata[i];
      g_autofree char *message = lf_kept_words (error->message);

      append_name (text, i == 0 ? _ ("errors") : "");
      append_count (text, error->count);
      g_string_append_printf (text, "   %s (%" G_GINT64_FORMAT ")\n", message, error->code);
      append_cure (text, error->code);
    }
}

static void
append_try (GString *text, const LfCapacityTry *try)
{
  g_autofree char *failed = g_strdup_printf ("%.2f %%", try->fail_rate * 100);

  g_string_append_printf (text, " %*.6g/s ", VALUE_WIDTH, try->rate);
  /* Translators: the rate stands before it; %s is a share, as "0.50 %". */
  g_string_append_printf (text,
                          try->held ? _ ("held, p95 %.2f ms, %s failed or dropped")
                                    : _ ("failed, p95 %.2f ms, %s failed or dropped"),
                          try->p95, failed);
  g_string_append_printf (text, "%s\n", try->confirmation ? _ (", once more") : "");
}

static void
append_capacity (GString *text, const LfCapacity *capacity)
{
  append_name (text, _ ("capacity"));
  g_string_append_printf (text, " %*.6g/s %s\n", VALUE_WIDTH, capacity->rate,
                          capacity->rate == 0   ? _ ("no rate held")
                          : capacity->confirmed ? _ ("held, and held again")
                                                : _ ("held, not confirmed"));
  for (guint i = 0; i < capacity->tries->len; i++)
    {
      append_name (text, i == 0 ? _ ("tries") : "");
      append_try (text, capacity->tries->pdata[i]);
    }
}

static void
append_generator (GString *text, const LfSummaryGenerator *generator)
{
  g_autofree char *memory = g_format_size ((guint64) generator->peak_rss);
  g_autofree char *cure = lf_generator_cure (generator);

  append_name (text, _ ("generator"));
  g_string_append_printf (
      text,
      ngettext (" %d worker, CPU %.0f %%, schedule lag p99 %.2f ms, max %.2f ms, memory %s\n",
                " %d workers, CPU %.0f %%, schedule lag p99 %.2f ms, max %.2f ms, memory %s\n",
                (gulong) generator->workers),
      (int) generator->workers, generator->cpu * 100, generator->lag_p99, generator->lag_max,
      memory);
  for (char **reason = generator->reasons; reason != NULL && *reason != NULL; reason++)
    {
      g_autofree char *words = lf_kept_words (*reason);

      append_name (text, "");
      g_string_append_printf (text, " %s\n", words);
    }
  if (cure != NULL)
    {
      append_name (text, "");
      g_string_append_printf (text, " %s\n", cure);
    }
}

static void
append_metric (GString *text, const char *name, gint64 count)
{
  append_name (text, name);
  append_count (text, count);
  g_string_append_c (text, '\n');
}

static void
append_requests (GString *text, const LfSummary *summary)
{
  const LfSummaryRequests *requests = summary->requests;
  double share =
      requests->total > 0 ? 100.0 * (double) requests->failed / (double) requests->total : 0;

  append_name (text, "http_reqs");
  append_count (text, requests->total);
  g_string_append_printf (text, "   %.2f/s\n", requests->rate);
  append_name (text, "http_req_failed");
  /* Translators: so many of so many. */
  g_string_append_printf (text, _ (" %9.2f%%   %.0f of %.0f\n"), share, (double) requests->failed,
                          (double) requests->total);
  if (requests->resent > 0)
    append_metric (text, "http_reqs_resent", requests->resent);
  append_metric (text, "iterations", summary->iterations);
  if (summary->dropped_iterations > 0)
    append_metric (text, "dropped_iterations", summary->dropped_iterations);
  append_metric (text, "vus_max", summary->vus_max);
}

char *
lf_report_summary_text (const LfSummary *summary)
{
  const char *verdict = lf_verdict_words[summary->verdict];
  GString *text = g_string_new (NULL);

  g_string_append_c (text, '\n');
  append_name (text, _ ("verdict"));
  _lf_report_append_cell (text, VALUE_WIDTH, *verdict != '\0' ? _ (verdict) : "");
  g_string_append_printf (text, _ ("   after %.1f s\n"), summary->duration);
  if (summary->capacity != NULL)
    append_capacity (text, summary->capacity);
  if (summary->requests != NULL)
    append_requests (text, summary);
  if (summary->data != NULL)
    {
      double seconds = lf_summary_get_counted (summary);

      append_data (text, "data_sent", summary->data->sent, seconds);
      append_data (text, "data_received", summary->data->received, seconds);
    }
  append_errors (text, summary);
  if (summary->generator != NULL)
    append_generator (text, summary->generator);
  append_transport (text, summary->steps);
  if (summary->latency != NULL)
    append_latencies (text, summary->latency);
  return g_string_free (text, FALSE);
}
