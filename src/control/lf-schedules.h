#pragma once

#include "lf-store.h"

/* What takes more than one call of the store to do with schedules. */

/* Takes the schedule @id out of @store; a spec's own one goes out of the spec, too. LF_ERROR_NOT_FOUND, CONFLICT. */
void     lf_schedule_remove_async  (LfStore *store, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean lf_schedule_remove_finish (GAsyncResult *result, GError **error);
/* Makes the schedules of specs that have one by themselves but none, or another, in the store, as an older LoadForge or
 * one that died in between has left them. Finishes with how many, -1 on error. */
void     lf_schedules_repair_async  (LfStore *store, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gssize   lf_schedules_repair_finish (GAsyncResult *result, GError **error);
