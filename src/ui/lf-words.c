#include "config.h"

#include "lf-words.h"

#include "lf-format.h"

#include <glib/gi18n.h>
#include <math.h>

char *
lf_words_number (double number)
{
  double thousandths = round (number * 1000);
  int decimals = fmod (thousandths, 1000) == 0  ? 0
                 : fmod (thousandths, 100) == 0 ? 1
                 : fmod (thousandths, 10) == 0  ? 2
                                                : 3;

  return g_strdup_printf ("%'.*f", decimals, thousandths / 1000);
}

char *
lf_words_duration (double seconds)
{
  int whole = (int) MIN (seconds, G_MAXINT);
  int hours = whole / 3600, minutes = whole / 60 % 60, rest = whole % 60;
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  if (seconds < 100)
    {
      g_autofree char *number = lf_words_number (seconds);

      return g_strdup_printf (C_ ("seconds", "%s s"), number);
    }
  if (hours > 0)
    g_ptr_array_add (parts, g_strdup_printf (C_ ("hours", "%d h"), hours));
  if (minutes > 0)
    g_ptr_array_add (parts, g_strdup_printf (C_ ("minutes", "%d min"), minutes));
  if (rest > 0)
    g_ptr_array_add (parts, g_strdup_printf (C_ ("seconds", "%d s"), rest));
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" ", (char **) parts->pdata);
}

char *
lf_words_ago (gint64 time_ms, gint64 now_ms)
{
  gint64 minutes = MAX (0, now_ms - time_ms) / 60000;

  if (minutes < 1)
    return g_strdup (_ ("just now"));
  if (minutes < 60)
    return g_strdup_printf (_ ("%d min ago"), (int) minutes);
  if (minutes < 24 * 60)
    return g_strdup_printf (_ ("%d h ago"), (int) (minutes / 60));
  return lf_format_date (time_ms);
}

char *
lf_words_sentence (const char *words)
{
  char first[8] = { 0 };

  if (*words == '\0')
    return g_strdup ("");
  g_unichar_to_utf8 (g_unichar_toupper (g_utf8_get_char (words)), first);
  return g_strconcat (first, g_utf8_next_char (words), NULL);
}

static char *
words_users (double users)
{
  g_autofree char *number = lf_words_number (users);

  return g_strdup_printf (ngettext ("%s user", "%s users", (gulong) users), number);
}

static char *
words_rate (const LfLoadProfile *profile, double rate)
{
  g_autofree char *number = lf_words_number (rate);
  g_autofree char *unit = NULL;

  if (profile->time_unit == 1)
    return g_strdup_printf (
        ngettext ("%s arrival per second", "%s arrivals per second", (gulong) rate), number);
  unit = lf_words_duration (profile->time_unit);
  return g_strdup_printf (ngettext ("%s arrival per %s", "%s arrivals per %s", (gulong) rate),
                          number, unit);
}

char *
lf_words_level (const LfLoadProfile *profile, double value)
{
  return lf_load_profile_is_rate (profile) ? words_rate (profile, value) : words_users (value);
}

static char *
words_short_form (const LfLoadProfile *profile)
{
  g_autofree char *users = words_users (profile->users);
  g_autofree char *up = lf_words_duration (profile->ramp_up);
  g_autofree char *steady = lf_words_duration (profile->steady);
  g_autofree char *down = lf_words_duration (profile->ramp_down);
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  if (profile->ramp_up > 0)
    g_ptr_array_add (parts, g_strdup_printf (_ ("up to %s over %s"), users, up));
  g_ptr_array_add (parts, g_strdup_printf (_ ("%s for %s"), users, steady));
  if (profile->ramp_down > 0)
    g_ptr_array_add (parts, g_strdup_printf (_ ("down to 0 over %s"), down));
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (C_ ("between parts of a load", ", then "), (char **) parts->pdata);
}

static char *
words_stages (const LfLoadProfile *profile, gboolean rate)
{
  double start = 0;
  g_autoptr (GPtrArray) stages = lf_load_profile_get_stages (profile, &start);
  g_autofree char *first = rate ? words_rate (profile, start) : words_users (start);
  GString *words = g_string_new (NULL);

  g_string_append_printf (words, _ ("from %s"), first);
  for (guint i = 0; i < stages->len; i++)
    {
      const LfStage *stage = stages->pdata[i];
      g_autofree char *target = lf_words_number (stage->target);
      g_autofree char *duration = lf_words_duration (stage->duration);

      g_string_append (words, C_ ("between parts of a load", ", then "));
      g_string_append_printf (words, _ ("to %s over %s"), target, duration);
    }
  return g_string_free (words, FALSE);
}

