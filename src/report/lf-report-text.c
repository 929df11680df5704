#include "config.h"

#include "lf-report.h"

#include "lf-error-code.h"

static void
append_duration (GString *text, double ms)
{
  g_autofree char *word = ms >= 10000 ? g_strdup_printf ("%.2fs", ms / 1000)
                          : ms >= 1   ? g_strdup_printf ("%.2fms", ms)
                                      : g_strdup_printf ("%.0fµs", ms * 1000);

  /* The micro sign is two bytes, one column. */
  g_string_append_printf (text, " %*s", g_utf8_strlen (word, -1) < (glong) strlen (word) ? 11 : 10,
                          word);
}

static void
append_latency (GString *text, const char *name, const LfLatency *latency)
{
  const double numbers[] = { latency->min, latency->mean, latency->p50,   latency->p90,
                             latency->p95, latency->p99,  latency->p99_9, latency->max };

  g_string_append_printf (text, "  %-24s", name);
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

  g_string_append_printf (text, "  %-24s %10s   %s/s\n", name, size, rate);
}

static void
append_cure (GString *text, gint64 code)
{
  const char *cure = code > 0 ? lf_error_code_cure ((guint) code) : NULL;

  if (cure != NULL)
    g_string_append_printf (text, "  %-24s %10s   %s\n", "", "", cure);
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
  if (transport != NULL)
    g_string_append_printf (text, "  %-24s %s\n", "transport", transport);
}

static void
append_errors (GString *text, const LfSummary *summary)
{
  for (guint i = 0; i < summary->status_codes->entries->len; i++)
    {
      const LfCount *count = summary->status_codes->entries->pdata[i];

      g_string_append_printf (text, "  %-24s %10" G_GINT64_FORMAT "   %s\n",
                              i == 0 ? "status codes" : "", count->count, count->key);
    }
  for (guint i = 0; i < summary->errors->len; i++)
    {
      const LfSummaryError *error = summary->errors->pdata[i];

      g_string_append_printf (text, "  %-24s %10" G_GINT64_FORMAT "   %s (%" G_GINT64_FORMAT ")\n",
                              i == 0 ? "errors" : "", error->count, error->message, error->code);
      append_cure (text, error->code);
    }
}

static void
append_capacity (GString *text, const LfCapacity *capacity)
{
  g_string_append_printf (text, "  %-24s %10.6g/s %s\n", "capacity", capacity->rate,
                          capacity->rate == 0   ? "no rate held"
                          : capacity->confirmed ? "held, and held again"
                                                : "held, not confirmed");
  for (guint i = 0; i < capacity->tries->len; i++)
    {
      const LfCapacityTry *try = capacity->tries->pdata[i];

      g_string_append_printf (
          text, "  %-24s %10.6g/s %s, p95 %.2f ms, %.2f %% failed or dropped%s\n",
          i == 0 ? "tries" : "", try->rate, try->held ? "held" : "failed", try->p95,
          try->fail_rate * 100, try->confirmation ? ", once more" : "");
    }
}

static void
append_generator (GString *text, const LfSummaryGenerator *generator)
{
  g_autofree char *memory = g_format_size ((guint64) generator->peak_rss);

  g_string_append_printf (text,
                          "  %-24s %" G_GINT64_FORMAT " worker%s, CPU %.0f %%, schedule lag p99 "
                          "%.2f ms, max %.2f ms, memory %s\n",
                          "generator", generator->workers, generator->workers == 1 ? "" : "s",
                          generator->cpu * 100, generator->lag_p99, generator->lag_max, memory);
  for (char **reason = generator->reasons; reason != NULL && *reason != NULL; reason++)
    g_string_append_printf (text, "  %-24s %s\n", "", *reason);
}

static void
append_requests (GString *text, const LfSummary *summary)
{
  const LfSummaryRequests *requests = summary->requests;
  double share =
      requests->total > 0 ? 100.0 * (double) requests->failed / (double) requests->total : 0;

  g_string_append_printf (text, "  %-24s %10" G_GINT64_FORMAT "   %.2f/s\n", "http_reqs",
                          requests->total, requests->rate);
  g_string_append_printf (text, "  %-24s %9.2f%%   %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT "\n",
                          "http_req_failed", share, requests->failed, requests->total);
  if (requests->resent > 0)
    g_string_append_printf (text, "  %-24s %10" G_GINT64_FORMAT "\n", "http_reqs_resent",
                            requests->resent);
  g_string_append_printf (text, "  %-24s %10" G_GINT64_FORMAT "\n", "iterations",
                          summary->iterations);
  if (summary->dropped_iterations > 0)
    g_string_append_printf (text, "  %-24s %10" G_GINT64_FORMAT "\n", "dropped_iterations",
                            summary->dropped_iterations);
  g_string_append_printf (text, "  %-24s %10" G_GINT64_FORMAT "\n", "vus_max", summary->vus_max);
}

char *
lf_report_summary_text (const LfSummary *summary)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "\n  %-24s %10s   after %.1f s\n", "verdict",
                          lf_verdict_words[summary->verdict], summary->duration);
  if (summary->capacity != NULL)
    append_capacity (text, summary->capacity);
  if (summary->requests != NULL)
    append_requests (text, summary);
  if (summary->data != NULL)
    {
      append_data (text, "data_sent", summary->data->sent, summary->duration);
      append_data (text, "data_received", summary->data->received, summary->duration);
    }
  append_errors (text, summary);
  if (summary->generator != NULL)
    append_generator (text, summary->generator);
  append_transport (text, summary->steps);
  if (summary->latency != NULL)
    append_latencies (text, summary->latency);
  return g_string_free (text, FALSE);
}
