#pragma once

#include <gio/gio.h>

/*
 * Lets a command wait for one asynchronous call: hand it lf_await_cb() and the address of a
 * GAsyncResult pointer that is NULL, then lf_await() runs the main context until the result is there.
 */
void          lf_await_cb    (GObject *source, GAsyncResult *result, gpointer place);
/* (transfer none): *place, which the caller drops. */
GAsyncResult *lf_await       (GAsyncResult **place);
/* The same, or NULL after @ms; *place has to outlive the main context then. */
GAsyncResult *lf_await_until (GAsyncResult **place, guint ms);
