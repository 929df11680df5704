#include "config.h"

#include "lf-history-run.h"

#include "lf-format.h"
#include "lf-search.h"
#include "lf-words.h"

#include <math.h>

struct _LfHistoryRun
{
  GObject parent_instance;
  LfRun *run;
  char *words; /* what a search looks through, case-folded; NULL until one does */
};

G_DEFINE_FINAL_TYPE (LfHistoryRun, lf_history_run, G_TYPE_OBJECT)

static void
lf_history_run_finalize (GObject *object)
{
  lf_run_free (LF_HISTORY_RUN (object)->run);
  g_free (LF_HISTORY_RUN (object)->words);
  G_OBJECT_CLASS (lf_history_run_parent_class)->finalize (object);
}

static void
lf_history_run_class_init (LfHistoryRunClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lf_history_run_finalize;
}

static void
lf_history_run_init (LfHistoryRun *self)
{
}

LfHistoryRun *
lf_history_run_new (const LfRun *run)
{
  LfHistoryRun *self = g_object_new (LF_TYPE_HISTORY_RUN, NULL);

  self->run = lf_run_copy (run);
  return self;
}

const LfRun *
lf_history_run_get (LfHistoryRun *self)
{
  return self->run;
}

static char *
words_of (const LfRun *run)
{
  g_autofree char *time = lf_format_time (run->started_at);
  const char *parts[] = { time,
                          lf_words_outcome (run),
                          run->spec_name != NULL ? run->spec_name : "",
                          run->name != NULL ? run->name : "",
                          run->notes,
                          NULL };
  g_autofree char *text = g_strjoinv ("\n", (char **) parts);

  return g_utf8_casefold (text, -1);
}

gboolean
lf_history_run_matches (LfHistoryRun *self, const char *const *words)
{
  if (words[0] == NULL)
    return TRUE;
  if (self->words == NULL)
    self->words = words_of (self->run);
  return lf_search_has_all (self->words, words);
}

static const LfSummaryRequests *
requests_of (LfHistoryRun *self)
{
  return self->run->summary != NULL ? self->run->summary->requests : NULL;
}

double
lf_history_run_get_users (LfHistoryRun *self)
{
  return self->run->summary != NULL ? (double) self->run->summary->vus_max : NAN;
}

double
lf_history_run_get_requests (LfHistoryRun *self)
{
  return requests_of (self) != NULL ? (double) requests_of (self)->total : NAN;
}

double
lf_history_run_get_rate (LfHistoryRun *self)
{
  return requests_of (self) != NULL ? requests_of (self)->rate : NAN;
}

double
lf_history_run_get_failed (LfHistoryRun *self)
{
  const LfSummaryRequests *requests = requests_of (self);

  return requests != NULL && requests->total > 0
             ? (double) requests->failed / (double) requests->total
             : NAN;
}

double
lf_history_run_get_p95 (LfHistoryRun *self)
{
  const LfLatency *latency = NULL;

  if (self->run->summary != NULL)
    latency = lf_latencies_get_response (self->run->summary->latency);
  return latency != NULL ? latency->p95 : NAN;
}

double
lf_history_run_get_duration (LfHistoryRun *self)
{
  return self->run->summary != NULL ? self->run->summary->duration * 1000 : NAN;
}
