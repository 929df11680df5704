#include "config.h"

#include "lf-metrics.h"

/* Seconds; Prometheus' usual ones, and some below for fast targets. */
static const double bounds[] = { 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,
                                 0.25,   0.5,   1,      2.5,   5,    10,    30,   60 };

typedef struct
{
  const char *name;
  const char *type;
  const char *about;
  gsize offset; /* of a gint64 in LfSample */
} Measure;

/* Names are k6's, as everywhere in LoadForge. */
static const Measure measures[] = {
  { "http_reqs", "counter", "Requests that ended", G_STRUCT_OFFSET (LfSample, completed) },
  { "http_req_failed", "counter", "Requests that failed", G_STRUCT_OFFSET (LfSample, failed) },
  { "http_reqs_resent", "counter", "Requests sent once more over a new connection",
    G_STRUCT_OFFSET (LfSample, resent) },
  { "iterations", "counter", "Iterations that ended", G_STRUCT_OFFSET (LfSample, iterations) },
  { "dropped_iterations", "counter", "Arrivals that found no free user",
    G_STRUCT_OFFSET (LfSample, dropped) },
  { "connections_opened", "counter", "Connections opened",
    G_STRUCT_OFFSET (LfSample, connections_opened) },
  { "data_sent_bytes", "counter", "Bytes sent, with headers",
    G_STRUCT_OFFSET (LfSample, bytes_sent) },
  { "data_received_bytes", "counter", "Bytes received, with headers",
    G_STRUCT_OFFSET (LfSample, bytes_received) },
  { "vus", "gauge", "Users at work", G_STRUCT_OFFSET (LfSample, users) },
  { "vus_max", "gauge", "Most users so far", G_STRUCT_OFFSET (LfSample, users_max) },
  { "http_reqs_in_flight", "gauge", "Requests under way", G_STRUCT_OFFSET (LfSample, in_flight) },
};

static void
append_head (GString *text, const char *name, const char *type, const char *about)
{
  g_string_append_printf (text, "# TYPE loadforge_%s %s\n# HELP loadforge_%s %s.\n", name, type,
                          name, about);
}

static void
append_escaped (GString *text, const char *value)
{
  for (const char *c = value != NULL ? value : ""; *c != '\0'; c++)
    if (*c == '\n')
      g_string_append (text, "\\n");
    else if (*c == '"' || *c == '\\')
      g_string_append_printf (text, "\\%c", *c);
    else
      g_string_append_c (text, *c);
}

/* run="…",spec="…" */
static void
append_labels (GString *text, const LfRoom *room)
{
  g_string_append (text, "run=\"");
  append_escaped (text, room->run->id);
  g_string_append (text, "\",spec=\"");
  append_escaped (text, room->run->spec_name);
  g_string_append (text, "\"");
}

static void
append_number (GString *text, double number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (text, g_ascii_formatd (buffer, sizeof buffer, "%.10g", number));
}

static void
append_measure (GString *text, const Measure *measure, GPtrArray *rooms)
{
  gboolean counter = g_str_equal (measure->type, "counter");

  append_head (text, measure->name, measure->type, measure->about);
  for (guint i = 0; i < rooms->len; i++)
    {
      const LfRoom *room = rooms->pdata[i];
      gint64 value = G_STRUCT_MEMBER (gint64, room->sums, measure->offset);

      /* Gauges of what has ended would stand still for ever. */
      if (room->ended && !counter)
        continue;
      g_string_append_printf (text, "loadforge_%s%s{", measure->name, counter ? "_total" : "");
      append_labels (text, room);
      g_string_append_printf (text, "} %" G_GINT64_FORMAT "\n", value);
    }
}

static void
append_counts (GString *text,
               const char *name,
               const char *label,
               const char *about,
               GPtrArray *rooms,
               gsize offset)
{
  append_head (text, name, "counter", about);
  for (guint i = 0; i < rooms->len; i++)
    {
      const LfRoom *room = rooms->pdata[i];
      const LfCounts *counts = G_STRUCT_MEMBER (LfCounts *, room->sums, offset);

      for (guint j = 0; j < counts->n; j++)
        {
          const LfCount *entry = &counts->entries[j];

          g_string_append_printf (text, "loadforge_%s_total{", name);
          append_labels (text, room);
          g_string_append_printf (text, ",%s=\"%s\"} %" G_GINT64_FORMAT "\n", label, entry->key,
                                  entry->count);
        }
    }
}