static char *
words_constant_rate (const LfLoadProfile *profile)
{
  g_autofree char *rate = words_rate (profile, profile->rate);
  g_autofree char *duration = lf_words_duration (profile->duration);
  g_autofree char *users = words_users (lf_load_profile_get_max_users (profile));

  return g_strdup_printf (_ ("%s for %s, by at most %s"), rate, duration, users);
}

static char *
words_constant_users (const LfLoadProfile *profile)
{
  g_autofree char *users = words_users (profile->vus);
  g_autofree char *duration = lf_words_duration (profile->duration);

  return g_strdup_printf (_ ("%s for %s"), users, duration);
}

static char *
words_iterations (const LfLoadProfile *profile, gboolean each)
{
  g_autofree char *users = words_users (profile->vus);
  g_autofree char *iterations = lf_words_number (profile->iterations);

  g_autofree char *limit = lf_words_duration (lf_load_profile_get_limit (profile));

  const gulong n = (gulong) profile->iterations;

  return each ? g_strdup_printf (ngettext ("%s, %s iteration each, at most %s",
                                           "%s, %s iterations each, at most %s", n),
                                 users, iterations, limit)
              : g_strdup_printf (ngettext ("%s iteration shared by %s, at most %s",
                                           "%s iterations shared by %s, at most %s", n),
                                 iterations, users, limit);
}

static char *
words_manual (const LfLoadProfile *profile)
{
  double first = lf_load_profile_is_rate (profile) ? profile->rate : (double) profile->vus;
  g_autofree char *level = lf_words_level (profile, first);
  g_autofree char *duration = lf_words_duration (profile->duration);

  if (profile->duration > 0)
    return g_strdup_printf (_ ("%s at first, set by hand while it runs, for %s"), level, duration);
  return g_strdup_printf (_ ("%s at first, set by hand while it runs, until it is stopped"), level);
}

static char *
words_search (const LfLoadProfile *profile)
{
  g_autofree char *start = lf_words_number (profile->start);
  g_autofree char *step = lf_words_number (profile->step);
  g_autofree char *max = words_rate (profile, profile->max);
  g_autofree char *hold = lf_words_duration (profile->hold);

  return g_strdup_printf (
      _ ("from %s in steps of %s up to %s, each held for %s, until the target no "
         "longer keeps up"),
      start, step, max, hold);
}

char *
lf_words_profile (const LfLoadProfile *profile)
{
  switch (profile->executor)
    {
    case LF_EXECUTOR_NONE:
      return words_short_form (profile);
    case LF_EXECUTOR_CONSTANT_VUS:
      return words_constant_users (profile);
    case LF_EXECUTOR_RAMPING_VUS:
      return words_stages (profile, FALSE);
    case LF_EXECUTOR_SHARED_ITERATIONS:
      return words_iterations (profile, FALSE);
    case LF_EXECUTOR_PER_VU_ITERATIONS:
      return words_iterations (profile, TRUE);
    case LF_EXECUTOR_CONSTANT_ARRIVAL_RATE:
      return words_constant_rate (profile);
    case LF_EXECUTOR_RAMPING_ARRIVAL_RATE:
      return words_stages (profile, TRUE);
    case LF_EXECUTOR_MANUAL:
      return words_manual (profile);
    case LF_EXECUTOR_CAPACITY_SEARCH:
      return words_search (profile);
    default:
      return g_strdup ("");
    }
}

/* Arrivals of all stages: the area below straight lines. */
static double
count_arrivals (const LfLoadProfile *profile)
{
  double before, arrivals = 0;
  g_autoptr (GPtrArray) stages = lf_load_profile_get_stages (profile, &before);

  for (guint i = 0; i < stages->len; i++)
    {
      const LfStage *stage = stages->pdata[i];

      arrivals += (before + stage->target) / 2 * stage->duration;
      before = stage->target;
    }
  return arrivals;
}

static guint
count_steps (const LfSpec *spec)
{
  guint n = 0;

  for (guint i = 0; i < lf_spec_get_n_steps (spec); i++)
    n += lf_spec_get_step (spec, i)->enabled ? 1 : 0;
  return n;
}

static char *
words_requests (double requests)
{
  g_autofree char *number = lf_words_number (round (requests));
  g_autofree char *words = g_strdup_printf (
      ngettext ("about %s request", "about %s requests", (gulong) requests), number);

  return lf_words_sentence (words);
}

