#include "config.h"

#include "lf-spec-item.h"

#include "lf-search.h"

#include <math.h>

struct _LfSpecItem
{
  GObject parent_instance;
  LfSpec *spec;
  char *name_key; /* what the name is ordered by */
  char *words;    /* what is searched, folded */
  LfRun *run;
  double p95s[LF_SPEC_ITEM_RUNS]; /* ms, the oldest first */
  guint n_p95s;
};

enum
{
  CHANGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LfSpecItem, lf_spec_item, G_TYPE_OBJECT)

static void
lf_spec_item_finalize (GObject *object)
{
  LfSpecItem *self = LF_SPEC_ITEM (object);

  g_clear_pointer (&self->spec, lf_spec_free);
  g_free (self->name_key);
  g_free (self->words);
  g_clear_pointer (&self->run, lf_run_free);
  G_OBJECT_CLASS (lf_spec_item_parent_class)->finalize (object);
}

static void
lf_spec_item_class_init (LfSpecItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lf_spec_item_finalize;
  signals[CHANGED] = g_signal_new ("changed", LF_TYPE_SPEC_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
lf_spec_item_init (LfSpecItem *self)
{
}

static void
append_words (GString *words, const char *text)
{
  if (text != NULL)
    g_string_append_printf (words, "%s ", text);
}

static char *
searchable (const LfSpec *spec)
{
  GString *words = g_string_new (NULL);
  g_autoptr (GPtrArray) steps = lf_spec_get_steps (spec);
  char *folded;

  append_words (words, spec->name);
  for (guint i = 0; i < steps->len; i++)
    {
      append_words (words, lf_step_get_method (steps->pdata[i]));
      append_words (words, ((LfStep *) steps->pdata[i])->url);
    }
  for (guint i = 0; spec->tags != NULL && spec->tags[i] != NULL; i++)
    append_words (words, spec->tags[i]);
  folded = g_utf8_casefold (words->str, -1);
  g_string_free (words, TRUE);
  return folded;
}

/* "Order 2" stands before "Order 10", and no capital before small letters. */
static char *
make_name_key (const LfSpec *spec)
{
  g_autofree char *folded = g_utf8_casefold (spec->name != NULL ? spec->name : "", -1);

  return g_utf8_collate_key_for_filename (folded, -1);
}

/* Thousands of specs are sorted and searched at every key, so both are prepared once. */
static void
take_spec (LfSpecItem *self, LfSpec *spec)
{
  g_clear_pointer (&self->spec, lf_spec_free);
  g_free (self->name_key);
  g_free (self->words);
  self->spec = spec;
  self->name_key = make_name_key (spec);
  self->words = searchable (spec);
}

LfSpecItem *
lf_spec_item_new (const LfSpec *spec)
{
  LfSpecItem *self = g_object_new (LF_TYPE_SPEC_ITEM, NULL);

  take_spec (self, lf_spec_copy (spec));
  return self;
}

const LfSpec *
lf_spec_item_get_spec (LfSpecItem *self)
{
  return self->spec;
}

const char *
lf_spec_item_get_id (LfSpecItem *self)
{
  return self->spec->id;
}

const char *
lf_spec_item_get_name (LfSpecItem *self)
{
  return self->spec->name != NULL ? self->spec->name : "";
}

const char *
lf_spec_item_get_method (LfSpecItem *self)
{
  const LfStep *step = lf_spec_get_step (self->spec, 0);

  return step != NULL ? lf_step_get_method (step) : "";
}

const char *
lf_spec_item_get_url (LfSpecItem *self)
{
  const LfStep *step = lf_spec_get_step (self->spec, 0);

  return step != NULL && step->url != NULL ? step->url : "";
}

void
lf_spec_item_set_spec (LfSpecItem *self, const LfSpec *spec)
{
  take_spec (self, lf_spec_copy (spec));
  g_signal_emit (self, signals[CHANGED], 0);
}

const LfRun *
lf_spec_item_get_run (LfSpecItem *self)
{
  return self->run;
}

void
lf_spec_item_set_run (LfSpecItem *self, const LfRun *run)
{
  g_clear_pointer (&self->run, lf_run_free);
  self->run = run != NULL ? lf_run_copy (run) : NULL;
  g_signal_emit (self, signals[CHANGED], 0);
}

static const LfLatency *
latency_of (const LfRun *run)
{
  const LfLatencies *latencies = run->summary != NULL ? run->summary->latency : NULL;
  const LfLatency *latency = latencies != NULL ? latencies->response_time : NULL;

  return !lf_run_is_active (run) && latency != NULL && latency->count > 0 ? latency : NULL;
}

double
lf_spec_item_get_p95 (LfSpecItem *self)
{
  const LfLatency *latency = self->run != NULL ? latency_of (self->run) : NULL;

  return latency != NULL ? latency->p95 : NAN;
}

double
lf_spec_item_get_rate (LfSpecItem *self)
{
  if (self->run == NULL || latency_of (self->run) == NULL || self->run->summary->requests == NULL)
    return NAN;
  return self->run->summary->requests->rate;
}

/* A run that has just begun here, which the store did not know of when it listed @runs. */
static gboolean
is_ahead (LfSpecItem *self, const LfRun *newest)
{
  return self->run != NULL && lf_run_is_active (self->run) &&
         self->run->started_at > newest->started_at;
}

void
lf_spec_item_set_runs (LfSpecItem *self, GPtrArray *runs)
{
  self->n_p95s = 0;
  for (guint i = MIN (runs->len, LF_SPEC_ITEM_RUNS); i-- > 0;)
    {
      const LfLatency *latency = latency_of (runs->pdata[i]);

      if (latency != NULL && latency->p95 > 0)
        self->p95s[self->n_p95s++] = latency->p95;
    }
  if (runs->len > 0 && !is_ahead (self, runs->pdata[0]))
    lf_spec_item_set_run (self, runs->pdata[0]);
  else
    g_signal_emit (self, signals[CHANGED], 0);
}

const double *
lf_spec_item_get_p95s (LfSpecItem *self, guint *n)
{
  *n = self->n_p95s;
  return self->p95s;
}

gboolean
lf_spec_item_has_tag (LfSpecItem *self, const char *tag)
{
  return self->spec->tags != NULL && g_strv_contains ((const char *const *) self->spec->tags, tag);
}

gboolean
lf_spec_item_matches (LfSpecItem *self, const char *const *words)
{
  return lf_search_has_all (self->words, words);
}

int
lf_spec_item_compare_names (LfSpecItem *self, LfSpecItem *other)
{
  return strcmp (self->name_key, other->name_key);
}