typedef struct
{
  guint64 within[G_N_ELEMENTS (bounds)]; /* at most that long */
} Buckets;

static void
fill_cb (gint64 lowest_us, gint64 highest_us, guint64 count, gpointer user_data)
{
  Buckets *buckets = user_data;

  for (guint i = 0; i < G_N_ELEMENTS (bounds); i++)
    if ((double) lowest_us <= bounds[i] * G_USEC_PER_SEC)
      buckets->within[i] += count;
}

static void
append_histogram (GString *text, const char *name, const LfRoom *room, const LfHistogram *histogram)
{
  Buckets buckets = { { 0 } };
  guint64 count = lf_histogram_get_count (histogram);

  lf_histogram_foreach (histogram, fill_cb, &buckets);
  for (guint i = 0; i <= G_N_ELEMENTS (bounds); i++)
    {
      g_string_append_printf (text, "loadforge_%s_bucket{", name);
      append_labels (text, room);
      g_string_append (text, ",le=\"");
      if (i < G_N_ELEMENTS (bounds))
        append_number (text, bounds[i]);
      else
        g_string_append (text, "+Inf");
      g_string_append_printf (text, "\"} %" G_GUINT64_FORMAT "\n",
                              i < G_N_ELEMENTS (bounds) ? buckets.within[i] : count);
    }
  g_string_append_printf (text, "loadforge_%s_sum{", name);
  append_labels (text, room);
  g_string_append (text, "} ");
  append_number (text, lf_histogram_get_mean (histogram) / G_USEC_PER_SEC * (double) count);
  g_string_append_printf (text, "\nloadforge_%s_count{", name);
  append_labels (text, room);
  g_string_append_printf (text, "} %" G_GUINT64_FORMAT "\n", count);
}

static void
append_histograms (GString *text, GPtrArray *rooms)
{
  append_head (text, "http_req_duration_seconds", "histogram", "Time of a request");
  g_string_append (text, "# UNIT loadforge_http_req_duration_seconds seconds\n");
  for (guint i = 0; i < rooms->len; i++)
    append_histogram (text, "http_req_duration_seconds", rooms->pdata[i],
                      ((LfRoom *) rooms->pdata[i])->duration);
  append_head (text, "http_req_response_time_seconds", "histogram",
               "Time from when a request should have left to its end");
  g_string_append (text, "# UNIT loadforge_http_req_response_time_seconds seconds\n");
  for (guint i = 0; i < rooms->len; i++)
    append_histogram (text, "http_req_response_time_seconds", rooms->pdata[i],
                      ((LfRoom *) rooms->pdata[i])->response);
}

static void
append_house (GString *text, GPtrArray *rooms, guint viewers, double uptime)
{
  guint active = 0;

  for (guint i = 0; i < rooms->len; i++)
    active += !((LfRoom *) rooms->pdata[i])->ended;
  append_head (text, "build", "info", "Version of LoadForge");
  g_string_append (text, "loadforge_build_info{version=\"" LF_VERSION "\"} 1\n");
  append_head (text, "runs_active", "gauge", "Runs that go on");
  g_string_append_printf (text, "loadforge_runs_active %u\n", active);
  append_head (text, "viewers", "gauge", "WebSockets that are open");
  g_string_append_printf (text, "loadforge_viewers %u\n", viewers);
  append_head (text, "uptime_seconds", "gauge", "Age of the server");
  g_string_append (text, "# UNIT loadforge_uptime_seconds seconds\nloadforge_uptime_seconds ");
  append_number (text, uptime);
  g_string_append (text, "\n");
}

char *
lf_metrics_text (GPtrArray *rooms, guint viewers, double uptime)
{
  GString *text = g_string_new (NULL);

  append_house (text, rooms, viewers, uptime);
  for (guint i = 0; i < G_N_ELEMENTS (measures); i++)
    append_measure (text, &measures[i], rooms);
  append_counts (text, "http_status", "status", "Answers by their status", rooms,
                 G_STRUCT_OFFSET (LfSample, status_codes));
  append_counts (text, "http_errors", "code", "Failed requests by their error code", rooms,
                 G_STRUCT_OFFSET (LfSample, error_codes));
  append_histograms (text, rooms);
  g_string_append (text, "# EOF\n");
  return g_string_free (text, FALSE);
}
