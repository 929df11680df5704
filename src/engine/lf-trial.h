#pragma once

#include "lf-spec.h"

#include <gio/gio.h>

/*
 * One request of a step, sent now and told in full: how a person finds mistakes before there is load. It is
 * compiled and sent as libcurl transfers of a run are.
 */
#define LF_TRIAL_MAX_BODY (1024 * 1024) /* bytes of an answer's body that are kept */

/* Times in microseconds; phases that did not happen are 0. Secrets stand in @request as they were sent. */
typedef struct
{
  guint status;       /* 0 where no answer came */
  guint error_code;   /* an LfErrorCode; 0 where it went well */
  char *http_version; /* of the answer, "HTTP/1.1" */
  char *address;      /* "127.0.0.1:8080"; NULL without a connection */
  char *request;      /* head of the last request, after redirects */
  char *answer;       /* head of its answer */
  GBytes *body;       /* decoded, the first LF_TRIAL_MAX_BODY bytes */
  guint64 body_size;  /* decoded, all of it */
  guint redirects;    /* that were followed */
  gint64 total;
  gint64 blocked;
  gint64 connecting;
  gint64 tls_handshaking;
  gint64 sending;
  gint64 waiting;
  gint64 receiving;
} LfTrial;

/**
 * lf_trial_send_async:
 * @spec: copied; its load does not matter
 * @step: which, also where it is switched off
 * @attachments: (element-type utf8 GBytes): id -> content
 *
 * From the main thread; works in another one. Fails where the spec cannot be sent (as lf_plan_new()), no
 * token is to be had, or it is cancelled. A request that failed is no error but an LfTrial with its code.
 */
void     lf_trial_send_async  (const LfSpec *spec, guint step, GHashTable *attachments, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
LfTrial *lf_trial_send_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void     lf_trial_free        (LfTrial *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LfTrial, lf_trial_free)
