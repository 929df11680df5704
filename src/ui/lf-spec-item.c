#include "config.h"

#include "lf-spec-item.h"

#include <string.h>

struct _LfSpecItem
{
  GObject parent_instance;
  LfSpec *spec;
  LfRun *run;
  double p95s[LF_SPEC_ITEM_RUNS]; /* ms, the oldest first */
  guint n_p95s;
  gboolean asked;
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

  lf_spec_free (self->spec);
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

LfSpecItem *
lf_spec_item_new (const LfSpec *spec)
{
  LfSpecItem *self = g_object_new (LF_TYPE_SPEC_ITEM, NULL);

  self->spec = lf_spec_copy (spec);
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

void
lf_spec_item_set_spec (LfSpecItem *self, const LfSpec *spec)
{
  lf_spec_free (self->spec);
  self->spec = lf_spec_copy (spec);
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

static double
p95_of (const LfRun *run)
{
  const LfLatencies *latencies = run->summary != NULL ? run->summary->latency : NULL;
  const LfLatency *latency = latencies != NULL ? latencies->response_time : NULL;

  return latency != NULL && latency->count > 0 ? latency->p95 : 0;
}

void
lf_spec_item_set_runs (LfSpecItem *self, GPtrArray *runs)
{
  self->n_p95s = 0;
  for (guint i = runs->len; i-- > 0;)
    {
      double p95 = p95_of (runs->pdata[i]);

      if (i < LF_SPEC_ITEM_RUNS && p95 > 0 && !lf_run_is_active (runs->pdata[i]))
        self->p95s[self->n_p95s++] = p95;
    }
  if (runs->len > 0 && (self->run == NULL || !lf_run_is_active (self->run)))
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
lf_spec_item_get_asked (LfSpecItem *self)
{
  return self->asked;
}

void
lf_spec_item_set_asked (LfSpecItem *self, gboolean asked)
{
  self->asked = asked;
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

gboolean
lf_spec_item_matches (LfSpecItem *self, const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  g_auto (GStrv) words = g_strsplit_set (folded, " \t", -1);
  g_autofree char *place = searchable (self->spec);

  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (place, words[i]) == NULL)
      return FALSE;
  return TRUE;
}

int
lf_spec_item_compare (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const LfSpec *one = LF_SPEC_ITEM ((gpointer) a)->spec, *two = LF_SPEC_ITEM ((gpointer) b)->spec;
  int order =
      g_utf8_collate (one->name != NULL ? one->name : "", two->name != NULL ? two->name : "");

  return order != 0 ? order : g_strcmp0 (one->id, two->id);
}
