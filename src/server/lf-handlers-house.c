#include "config.h"

#include "lf-handlers.h"

#include "lf-metrics.h"
#include "lf-openapi.h"
#include "lf-server-private.h"

void
lf_handle_health (LfCall *call)
{
  lf_call_answer_text (call, 200, "application/json", g_strdup ("{\"status\":\"ok\"}\n"));
}

void
lf_handle_metrics (LfCall *call)
{
  LfServer *server = call->server;
  g_autoptr (GPtrArray) rooms = lf_rooms_list (server->rooms);

  lf_call_answer_text (
      call, 200, LF_METRICS_TYPE,
      lf_metrics_text (rooms, server->viewers->len,
                       (double) (g_get_monotonic_time () - server->started_at) / G_USEC_PER_SEC));
}

void
lf_handle_openapi (LfCall *call)
{
  lf_call_answer_json (call, 200, lf_openapi_document ());
}
