#include "config.h"

#include "lf-step-item.h"

#include <glib/gi18n.h>

struct _LfStepItem
{
  GObject parent_instance;
  LfSummaryStep *step;
  char *name;
  char *request;
  guint number;
};

G_DEFINE_FINAL_TYPE (LfStepItem, lf_step_item, G_TYPE_OBJECT)

static void
lf_step_item_finalize (GObject *object)
{
  LfStepItem *self = LF_STEP_ITEM (object);

  g_clear_pointer (&self->step, lf_summary_step_free);
  g_free (self->name);
  g_free (self->request);
  G_OBJECT_CLASS (lf_step_item_parent_class)->finalize (object);
}

static void
lf_step_item_class_init (LfStepItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lf_step_item_finalize;
}

static void
lf_step_item_init (LfStepItem *self)
{
}

LfStepItem *
lf_step_item_new (const LfSummaryStep *step, guint number)
{
  LfStepItem *self = g_object_new (LF_TYPE_STEP_ITEM, NULL);

  self->step = lf_summary_step_copy (step);
  self->number = number;
  self->name = step->name != NULL && *step->name != '\0'
                   ? g_strdup (step->name)
                   : g_strdup_printf (_ ("Step %u"), number + 1);
  self->request =
      step->url != NULL
          ? g_strdup_printf ("%s %s", step->method != NULL ? step->method : "GET", step->url)
          : g_strdup ("");
  if (self->step->requests == NULL)
    self->step->requests = lf_summary_requests_new ();
  if (self->step->data == NULL)
    self->step->data = lf_summary_data_new ();
  return self;
}

guint
lf_step_item_get_number (LfStepItem *self)
{
  return self->number;
}

const char *
lf_step_item_get_name (LfStepItem *self)
{
  return self->name;
}

const char *
lf_step_item_get_request (LfStepItem *self)
{
  return self->request;
}

const char *
lf_step_item_get_sender (LfStepItem *self)
{
  const char *transport = self->step->transport;

  if (g_strcmp0 (transport, "lean") == 0)
    return _ ("sent by LoadForge’s own exchange");
  if (g_strcmp0 (transport, "curl") == 0)
    return _ ("sent by libcurl");
  if (g_strcmp0 (transport, "mixed") == 0)
    return _ ("begun by LoadForge’s own exchange, continued by libcurl");
  return NULL;
}

const LfSummaryRequests *
lf_step_item_get_requests (LfStepItem *self)
{
  return self->step->requests;
}

const LfSummaryData *
lf_step_item_get_data (LfStepItem *self)
{
  return self->step->data;
}

const LfLatency *
lf_step_item_get_latency (LfStepItem *self)
{
  return lf_latencies_get_response (self->step->latency);
}
