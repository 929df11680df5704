#include "config.h"

#include "lf-load-kind.h"

#include "lf-words.h"

#include <glib/gi18n.h>

#define USERS   1e6
#define RATE    1e9
#define SECONDS 31536000.0 /* a year */

#define NUMBER(member, pointer, title, upper, step)                                                \
  {                                                                                                \
    pointer, title, G_STRUCT_OFFSET (LfLoadProfile, member), FALSE, FALSE, 0, upper, step          \
  }
#define COUNT(member, pointer, title, upper, step)                                                 \
  {                                                                                                \
    pointer, title, G_STRUCT_OFFSET (LfLoadProfile, member), TRUE, FALSE, 0, upper, step           \
  }
#define DURATION NUMBER (duration, "/duration", N_ ("D_uration (s)"), SECONDS, 1)
#define VUS      COUNT (vus, "/vus", N_ ("_Users"), USERS, 1)
#define LIMIT    NUMBER (duration, "/duration", N_ ("At most (s)"), SECONDS, 1)
#define RATE_PER NUMBER (rate, "/rate", N_ ("R_ate (per second)"), RATE, 10)
#define POOL                                                                                       \
  COUNT (pre_allocated_vus, "/preAllocatedVUs", N_ ("Users rea_dy"), USERS, 1),                    \
      COUNT (max_vus, "/maxVUs", N_ ("Most _users"), USERS, 1),                                    \
  {                                                                                                \
    "/timeUnit", N_ ("_Time unit (s)"), G_STRUCT_OFFSET (LfLoadProfile, time_unit), FALSE, FALSE,  \
        0, 86400, 1                                                                                \
  }

static const LfLoadField fields[LF_N_LOAD_KINDS][8] = {
  [LF_LOAD_KIND_SHORT] = { NUMBER (ramp_up, "/rampUp", N_ ("Ramp _up (s)"), SECONDS, 1),
                           COUNT (users, "/users", N_ ("_Users"), USERS, 1),
                           NUMBER (steady, "/steady", N_ ("_Steady (s)"), SECONDS, 1),
                           NUMBER (ramp_down, "/rampDown", N_ ("Ramp do_wn (s)"), SECONDS, 1) },
  [LF_LOAD_KIND_CONSTANT_RATE] = { RATE_PER, DURATION, POOL },
  [LF_LOAD_KIND_RAMPING_USERS] = { COUNT (start_vus,
                                          "/startVUs",
                                          N_ ("Users at the start"),
                                          USERS,
                                          1) },
  [LF_LOAD_KIND_RAMPING_RATE] = { NUMBER (start_rate,
                                          "/startRate",
                                          N_ ("Rate at the st_art (per second)"),
                                          RATE,
                                          10),
                                  POOL },
  [LF_LOAD_KIND_CONSTANT_USERS] = { VUS, DURATION },
  [LF_LOAD_KIND_SHARED_ITERATIONS] = { VUS,
                                       COUNT (iterations,
                                              "/iterations",
                                              N_ ("_Iterations of all users"),
                                              1e12,
                                              10),
                                       LIMIT },
  [LF_LOAD_KIND_PER_VU_ITERATIONS] = { VUS,
                                       COUNT (iterations,
                                              "/iterations",
                                              N_ ("_Iterations of each user"),
                                              1e12,
                                              10),
                                       LIMIT },
  [LF_LOAD_KIND_CAPACITY_SEARCH] = { NUMBER (start,
                                             "/start",
                                             N_ ("Rate at the st_art (per second)"),
                                             RATE,
                                             10),
                                     NUMBER (step, "/step", N_ ("_Step (per second)"), RATE, 10),
                                     NUMBER (max,
                                             "/max",
                                             N_ ("Highest rate (per second)"),
                                             RATE,
                                             10),
                                     NUMBER (hold, "/hold", N_ ("_Hold each for (s)"), SECONDS, 1),
                                     { "/objective/p95Ms", N_ ("p95 at most (ms, 0: any)"),
                                       G_STRUCT_OFFSET (LfObjective, p95_ms), FALSE, TRUE, 0,
                                       3600000, 10 },
                                     { "/objective/maxFailRate", N_ ("Failed at most (%)"),
                                       G_STRUCT_OFFSET (LfObjective, max_fail_rate), FALSE, TRUE,
                                       100, 100, 1 },
                                     COUNT (max_vus, "/maxVUs", N_ ("Most _users"), USERS, 1) },
  [LF_LOAD_KIND_MANUAL_USERS] = { COUNT (vus, "/vus", N_ ("_Users at the start"), USERS, 1),
                                  COUNT (max_vus, "/maxVUs", N_ ("Most users (0: any)"), USERS, 1),
                                  NUMBER (duration,
                                          "/duration",
                                          N_ ("D_uration (s, 0: no end)"),
                                          SECONDS,
                                          1) },
  [LF_LOAD_KIND_MANUAL_RATE] = { RATE_PER,
                                 NUMBER (duration,
                                         "/duration",
                                         N_ ("D_uration (s, 0: no end)"),
                                         SECONDS,
                                         1),
                                 POOL },
};

