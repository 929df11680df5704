#include "config.h"

#include "lf-load-private.h"

#include "lf-load-log.h"
#include "lf-time.h"

/* The workers hand over on the second; the main loop looks a little later, and again after as long
 * where somebody's part is missing. */
#define LOOK_DELAY (30 * 1000)

/* A second is closed at last without the part of a worker that comes later than this, in us. */
#define PATIENCE (200 * 1000)

/* LF_ERROR_CODE_TCP_NO_PORTS, as samples have it. */
#define NO_PORTS "1213"

/* The verdict's limit of schedule lag, in us. */
#define LATE 10000

static LfGauges
read_gauges (LfLoad *self)
{
  LfGauges gauges = { 0 };

  for (guint i = 0; i < self->workers->len; i++)
    {
      LfWorkerGauges worker = lf_worker_get_gauges (self->workers->pdata[i]);

      gauges.users += worker.users;
      gauges.users_max += worker.users_max;
      gauges.in_flight += worker.in_flight;
    }
  return gauges;
}

static void
merge (LfLoad *self, LfInterval **set)
{
  for (guint i = 0; i < self->plan->n_steps; i++)
    lf_timeline_add (self->timeline, i, set[i]);
}

static void
merge_published (LfLoad *self)
{
  self->merged = G_MAXINT64;
  for (guint i = 0; i < self->workers->len; i++)
    {
      LfHandover *handover = lf_worker_get_handover (self->workers->pdata[i]);
      gint64 published = lf_worker_get_published (self->workers->pdata[i]);
      LfInterval **set = lf_handover_take (handover);

      self->merged = MIN (self->merged, published);
      if (set == NULL)
        continue;
      merge (self, set);
      lf_handover_return (handover, set);
    }
}

/* Tells of a hold that ended, and of what comes next. */
static void
log_search (LfLoad *self, GPtrArray *lines)
{
  const LfCapacity *capacity = lf_capacity_search_get (self->search);
  g_autofree char *text = lf_capacity_search_describe (self->search);

  lf_load_log_add (lines, LF_LOG_INFO, LF_LOG_CLASS_STAGE, -1, "Try %u: %s", capacity->tries->len,
                   text);
  if (!lf_capacity_search_is_done (self->search))
    return;
  if (capacity->rate > 0)
    lf_load_log_add (lines, LF_LOG_INFO, LF_LOG_CLASS_STAGE, -1,
                     "The highest rate that held is %.6g arrivals/s", capacity->rate);
  else
    lf_load_log_add (lines, LF_LOG_WARN, LF_LOG_CLASS_STAGE, -1, "No rate held the objective");
}

/* By how much any worker was behind its schedule in the last second. */
static gint64
take_worst_lag (LfLoad *self)
{
  gint64 worst = 0;

  for (guint i = 0; i < self->workers->len; i++)
    worst = MAX (worst, lf_worker_take_lag (self->workers->pdata[i]));
  return worst;
}

static void
follow_search (LfLoad *self, const LfSample *total, gint64 worst_lag, GPtrArray *lines)
{
  LfSearchStep step;
  double rate;

  if (self->search == NULL || total->warmup || self->stop != LF_STOP_NONE ||
      lf_steering_is_paused (&self->steering) || lf_capacity_search_is_done (self->search))
    return;
  step = lf_capacity_search_take (self->search, total, worst_lag > LATE);
  if (step == LF_SEARCH_TRIED)
    log_search (self, lines);
  else if (step == LF_SEARCH_REPEATS)
    lf_load_log_add (lines, LF_LOG_WARN, LF_LOG_CLASS_GENERATOR, -1,
                     "%.6g arrivals/s failed while this machine itself was late: tried again",
                     lf_steering_get_level (&self->steering));
  rate = lf_capacity_search_get_rate (self->search);
  if (lf_capacity_search_is_done (self->search))
    lf_steering_end (&self->steering, _lf_load_get_time (self));
  else if (rate != lf_steering_get_level (&self->steering))
    lf_steering_set_level (&self->steering, _lf_load_get_time (self), rate);
}

static void
look_at_health (LfLoad *self, const LfSample *total, gint64 worst_lag, GPtrArray *lines)
{
  const LfLoadHealthLook look = {
    .now = g_get_monotonic_time (),
    .worst_lag = worst_lag,
    .no_ports = lf_counts_get (total->error_codes, NO_PORTS),
  };

  lf_load_log_health (lines, lf_load_health_look (&self->health, self->workers, &look));
}

/* One sample may be of several seconds: it is of the warm-up where most of its time is. */
static gboolean
is_warmup (const LfLoad *self, double t)
{
  return (self->closed + t) / 2 * G_USEC_PER_SEC < (double) self->plan->warmup;
}

