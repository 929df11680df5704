#include "config.h"

#include "lf-store-private.h"

#include "lf-id.h"
#include "lf-time.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

#define BUCKET_SECONDS 60

LfSpec *
_lf_store_next_revision (const LfStoreCall *call)
{
  LfSpec *spec = lf_spec_copy (call->record);
  g_autofree char *id = NULL;

  if (!spec->id || !*spec->id)
    {
      id = lf_id_new ();
      lf_set_string (&spec->id, id);
    }
  spec->revision++;
  spec->updated_at = lf_time_now ();
  if (spec->created_at == 0)
    spec->created_at = spec->updated_at;
  return spec;
}

gboolean
_lf_store_check_revision (const LfSpec *spec, gint64 stored, GError **error)
{
  if (spec->revision == stored)
    return TRUE;
  g_set_error (error, LF_ERROR, LF_ERROR_CONFLICT,
               _ ("somebody else saved revision %.0f of it while revision %.0f was being "
                  "edited here; load it again, or save this one as a copy"),
               (double) stored, (double) spec->revision);
  return FALSE;
}

gpointer
_lf_store_outdated (GError **error)
{
  g_set_error (error, LF_ERROR, LF_ERROR_CONFLICT,
               _ ("somebody else saved it meanwhile; look at it again before you delete it"));
  return NULL;
}

gboolean
_lf_store_check_run (const LfRun *run, GError **error)
{
  if (run->id && *run->id)
    return TRUE;
  g_set_error (error, LF_ERROR, LF_ERROR_VALUE, _ ("/id: a run needs an id before it is saved"));
  return FALSE;
}

/* What callers say is kept, for the catalogs. */
G_GNUC_UNUSED static const char *const kinds[] = {
  N_ ("spec"), N_ ("run"), N_ ("schedule"), N_ ("attachment"), N_ ("sample in"), N_ ("log line of"),
};

gpointer
_lf_store_not_found (const char *what, const char *id, GError **error)
{
  g_set_error (error, LF_ERROR, LF_ERROR_NOT_FOUND,
               _ ("there is no %s %s; it may have been deleted meanwhile"), _ (what), id);
  return NULL;
}

void
_lf_store_unreadable (const char *what, const char *id, GError **error)
{
  g_autoptr (GError) cause = NULL;

  if (!error)
    return;
  cause = g_steal_pointer (error);
  g_set_error (error, LF_ERROR, LF_ERROR_CORRUPT,
               _ ("the stored %s %s cannot be read (%s); restore it from a copy, or delete it"),
               _ (what), id, cause->message);
}

void
_lf_store_collect (LfStore *self,
                   GPtrArray *list,
                   gpointer record,
                   const char *what,
                   const char *id,
                   GError *error)
{
  if (record)
    g_ptr_array_add (list, record);
  else
    _lf_store_note (self,
                    g_strdup_printf (_ ("left out the %s %s: %s"), _ (what), id, error->message));
  g_clear_error (&error);
}

void
_lf_store_collect_sample (LfStore *self,
                          const LfStoreCall *call,
                          GPtrArray *samples,
                          LfSample *sample,
                          const char *bucket,
                          GError *error)
{
  const LfSampleQuery *query = &call->samples;

  if (sample && call->queries && query->plain)
    g_clear_pointer (&sample->histograms, lf_sample_histograms_free);
  if (sample && call->queries &&
      (sample->t <= query->after ||
       (query->step != LF_SAMPLES_OF_ALL && sample->step != query->step)))
    lf_sample_free (sample);
  else
    _lf_store_collect (self, samples, sample, "sample in", bucket, error);
}

gboolean
_lf_store_has_enough (const LfStoreCall *call, GPtrArray *samples)
{
  return call->queries && call->samples.least > 0 && samples->len >= call->samples.least;
}

guint
_lf_store_get_minute (const LfSample *sample)
{
  return (guint) (MAX (sample->t, 0) / BUCKET_SECONDS);
}

char *
_lf_store_get_bucket_id (const char *run_id, guint minute)
{
  return g_strdup_printf ("%s:%08u", run_id, minute);
}

static gint
compare_samples (gconstpointer a, gconstpointer b)
{
  const LfSample *one = *(const LfSample *const *) a;
  const LfSample *other = *(const LfSample *const *) b;

  if (one->t != other->t)
    return one->t < other->t ? -1 : 1;
  return (one->step > other->step) - (one->step < other->step);
}

void
_lf_store_sort_samples (GPtrArray *samples)
{
  guint n = 0;

  g_ptr_array_sort (samples, compare_samples);
  for (guint i = 0; i < samples->len; i++)
    {
      gpointer sample = g_steal_pointer (&samples->pdata[i]);

      if (n > 0 && compare_samples (&samples->pdata[n - 1], &sample) == 0 &&
          lf_record_equal (samples->pdata[n - 1], sample))
        lf_record_free (sample);
      else
        samples->pdata[n++] = sample;
    }
  g_ptr_array_set_size (samples, (gint) n);
}

typedef struct
{
  LfSpec *spec;
  char *key; /* of its name */
} Place;

static gint
compare_places (gconstpointer a, gconstpointer b)
{
  const Place *one = a;
  const Place *other = b;
  int order = strcmp (one->key, other->key);

  return order ? order : g_strcmp0 (one->spec->id, other->spec->id);
}

/* To compare two names as a person would takes as long as to read a spec: it is done once for each,
 * not for each comparison. */
void
_lf_store_sort_specs (GPtrArray *specs)
{
  g_autofree Place *places = g_new (Place, specs->len);

  for (guint i = 0; i < specs->len; i++)
    {
      LfSpec *spec = specs->pdata[i];

      places[i] = (Place){ spec, g_utf8_collate_key (spec->name ? spec->name : "", -1) };
    }
  if (specs->len > 1)
    qsort (places, specs->len, sizeof *places, compare_places);
  for (guint i = 0; i < specs->len; i++)
    {
      specs->pdata[i] = places[i].spec;
      g_free (places[i].key);
    }
}

GHashTable *
_lf_store_new_revisions (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

void
_lf_store_add_revision (GHashTable *revisions, const char *id, gint64 revision)
{
  g_hash_table_insert (revisions, g_strdup (id), g_memdup2 (&revision, sizeof revision));
}
