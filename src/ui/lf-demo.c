#include "config.h"

#include "lf-demo.h"

#include "lf-error.h"
#include "lf-target.h"

#include <glib/gi18n.h>

struct _LfDemo
{
  GObject parent_instance;
  LfTarget *target;
};

G_DEFINE_FINAL_TYPE (LfDemo, lf_demo, G_TYPE_OBJECT)

static gboolean
start_at (LfDemo *self, guint port, GError **error)
{
  g_autofree char *address = g_strdup_printf ("127.0.0.1:%u", port);
  LfTargetOptions options = { .address = address, .delay_ms = 5, .jitter_ms = 3 };

  if (self->target == NULL)
    self->target = lf_target_start (&options, error);
  return self->target != NULL;
}

static void
lf_demo_finalize (GObject *object)
{
  g_clear_pointer (&LF_DEMO (object)->target, lf_target_stop);
  G_OBJECT_CLASS (lf_demo_parent_class)->finalize (object);
}

static void
lf_demo_class_init (LfDemoClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lf_demo_finalize;
}

static void
lf_demo_init (LfDemo *self)
{
}

LfDemo *
lf_demo_new (void)
{
  return g_object_new (LF_TYPE_DEMO, NULL);
}

LfSpec *
lf_demo_start (LfDemo *self, GError **error)
{
  g_autoptr (LfSpec) spec = NULL;
  g_autofree char *url = NULL;
  LfStep *step;

  if (!start_at (self, 0, error))
    return NULL;
  spec = lf_spec_new_default ();
  step = lf_spec_get_step (spec, 0);
  url = lf_target_get_url (self->target);
  lf_set_string (&spec->name, _ ("Demo"));
  spec->tags = g_strsplit (LF_DEMO_TAG, " ", 1);
  step->url = g_strconcat (url, "/anything", NULL);
  lf_set_string (&step->method, "POST");
  step->body = lf_body_new ();
  step->body->body_type = LF_BODY_JSON;
  step->body->text = g_strdup ("{\"hello\": \"LoadForge\"}");
  spec->load_profile->users = 20;
  spec->load_profile->steady = 20;
  return g_steal_pointer (&spec);
}

gboolean
lf_demo_ensure (LfDemo *self, const LfSpec *spec, GError **error)
{
  const LfStep *step = lf_spec_get_step (spec, 0);
  g_autoptr (GUri) uri = NULL;
  g_autoptr (GError) busy = NULL;

  if (self->target != NULL || step == NULL || step->url == NULL || spec->tags == NULL ||
      !g_strv_contains ((const char *const *) spec->tags, LF_DEMO_TAG))
    return TRUE;
  uri = g_uri_parse (step->url, G_URI_FLAGS_NONE, NULL);
  if (uri == NULL || g_strcmp0 (g_uri_get_host (uri), "127.0.0.1") != 0 ||
      g_uri_get_port (uri) <= 0)
    return TRUE;
  if (start_at (self, g_uri_get_port (uri), &busy) ||
      g_error_matches (busy, LF_ERROR, LF_ERROR_BUSY))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&busy));
  return FALSE;
}