/* What is told of each kind; the text of a profile that runs as it is. */
static const struct
{
  const char *title; /* NULL: as the executor is called */
  LfExecutor executor;
  const char *hint;
  const char *profile;
} kinds[LF_N_LOAD_KINDS] = {
  [LF_LOAD_KIND_SHORT] = { NULL, LF_EXECUTOR_NONE,
                           N_ ("Each user sends the next request when the last one is answered."),
                           "{\"rampUp\": 5, \"users\": 10, \"steady\": 30, \"rampDown\": 5}" },
  [LF_LOAD_KIND_CONSTANT_RATE] = { NULL, LF_EXECUTOR_CONSTANT_ARRIVAL_RATE,
                                   N_ ("Arrivals leave on schedule, whatever the target does. What "
                                       "no user is free for is counted as dropped."),
                                   "{\"executor\": \"constant-arrival-rate\", \"rate\": 50, "
                                   "\"duration\": 30, \"preAllocatedVUs\": 100, \"maxVUs\": 100}" },
  [LF_LOAD_KIND_RAMPING_USERS] = { NULL, LF_EXECUTOR_RAMPING_VUS,
                                   N_ ("Users come and go in stages; each sends the next request "
                                       "when the last one is answered."),
                                   "{\"executor\": \"ramping-vus\", \"stages\": [{\"duration\": "
                                   "10, \"target\": 10}, {\"duration\": 30, \"target\": 10}, "
                                   "{\"duration\": 10, \"target\": 0}]}" },
  [LF_LOAD_KIND_RAMPING_RATE] = { NULL, LF_EXECUTOR_RAMPING_ARRIVAL_RATE,
                                  N_ ("Arrivals leave on schedule, whatever the target does. What "
                                      "no user is free for is counted as dropped."),
                                  "{\"executor\": \"ramping-arrival-rate\", \"startRate\": 0, "
                                  "\"preAllocatedVUs\": 100, \"maxVUs\": 100, \"stages\": "
                                  "[{\"duration\": 10, \"target\": 50}, {\"duration\": 30, "
                                  "\"target\": 50}, {\"duration\": 10, \"target\": 0}]}" },
  [LF_LOAD_KIND_CONSTANT_USERS] = { NULL, LF_EXECUTOR_CONSTANT_VUS,
                                    N_ ("All users begin at once; each sends the next request when "
                                        "the last one is answered."),
                                    "{\"executor\": \"constant-vus\", \"vus\": 10, \"duration\": "
                                    "30}" },
  [LF_LOAD_KIND_SHARED_ITERATIONS] = { NULL, LF_EXECUTOR_SHARED_ITERATIONS,
                                       N_ ("The users take from one heap until it is used up. "
                                           "Without a limit it ends after 10 minutes."),
                                       "{\"executor\": \"shared-iterations\", \"vus\": 10, "
                                       "\"iterations\": 1000}" },
  [LF_LOAD_KIND_PER_VU_ITERATIONS] = { NULL, LF_EXECUTOR_PER_VU_ITERATIONS,
                                       N_ ("Every user does so many. Without a limit it ends after "
                                           "10 minutes."),
                                       "{\"executor\": \"per-vu-iterations\", \"vus\": 10, "
                                       "\"iterations\": 100}" },
  [LF_LOAD_KIND_CAPACITY_SEARCH] = { NULL, LF_EXECUTOR_CAPACITY_SEARCH,
                                     N_ ("Raises the rate step by step until the target no longer "
                                         "keeps to what is asked, then closes in on the highest "
                                         "rate that holds."),
                                     "{\"executor\": \"capacity-search\", \"start\": 50, "
                                     "\"step\": 50, \"max\": 1000, \"hold\": 10, \"objective\": "
                                     "{\"p95Ms\": 500, \"maxFailRate\": 0.01}}" },
  [LF_LOAD_KIND_MANUAL_USERS] = { N_ ("Users set by hand"), LF_EXECUTOR_MANUAL,
                                  N_ ("The number of users is changed in the window while it "
                                      "runs."),
                                  "{\"executor\": \"manual\", \"vus\": 10}" },
  [LF_LOAD_KIND_MANUAL_RATE] = { N_ ("Arrivals set by hand"), LF_EXECUTOR_MANUAL,
                                 N_ ("The rate is changed in the window while it runs."),
                                 "{\"executor\": \"manual\", \"rate\": 50, \"preAllocatedVUs\": "
                                 "100, \"maxVUs\": 100}" },
};

