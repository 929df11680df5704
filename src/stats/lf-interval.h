#pragma once

#include "lf-error-code.h"
#include "lf-histogram.h"

typedef enum
{
  LF_TREND_DURATION,      /* sending + waiting + receiving */
  LF_TREND_RESPONSE_TIME, /* end minus scheduled start; unused by users profiles */
  /* Phases: of requests that had them. One on a kept connection did not connect. */
  LF_TREND_BLOCKED,       /* waiting for a connection, and resolving its name */
  LF_TREND_CONNECTING,
  LF_TREND_TLS_HANDSHAKING,
  LF_TREND_SENDING,
  LF_TREND_WAITING,
  LF_TREND_RECEIVING,
  LF_TREND_ITERATION,     /* of whole iterations, from their first request on, with think times; kept by step 0 */
  LF_N_TRENDS,
} LfTrend;

#define LF_N_STATUS_CODES 600
#define LF_N_ERROR_CODES (LF_ERROR_CODE_LAST + 1 - LF_ERROR_CODE_GENERAL)

/*
 * What one worker counted of one step within one interval. The worker alone writes it; it is then
 * handed over whole, merged, reset and given back (LfHandover in the engine).
 */
typedef struct
{
  guint64 scheduled;
  guint64 started;
  guint64 completed; /* failed ones included */
  guint64 failed;
  guint64 dropped;
  guint64 resent;
  guint64 connections;
  guint64 lean;      /* of @completed: by the lean transport alone */
  guint64 bytes_sent;
  guint64 bytes_received;
  guint64 iterations;
  guint64 status_codes[LF_N_STATUS_CODES]; /* 50,000 a second are over 32 bits within a day */
  guint64 error_codes[LF_N_ERROR_CODES];
  LfHistogram *trends[LF_N_TRENDS];
} LfInterval;

LfInterval *lf_interval_new        (void) G_GNUC_WARN_UNUSED_RESULT;
void        lf_interval_free       (LfInterval *self);
void        lf_interval_reset      (LfInterval *self);
void        lf_interval_add        (LfInterval *self, const LfInterval *other);
void        lf_interval_add_error  (LfInterval *self, guint code); /* an LfErrorCode */

static inline void
lf_interval_add_status (LfInterval *self, guint status)
{
  if (status < LF_N_STATUS_CODES)
    self->status_codes[status]++;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LfInterval, lf_interval_free)