static char *
words_iterations_total (const LfLoadProfile *profile, guint steps)
{
  g_autofree char *requests =
      words_requests ((double) lf_load_profile_get_iterations (profile) * steps);
  g_autofree char *limit = lf_words_duration (lf_load_profile_get_limit (profile));

  return g_strdup_printf (_ ("%s in at most %s"), requests, limit);
}

static char *
words_arrivals_total (const LfLoadProfile *profile, guint steps)
{
  g_autofree char *requests = words_requests (count_arrivals (profile) * steps);
  g_autofree char *duration = lf_words_duration (lf_load_profile_get_duration (profile));

  return g_strdup_printf (_ ("%s in %s"), requests, duration);
}

char *
lf_words_total (const LfSpec *spec)
{
  const LfLoadProfile *profile = spec->load_profile;
  guint steps = count_steps (spec);

  if (steps == 0 || lf_load_profile_is_directed (profile))
    return NULL;
  if (lf_load_profile_get_iterations (profile) > 0)
    return words_iterations_total (profile, steps);
  return lf_load_profile_is_rate (profile) ? words_arrivals_total (profile, steps) : NULL;
}

const char *
lf_words_executor (LfExecutor executor)
{
  switch (executor)
    {
    case LF_EXECUTOR_NONE:
      return _ ("Users that ramp up and down");
    case LF_EXECUTOR_CONSTANT_VUS:
      return _ ("Constant users");
    case LF_EXECUTOR_RAMPING_VUS:
      return _ ("Users in stages");
    case LF_EXECUTOR_SHARED_ITERATIONS:
      return _ ("Shared iterations");
    case LF_EXECUTOR_PER_VU_ITERATIONS:
      return _ ("Iterations per user");
    case LF_EXECUTOR_CONSTANT_ARRIVAL_RATE:
      return _ ("Constant arrival rate");
    case LF_EXECUTOR_RAMPING_ARRIVAL_RATE:
      return _ ("Arrival rate in stages");
    case LF_EXECUTOR_MANUAL:
      return _ ("By hand");
    case LF_EXECUTOR_CAPACITY_SEARCH:
      return _ ("Capacity search");
    default:
      return "";
    }
}

typedef struct
{
  const char *words;
  const char *icon;
  const char *css_class;
} Outcome;

static const Outcome outcome_running = { N_ ("Running"), "media-playback-start-symbolic",
                                         "accent" };
static const Outcome outcome_interrupted = { N_ ("Interrupted"), "dialog-warning-symbolic",
                                             "warning" };
static const Outcome outcome_stopped = { N_ ("Stopped"), "media-playback-stop-symbolic",
                                         "warning" };
static const Outcome outcome_finished = { N_ ("Finished"), "object-select-symbolic", "dim-label" };

static const Outcome outcomes[] = {
  [LF_VERDICT_PASSED] = { N_ ("Passed"), "object-select-symbolic", "success" },
  [LF_VERDICT_FAILED] = { N_ ("Failed"), "dialog-error-symbolic", "error" },
  [LF_VERDICT_ABORTED] = { N_ ("Aborted"), "media-playback-stop-symbolic", "warning" },
  [LF_VERDICT_INVALID] = { N_ ("Invalid"), "dialog-warning-symbolic", "warning" },
  [LF_VERDICT_ERROR] = { N_ ("Error"), "dialog-error-symbolic", "error" },
};

static const Outcome *
outcome_of (const LfRun *run)
{
  if (lf_run_is_active (run))
    return &outcome_running;
  if (run->status == LF_RUN_INTERRUPTED)
    return &outcome_interrupted;
  if (run->verdict > LF_VERDICT_NONE && run->verdict < (int) G_N_ELEMENTS (outcomes))
    return &outcomes[run->verdict];
  return run->status == LF_RUN_STOPPED ? &outcome_stopped : &outcome_finished;
}

const char *
lf_words_outcome (const LfRun *run)
{
  return _ (outcome_of (run)->words);
}

const char *
lf_words_outcome_icon (const LfRun *run)
{
  return outcome_of (run)->icon;
}

const char *
lf_words_outcome_class (const LfRun *run)
{
  return outcome_of (run)->css_class;
}

void
lf_words_append_part (GString *line, char *part)
{
  g_autofree char *words = part;
  g_auto (GStrv) pieces = g_strsplit (words, " ", -1);
  g_autofree char *bound = g_strjoinv ("\u00a0", pieces);

  g_string_append_printf (line, "%s%s", line->len > 0 ? " · " : "", bound);
}
