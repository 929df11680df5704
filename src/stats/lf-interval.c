#include "config.h"

#include "lf-interval.h"

LfInterval *
lf_interval_new (void)
{
  LfInterval *self = g_new0 (LfInterval, 1);

  for (guint i = 0; i < LF_N_TRENDS; i++)
    self->trends[i] = lf_histogram_new ();
  return self;
}

void
lf_interval_free (LfInterval *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < LF_N_TRENDS; i++)
    lf_histogram_free (self->trends[i]);
  g_free (self);
}

void
lf_interval_reset (LfInterval *self)
{
  memset (self, 0, G_STRUCT_OFFSET (LfInterval, trends));
  for (guint i = 0; i < LF_N_TRENDS; i++)
    lf_histogram_reset (self->trends[i]);
}

void
lf_interval_add (LfInterval *self, const LfInterval *other)
{
  self->scheduled += other->scheduled;
  self->started += other->started;
  self->completed += other->completed;
  self->failed += other->failed;
  self->dropped += other->dropped;
  self->resent += other->resent;
  self->connections += other->connections;
  self->lean += other->lean;
  self->bytes_sent += other->bytes_sent;
  self->bytes_received += other->bytes_received;
  self->iterations += other->iterations;
  for (guint i = 0; i < LF_N_STATUS_CODES; i++)
    self->status_codes[i] += other->status_codes[i];
  for (guint i = 0; i < LF_N_ERROR_CODES; i++)
    self->error_codes[i] += other->error_codes[i];
  for (guint i = 0; i < LF_N_TRENDS; i++)
    lf_histogram_add (self->trends[i], other->trends[i]);
}

void
lf_interval_add_error (LfInterval *self, guint code)
{
  if (code < LF_ERROR_CODE_GENERAL || code > LF_ERROR_CODE_LAST)
    code = LF_ERROR_CODE_GENERAL;
  self->error_codes[code - LF_ERROR_CODE_GENERAL]++;
}
