#pragma once

#include <gio/gio.h>

/*
 * Keeps the password of a store: in the desktop's secret service where one answers, else in memory until
 * LoadForge ends. Passwords are known by the address without them.
 */
#define LF_TYPE_PASSWORD_KEEPER (lf_password_keeper_get_type ())
G_DECLARE_FINAL_TYPE (LfPasswordKeeper, lf_password_keeper, LF, PASSWORD_KEEPER, GObject)

LfPasswordKeeper *lf_password_keeper_new         (void) G_GNUC_WARN_UNUSED_RESULT;
/* NULL: there is none. No error: a service that does not answer has none. */
void              lf_password_keeper_look_up_async  (LfPasswordKeeper *self, const char *uri, GAsyncReadyCallback callback, gpointer user_data);
char             *lf_password_keeper_look_up_finish (LfPasswordKeeper *self, GAsyncResult *result) G_GNUC_WARN_UNUSED_RESULT;
/* FALSE: only until LoadForge ends. An empty password forgets it. */
void              lf_password_keeper_keep_async     (LfPasswordKeeper *self, const char *uri, const char *password, GAsyncReadyCallback callback, gpointer user_data);
gboolean          lf_password_keeper_keep_finish    (LfPasswordKeeper *self, GAsyncResult *result);
