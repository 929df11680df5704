#include "config.h"

#include "lf-load-health.h"

#include "lf-kept-words.h"

#include <sys/resource.h>

/* src/DESIGN.md, "The verdict on the generator". */
#define HOT_CPU      0.9
#define HOT_SECONDS  5
#define LAG_LIMIT    10000 /* us */
#define LATE_SECONDS 3

void
lf_load_health_init (LfLoadHealth *self, guint n_workers, gint64 now)
{
  *self = (LfLoadHealth){ .looked = now };
  self->cpu = g_array_new (FALSE, TRUE, sizeof (gint64));
  g_array_set_size (self->cpu, n_workers);
}

void
lf_load_health_clear (LfLoadHealth *self)
{
  g_clear_pointer (&self->cpu, g_array_unref);
}

/* The most that any worker used of its core since the last look. */
static double
take_most_cpu (LfLoadHealth *self, GPtrArray *workers, gint64 now)
{
  gint64 passed = now - self->looked;
  double most = 0;

  for (guint i = 0; i < workers->len; i++)
    {
      gint64 *before = &g_array_index (self->cpu, gint64, i);
      gint64 cpu = lf_worker_get_gauges (workers->pdata[i]).cpu;

      most = MAX (most, (double) (cpu - *before) / (double) MAX (passed, 1));
      *before = cpu;
    }
  self->looked = now;
  return most;
}

LfLoadHealthReasons
lf_load_health_look (LfLoadHealth *self, GPtrArray *workers, const LfLoadHealthLook *look)
{
  LfLoadHealthReasons before = self->reasons;
  double cpu = take_most_cpu (self, workers, look->now);

  self->hot_seconds = cpu > HOT_CPU ? self->hot_seconds + 1 : 0;
  self->late_seconds = look->worst_lag > LAG_LIMIT ? self->late_seconds + 1 : 0;
  self->no_ports += look->no_ports;
  if (self->hot_seconds >= HOT_SECONDS)
    self->reasons |= LF_LOAD_HEALTH_HOT;
  if (self->late_seconds >= LATE_SECONDS)
    self->reasons |= LF_LOAD_HEALTH_LATE;
  if (self->no_ports > 0)
    self->reasons |= LF_LOAD_HEALTH_NO_PORTS;
  return self->reasons & ~before;
}

static void
add_reasons (const LfLoadHealth *self,
             LfSummaryGenerator *generator,
             gboolean late,
             guint64 late_drops)
{
  g_autoptr (GStrvBuilder) reasons = g_strv_builder_new ();

  if ((self->reasons & LF_LOAD_HEALTH_HOT) != 0)
    g_strv_builder_add (reasons, "a worker used over 90 % of its core for 5 s or longer: the "
                                 "target may take more than was sent");
  if (late)
    {
      g_autofree char *text = lf_kept_printf (
          "requests left late: schedule lag p99 was %.1f ms, and 10 ms is the limit",
          generator->lag_p99);

      g_strv_builder_add (reasons, text);
    }
  if (late_drops > 0)
    {
      g_autofree char *text = g_strdup_printf (
          "%" G_GUINT64_FORMAT " arrivals were dropped while the generator was behind its schedule",
          late_drops);

      g_strv_builder_add (reasons, text);
    }
  if (self->no_ports > 0)
    {
      g_autofree char *text = g_strdup_printf (
          "%" G_GUINT64_FORMAT
          " requests found no local port or file descriptor left for a connection (error 1213)",
          self->no_ports);

      g_strv_builder_add (reasons, text);
    }
  generator->reasons = g_strv_builder_end (reasons);
}

LfSummaryGenerator *
lf_load_health_report (const LfLoadHealth *self,
                       GPtrArray *workers,
                       double seconds,
                       gboolean arrivals,
                       gboolean *invalid)
{
  LfSummaryGenerator *generator = lf_summary_generator_new ();
  g_autoptr (LfHistogram) lag = lf_histogram_new ();
  guint64 late_drops = 0;
  gint64 cpu = 0;
  struct rusage usage;
  gboolean late;

  for (guint i = 0; i < workers->len; i++)
    {
      lf_histogram_add (lag, lf_worker_get_lag (workers->pdata[i]));
      late_drops += lf_worker_get_late_drops (workers->pdata[i]);
      cpu += lf_worker_get_gauges (workers->pdata[i]).cpu;
    }
  late = lf_histogram_percentile (lag, 99) > LAG_LIMIT;
  getrusage (RUSAGE_SELF, &usage);
  if (seconds > 0 && workers->len > 0)
    generator->cpu = (double) cpu / G_USEC_PER_SEC / seconds / workers->len;
  generator->lag_p50 = (double) lf_histogram_percentile (lag, 50) / 1000;
  generator->lag_p99 = (double) lf_histogram_percentile (lag, 99) / 1000;
  generator->lag_max = (double) lf_histogram_get_max (lag) / 1000;
  generator->peak_rss = (gint64) usage.ru_maxrss * 1024;
  generator->workers = workers->len;
  *invalid = arrivals && (late || late_drops > 0 || self->no_ports > 0);
  generator->saturated =
      *invalid || (self->reasons & (LF_LOAD_HEALTH_HOT | LF_LOAD_HEALTH_NO_PORTS)) != 0;
  add_reasons (self, generator, late, late_drops);
  return generator;
}