LfLoadKind
lf_load_kind_of (const LfLoadProfile *profile)
{
  LfLoadKind kind = LF_LOAD_KIND_SHORT;

  if (profile->executor == LF_EXECUTOR_MANUAL)
    return lf_load_profile_is_rate (profile) ? LF_LOAD_KIND_MANUAL_RATE : LF_LOAD_KIND_MANUAL_USERS;
  while (kinds[kind].executor != profile->executor)
    kind++;
  return kind;
}

const char *
lf_load_kind_get_title (LfLoadKind kind)
{
  return kinds[kind].title != NULL ? _ (kinds[kind].title)
                                   : lf_words_executor (kinds[kind].executor);
}

const char *
lf_load_kind_get_hint (LfLoadKind kind)
{
  return _ (kinds[kind].hint);
}

const LfLoadField *
lf_load_kind_get_fields (LfLoadKind kind)
{
  return fields[kind];
}

gboolean
lf_load_kind_has_arrival (LfLoadKind kind)
{
  return kind == LF_LOAD_KIND_CONSTANT_RATE || kind == LF_LOAD_KIND_RAMPING_RATE ||
         kind == LF_LOAD_KIND_MANUAL_RATE;
}

LfLoadProfile *
lf_load_kind_new_profile (LfLoadKind kind)
{
  return lf_record_from_text (&lf_load_profile_type, kinds[kind].profile, -1, NULL);
}

static gpointer
place_of (const LfLoadField *self, gconstpointer record)
{
  return (char *) record + self->offset;
}

static double
scale_of (const LfLoadField *self)
{
  return self->scale != 0 ? self->scale : 1;
}

double
lf_load_field_read (const LfLoadField *self, const LfLoadProfile *profile)
{
  gconstpointer record = self->objective ? (gconstpointer) profile->objective : profile;

  if (record == NULL)
    return 0;
  return self->integer ? (double) *(gint64 *) place_of (self, record)
                       : *(double *) place_of (self, record) * scale_of (self);
}

void
lf_load_field_write (const LfLoadField *self, LfLoadProfile *profile, double value)
{
  gpointer record = profile;

  if (self->objective && profile->objective == NULL)
    profile->objective = lf_objective_new ();
  if (self->objective)
    record = profile->objective;
  if (self->integer)
    *(gint64 *) place_of (self, record) = (gint64) value;
  else
    *(double *) place_of (self, record) = value / scale_of (self);
  lf_record_set_present (record, self->offset, TRUE);
}

const char *
lf_load_field_get_title (const LfLoadField *self, const LfLoadProfile *profile)
{
  if (profile->time_unit == 1)
    return _ (self->title);
  if (self->offset == G_STRUCT_OFFSET (LfLoadProfile, rate) && !self->objective)
    return _ ("R_ate (per time unit)");
  if (self->offset == G_STRUCT_OFFSET (LfLoadProfile, start_rate) && !self->objective)
    return _ ("Rate at the st_art (per time unit)");
  return _ (self->title);
}
