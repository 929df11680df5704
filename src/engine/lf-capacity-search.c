#include "config.h"

#include "lf-capacity-search.h"

#include "lf-histogram.h"
#include "lf-kept-words.h"

#include <math.h>

/* What is under way after a failed try is waited for so long, in seconds. */
#define REST_LIMIT 30
/* Of what was due in a hold, so much must have ended. */
#define LEAST_DONE 0.9

/* Holds made again because the generator was late: of one rate, and in all. */
#define REPEATS     2
#define ALL_REPEATS 10

typedef enum
{
  PHASE_CLIMB,
  PHASE_BISECT,
  PHASE_CONFIRM,
  PHASE_DONE,
} Phase;

/* Of one try, in the order that they come. */
typedef enum
{
  STATE_REST,   /* nothing is sent; left out after a try that held */
  STATE_SETTLE, /* the second in which the rate changes */
  STATE_HOLD,
} State;

struct _LfCapacitySearch
{
  double step, max; /* arrivals per second */
  double p95_ms;    /* 0: no limit */
  double max_fail_rate;
  guint hold; /* s */
  Phase phase;
  State state;
  guint seconds; /* in this state */
  double rate;   /* of this try */
  double good;   /* the highest that held; 0: none */
  double bad;    /* the lowest that failed */
  gboolean late; /* in this hold */
  guint repeats; /* of this try */
  guint all_repeats;
  gint64 due, completed, failed, dropped;
  LfHistogram *response; /* of this hold */
  LfCapacity *capacity;
};

LfCapacitySearch *
lf_capacity_search_new (const LfLoadProfile *profile)
{
  LfCapacitySearch *self = g_new0 (LfCapacitySearch, 1);

  self->step = profile->step / profile->time_unit;
  self->max = profile->max / profile->time_unit;
  self->rate = profile->start / profile->time_unit;
  self->p95_ms = profile->objective->p95_ms;
  self->max_fail_rate = profile->objective->max_fail_rate;
  self->hold = (guint) MAX (ceil (profile->hold), 1);
  self->bad = INFINITY;
  self->state = STATE_SETTLE;
  self->response = lf_histogram_new ();
  self->capacity = lf_capacity_new ();
  return self;
}

void
lf_capacity_search_free (LfCapacitySearch *self)
{
  if (self == NULL)
    return;
  lf_histogram_free (self->response);
  lf_capacity_free (self->capacity);
  g_free (self);
}

double
lf_capacity_search_get_rate (const LfCapacitySearch *self)
{
  return self->state == STATE_REST || self->phase == PHASE_DONE ? 0 : self->rate;
}

static void
enter (LfCapacitySearch *self, State state)
{
  self->state = state;
  self->seconds = 0;
  self->late = FALSE;
  self->due = self->completed = self->failed = self->dropped = 0;
  lf_histogram_reset (self->response);
}

static void
add_sample (LfCapacitySearch *self, const LfSample *total)
{
  const char *text = total->histograms != NULL ? total->histograms->response_time : NULL;
  g_autoptr (LfHistogram) response = text != NULL ? lf_histogram_decode (text, NULL) : NULL;

  self->due += total->scheduled;
  self->completed += total->completed;
  self->failed += total->failed;
  self->dropped += total->dropped;
  if (response != NULL)
    lf_histogram_add (self->response, response);
}

static gboolean
meets_objective (const LfCapacitySearch *self, const LfCapacityTry *try)
{
  double due = MAX ((double) self->due, self->rate * self->hold);

  if (self->p95_ms > 0 && try->p95 > self->p95_ms)
    return FALSE;
  return try->fail_rate <= self->max_fail_rate &&
         (double) (self->completed + self->dropped) >= LEAST_DONE * due - 1;
}

static LfCapacityTry *
judge (LfCapacitySearch *self)
{
  LfCapacityTry *try = lf_capacity_try_new ();
  gint64 ended = self->completed + self->dropped;

  try->rate = self->rate;
  try->p95 = (double) lf_histogram_percentile (self->response, 95) / 1000;
  try->fail_rate = ended > 0 ? (double) (self->failed + self->dropped) / (double) ended : 1;
  try->held = meets_objective (self, try);
  try->confirmation = self->phase == PHASE_CONFIRM;
  return try;
}

