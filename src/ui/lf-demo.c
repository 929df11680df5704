#include "config.h"

#include "lf-demo.h"

#include "lf-target.h"

#include <glib/gi18n.h>

struct _LfDemo
{
  GObject parent_instance;
  GPtrArray *targets; /* LfTarget, each at a port of its own */
};

G_DEFINE_FINAL_TYPE (LfDemo, lf_demo, G_TYPE_OBJECT)

/* @port: 0 for any. */
static LfTarget *
find_target (LfDemo *self, guint port)
{
  for (guint i = 0; i < self->targets->len; i++)
    if (port == 0 || lf_target_get_port (self->targets->pdata[i]) == port)
      return self->targets->pdata[i];
  return NULL;
}

static LfTarget *
ensure_target (LfDemo *self, guint port, GError **error)
{
  g_autofree char *address = g_strdup_printf ("127.0.0.1:%u", port);
  LfTargetOptions options = { .address = address, .delay_ms = 5, .jitter_ms = 3 };
  LfTarget *target = find_target (self, port);

  if (target != NULL)
    return target;
  target = lf_target_start (&options, error);
  if (target != NULL)
    g_ptr_array_add (self->targets, target);
  return target;
}

static void
lf_demo_finalize (GObject *object)
{
  g_ptr_array_unref (LF_DEMO (object)->targets);
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
  self->targets = g_ptr_array_new_with_free_func ((GDestroyNotify) lf_target_stop);
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
  g_autofree char *address = NULL;
  LfTarget *target = ensure_target (self, 0, error);
  LfStep *step;

  if (target == NULL)
    return NULL;
  spec = lf_spec_new_default ();
  step = lf_spec_get_step (spec, 0);
  url = lf_target_get_url (target);
  lf_set_string (&spec->name, _ ("Demo"));
  spec->tags = g_strsplit (LF_DEMO_TAG, " ", 1);
  address = g_strconcat (url, "/anything", NULL);
  lf_set_string (&step->url, address);
  lf_set_string (&step->method, "POST");
  step->body = lf_body_new ();
  step->body->body_type = LF_BODY_JSON;
  step->body->text = g_strdup ("{\"hello\": \"LoadForge\"}");
  spec->load_profile->users = 20;
  spec->load_profile->steady = 20;
  return g_steal_pointer (&spec);
}

gboolean
lf_demo_is_demo (const LfSpec *spec)
{
  return spec->tags != NULL && g_strv_contains ((const char *const *) spec->tags, LF_DEMO_TAG);
}

/* The port of a spec that is aimed at this machine, else 0. */
static guint
local_port (const LfSpec *spec)
{
  const LfStep *step = lf_spec_get_step (spec, 0);
  g_autoptr (GUri) uri = NULL;

  if (step != NULL && step->url != NULL)
    uri = g_uri_parse (step->url, G_URI_FLAGS_NONE, NULL);
  if (uri == NULL || g_strcmp0 (g_uri_get_host (uri), "127.0.0.1") != 0)
    return 0;
  return MAX (0, g_uri_get_port (uri));
}

gboolean
lf_demo_ensure (LfDemo *self, const LfSpec *spec, GError **error)
{
  guint port = lf_demo_is_demo (spec) ? local_port (spec) : 0;

  if (port == 0 || ensure_target (self, port, error) != NULL)
    return TRUE;
  g_prefix_error (error, "%s ", _ ("The demo's target cannot start; try the demo anew."));
  return FALSE;
}
