#pragma once

#include <glib.h>

/*
 * When something is due, as five fields say it: minute, hour, day of month, month, day of week. Each takes
 * "*", numbers, ranges, steps of these (9-17/2), lists of these, and for months and days their English names
 * (JAN, MON; 0 and 7 are Sunday). Or one of @hourly @daily (@midnight) @weekly @monthly @yearly (@annually).
 * Where neither day begins with "*", either of them is enough.
 * Source: crontab(5) of Vixie cron.
 *
 * When the clocks change, a time that an expression names is due once a day, as with Vixie cron: one that is
 * skipped is due in the moment after the gap, one that comes twice is due the first time. An expression
 * whose hour begins with "*" goes on by the hour: what is skipped is left out, what is repeated is due again.
 *
 * Immutable; any thread.
 */
typedef struct _LfCron LfCron;

/* LF_ERROR_VALUE, whose message names the field and the cure; also for a day that never comes. */
LfCron *lf_cron_new      (const char *expression, GTimeZone *zone, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void    lf_cron_free     (LfCron *self);
/* When it is due next after @after, both in ms since 1970. */
gint64  lf_cron_next     (const LfCron *self, gint64 after);
/* "At 02:30, Monday–Friday", translated, as part of a sentence or a sentence of its own. */
char   *lf_cron_to_words (const LfCron *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LfCron, lf_cron_free)
