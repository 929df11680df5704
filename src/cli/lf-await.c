#include "config.h"

#include "lf-await.h"

void
lf_await_cb (GObject *source, GAsyncResult *result, gpointer place)
{
  *(GAsyncResult **) place = g_object_ref (result);
}

GAsyncResult *
lf_await (GAsyncResult **place)
{
  while (*place == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *place;
}

static gboolean
timeout_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_CONTINUE;
}

GAsyncResult *
lf_await_until (GAsyncResult **place, guint ms)
{
  gboolean late = FALSE;
  guint timeout = g_timeout_add (ms, timeout_cb, &late);

  while (*place == NULL && !late)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timeout);
  return *place;
}
