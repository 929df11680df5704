#include "config.h"

#include "lf-run-numbers.h"

#include "lf-format.h"
#include "lf-reflow.h"
#include "lf-tile.h"
#include "lf-widget-private.h"

#include <glib/gi18n.h>

struct _LfRunNumbers
{
  GtkWidget parent_instance;

  LfTile *users_tile, *rate_tile, *success_tile, *failed_tile;
  LfTile *p50_tile, *p95_tile, *p99_tile, *data_tile;

  gint64 completed, failed, users_max;
  gint64 bytes; /* both ways */
};

G_DEFINE_FINAL_TYPE (LfRunNumbers, lf_run_numbers, GTK_TYPE_WIDGET)

/* Takes both texts. */
static void
set_tile (LfTile *tile, char *value, char *detail)
{
  lf_tile_set (tile, value, detail);
  g_free (value);
  g_free (detail);
}

static char *
total_of (gint64 n)
{
  g_autofree char *count = lf_format_short (n);

  return g_strdup_printf (_ ("%s in total"), count);
}

static char *
most_of (gint64 n)
{
  g_autofree char *count = lf_format_short (n);

  return g_strdup_printf (_ ("at most %s"), count);
}

static void
show_counts (LfRunNumbers *self)
{
  set_tile (self->success_tile, lf_format_short (self->completed - self->failed),
            lf_format_share (self->completed - self->failed, self->completed));
  set_tile (self->failed_tile, lf_format_short (self->failed),
            lf_format_share (self->failed, self->completed));
  if (self->failed > 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->failed_tile), "failing");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->failed_tile), "failing");
}

/* @ms: NULL where no answer was measured: there is no latency then, not one of 0 ms. */
static void
show_times (LfRunNumbers *self, const double *ms, const char *period)
{
  LfTile *tiles[] = { self->p50_tile, self->p95_tile, self->p99_tile };

  for (guint i = 0; i < G_N_ELEMENTS (tiles); i++)
    set_tile (tiles[i], ms != NULL ? lf_format_ms (ms[i]) : g_strdup ("–"), g_strdup (period));
}

static void
show_data (LfRunNumbers *self, double bytes_per_second)
{
  g_autofree char *total = lf_format_bytes ((double) self->bytes);

  set_tile (self->data_tile, lf_format_bytes (bytes_per_second),
            g_strdup_printf (_ ("%s in total"), total));
}

static void
lf_run_numbers_dispose (GObject *object)
{
  _lf_widget_dispose (GTK_WIDGET (object), LF_TYPE_RUN_NUMBERS);
  G_OBJECT_CLASS (lf_run_numbers_parent_class)->dispose (object);
}

static void
lf_run_numbers_class_init (LfRunNumbersClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lf_run_numbers_dispose;
  g_type_ensure (LF_TYPE_REFLOW);
  g_type_ensure (LF_TYPE_TILE);
  gtk_widget_class_set_template_from_resource (widget_class, LF_RESOURCE_PATH "lf-run-numbers.ui");
  gtk_widget_class_bind_template_child (widget_class, LfRunNumbers, users_tile);
  gtk_widget_class_bind_template_child (widget_class, LfRunNumbers, rate_tile);
  gtk_widget_class_bind_template_child (widget_class, LfRunNumbers, success_tile);
  gtk_widget_class_bind_template_child (widget_class, LfRunNumbers, failed_tile);
  gtk_widget_class_bind_template_child (widget_class, LfRunNumbers, p50_tile);
  gtk_widget_class_bind_template_child (widget_class, LfRunNumbers, p95_tile);
  gtk_widget_class_bind_template_child (widget_class, LfRunNumbers, p99_tile);
  gtk_widget_class_bind_template_child (widget_class, LfRunNumbers, data_tile);
}

static void
lf_run_numbers_init (LfRunNumbers *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
lf_run_numbers_clear (LfRunNumbers *self)
{
  LfTile *tiles[] = { self->users_tile, self->rate_tile, self->success_tile, self->failed_tile,
                      self->p50_tile,   self->p95_tile,  self->p99_tile,     self->data_tile };

  self->completed = self->failed = self->users_max = self->bytes = 0;
  for (guint i = 0; i < G_N_ELEMENTS (tiles); i++)
    lf_tile_set (tiles[i], "–", NULL);
  gtk_widget_remove_css_class (GTK_WIDGET (self->failed_tile), "failing");
}

void
lf_run_numbers_add (LfRunNumbers *self, const LfSample *sample)
{
  self->users_max = MAX (self->users_max, MAX (sample->users, sample->users_max));
  if (sample->warmup)
    return;
  self->completed += sample->completed;
  self->failed += sample->failed;
  self->bytes += sample->bytes_sent + sample->bytes_received;
}

void
lf_run_numbers_show_sample (LfRunNumbers *self, const LfSample *sample, double seconds)
{
  const LfSampleLatency *latency = lf_sample_get_response (sample);
  const double *ms =
      latency != NULL ? (const double[]){ latency->p50, latency->p95, latency->p99 } : NULL;

  set_tile (self->users_tile, lf_format_count (sample->users), most_of (self->users_max));
  set_tile (self->rate_tile, lf_format_count (sample->completed / seconds),
            total_of (self->completed));
  show_counts (self);
  show_times (self, ms, _ ("last second"));
  show_data (self, (double) (sample->bytes_sent + sample->bytes_received) / seconds);
}

void
lf_run_numbers_show_summary (LfRunNumbers *self, const LfSummary *summary)
{
  const LfLatency *latency = lf_latencies_get_response (summary->latency);
  const double *ms =
      latency != NULL ? (const double[]){ latency->p50, latency->p95, latency->p99 } : NULL;

  if (summary->requests != NULL)
    {
      self->completed = summary->requests->total;
      self->failed = summary->requests->failed;
      set_tile (self->rate_tile, lf_format_count (summary->requests->rate),
                total_of (self->completed));
    }
  set_tile (self->users_tile, lf_format_count (summary->vus_max), g_strdup (_ ("at most")));
  show_counts (self);
  show_times (self, ms, _ ("whole run"));
  if (summary->data != NULL)
    self->bytes = summary->data->sent + summary->data->received;
  if (summary->duration > 0)
    show_data (self, (double) self->bytes / lf_summary_get_counted (summary));
}