static void
note_best (LfCapacitySearch *self, const LfCapacityTry *try)
{
  self->good = try != NULL ? try->rate : 0;
  self->capacity->rate = self->good;
  self->capacity->p95 = try != NULL ? try->p95 : 0;
  self->capacity->fail_rate = try != NULL ? try->fail_rate : 0;
  self->capacity->confirmed = try != NULL && try->confirmation;
}

/* The best of those that held below what failed last. */
static const LfCapacityTry *
find_next_best (const LfCapacitySearch *self)
{
  const LfCapacityTry *best = NULL;

  for (guint i = 0; i < self->capacity->tries->len; i++)
    {
      const LfCapacityTry *try = self->capacity->tries->pdata[i];

      if (try->held && try->rate < self->bad && (best == NULL || try->rate >= best->rate))
        best = try;
    }
  return best;
}

static void
confirm (LfCapacitySearch *self)
{
  self->phase = self->good > 0 ? PHASE_CONFIRM : PHASE_DONE;
  self->rate = self->good;
}

static void
bisect (LfCapacitySearch *self)
{
  self->phase = PHASE_BISECT;
  if (self->bad - self->good <= MAX (self->step / 8, self->good / 100))
    confirm (self);
  else
    self->rate = (self->good + self->bad) / 2;
}

static void
choose_rate (LfCapacitySearch *self, const LfCapacityTry *try)
{
  if (try->held)
    note_best (self, try);
  else
    self->bad = try->rate;
  if (self->phase == PHASE_CONFIRM && try->held)
    self->phase = PHASE_DONE;
  else if (self->phase == PHASE_CONFIRM)
    {
      note_best (self, find_next_best (self));
      confirm (self);
    }
  else if (self->phase == PHASE_BISECT || !try->held)
    bisect (self);
  else if (try->rate >= self->max)
    confirm (self);
  else
    self->rate = MIN (try->rate + self->step, self->max);
}

static gboolean
is_doubtful (const LfCapacitySearch *self, const LfCapacityTry *try)
{
  return !try->held && self->late && self->repeats < REPEATS && self->all_repeats < ALL_REPEATS;
}

static LfSearchStep
end_hold (LfCapacitySearch *self)
{
  LfCapacityTry *try = judge (self);

  if (is_doubtful (self, try))
    {
      lf_capacity_try_free (try);
      self->repeats++;
      self->all_repeats++;
      enter (self, STATE_REST);
      return LF_SEARCH_REPEATS;
    }
  self->repeats = 0;
  g_ptr_array_add (self->capacity->tries, try);
  choose_rate (self, try);
  enter (self, try->held ? STATE_SETTLE : STATE_REST);
  return LF_SEARCH_TRIED;
}

LfSearchStep
lf_capacity_search_take (LfCapacitySearch *self, const LfSample *total, gboolean late)
{
  if (self->phase == PHASE_DONE)
    return LF_SEARCH_GOES_ON;
  self->seconds++;
  if (self->state == STATE_REST)
    {
      if (total->in_flight == 0 || self->seconds >= REST_LIMIT)
        enter (self, STATE_SETTLE);
      return LF_SEARCH_GOES_ON;
    }
  if (self->state == STATE_SETTLE)
    {
      enter (self, STATE_HOLD);
      return LF_SEARCH_GOES_ON;
    }
  add_sample (self, total);
  self->late |= late;
  return self->seconds < self->hold ? LF_SEARCH_GOES_ON : end_hold (self);
}

void
lf_capacity_search_restart (LfCapacitySearch *self)
{
  enter (self, STATE_SETTLE);
}

gboolean
lf_capacity_search_is_done (const LfCapacitySearch *self)
{
  return self->phase == PHASE_DONE;
}

const LfCapacity *
lf_capacity_search_get (const LfCapacitySearch *self)
{
  return self->capacity;
}

char *
lf_capacity_search_describe (const LfCapacitySearch *self)
{
  GPtrArray *tries = self->capacity->tries;
  const LfCapacityTry *try = tries->pdata[tries->len - 1];

  return lf_kept_printf ("%.6g arrivals/s %s%s: p95 %.2f ms, %.2f %% failed or dropped", try->rate,
                         try->held ? "held" : "failed",
                         try->confirmation ? ", tried once more" : "", try->p95,
                         try->fail_rate * 100);
}