static void
close_sample (LfLoad *self, double t, GPtrArray *lines)
{
  LfGauges gauges = read_gauges (self);
  gint64 worst_lag = take_worst_lag (self);
  gboolean warmup = is_warmup (self, t);
  g_autoptr (GPtrArray) samples =
      lf_timeline_close (self->timeline, t, lf_time_now (), &gauges, warmup);

  self->closed = t;
  if (warmup)
    self->warm = t;
  lf_load_log_samples (lines, self->plan, samples);
  follow_search (self, samples->pdata[0], worst_lag, lines);
  look_at_health (self, samples->pdata[0], worst_lag, lines);
  _lf_load_emit_samples (self, samples);
}

void
_lf_load_close_last (LfLoad *self, GPtrArray *lines)
{
  merge_published (self);
  for (guint i = 0; i < self->workers->len; i++)
    merge (self, lf_worker_get_handover (self->workers->pdata[i])->current);
  close_sample (self, MAX ((double) (self->end - self->start) / G_USEC_PER_SEC, self->second),
                lines);
}

void
_lf_load_log_stage (LfLoad *self, gint64 now, GPtrArray *lines)
{
  guint stage;

  if (self->stop != LF_STOP_NONE || !lf_load_log_has_stages (self->plan))
    return;
  stage = lf_schedule_stage_at (
      self->plan->schedule,
      lf_steering_schedule_time (&self->steering, MAX (now - self->start, 0)));
  if (stage == self->stage)
    return;
  self->stage = stage;
  lf_load_log_stage (lines, self->plan, stage);
}

void
_lf_load_tell_tokens (LfLoad *self, GPtrArray *lines)
{
  if (self->plan->keeper != NULL)
    lf_token_keeper_tell (self->plan->keeper, lines);
}

static gint64
end_of (const LfLoad *self, guint second)
{
  return self->start + (gint64) second * G_USEC_PER_SEC;
}

static gboolean
has_all_of (const LfLoad *self, guint second)
{
  return self->merged >= end_of (self, second);
}

static void
close_second (LfLoad *self, gint64 now)
{
  g_autoptr (GPtrArray) lines = _lf_load_new_lines ();

  self->second++;
  _lf_load_tell_tokens (self, lines);
  _lf_load_log_stage (self, now, lines);
  close_sample (self, self->second, lines);
  _lf_load_emit_lines (self, lines);
}

/* Where this thread was busy with other things for longer than a second, the workers could not hand
 * over at the ends of those that it missed: they become one sample, with the one that goes on. */
static void
pass_over_missed (LfLoad *self, gint64 now)
{
  if (now >= end_of (self, self->second + 2))
    self->second = (guint) ((now - self->start) / G_USEC_PER_SEC);
}

static gboolean
is_due (const LfLoad *self, gint64 now)
{
  gint64 end = end_of (self, self->second + 1);

  return now >= end && (has_all_of (self, self->second + 1) || now >= end + PATIENCE);
}

/* A part that came late has kept the next from being handed over: it is waited for, so that each
 * second tells of itself again. */
static gint64
next_look (const LfLoad *self, gint64 now)
{
  gint64 end = end_of (self, self->second + 1);

  if (now >= end || !has_all_of (self, self->second))
    return now + LOOK_DELAY;
  return end + LOOK_DELAY;
}

static gboolean
tick_cb (gpointer user_data)
{
  LfLoad *self = user_data;
  gint64 now = g_get_monotonic_time ();
  g_autoptr (LfLoad) alive = g_object_ref (self);

  merge_published (self);
  pass_over_missed (self, now);
  if (is_due (self, now))
    close_second (self, now);
  if (self->tick != NULL)
    g_source_set_ready_time (self->tick, next_look (self, now));
  return G_SOURCE_CONTINUE;
}

static gboolean
dispatch_tick (GSource *source, GSourceFunc callback, gpointer user_data)
{
  return callback (user_data);
}

static GSourceFuncs tick_funcs = { .dispatch = dispatch_tick };

void
_lf_load_start_ticking (LfLoad *self)
{
  self->merged = self->start;
  self->tick = g_source_new (&tick_funcs, sizeof (GSource));
  g_source_set_static_name (self->tick, "lf-load-tick");
  g_source_set_callback (self->tick, tick_cb, self, NULL);
  g_source_set_ready_time (self->tick, next_look (self, self->start));
  g_source_attach (self->tick, self->context);
}

void
_lf_load_stop_ticking (LfLoad *self)
{
  if (self->tick == NULL)
    return;
  g_source_destroy (self->tick);
  g_clear_pointer (&self->tick, g_source_unref);
}
