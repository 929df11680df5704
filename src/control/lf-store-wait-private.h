#pragma once

#include "lf-store.h"

/*
 * Calls of stores that wait, for a thread of one's own. It needs a main context of its own as its thread-default one:
 * lf_store_wait_begin() and lf_store_wait_end() around all calls.
 */
GMainContext *lf_store_wait_begin (void) G_GNUC_WARN_UNUSED_RESULT;
void          lf_store_wait_end   (GMainContext *context);
/* A GAsyncReadyCallback; @place: GAsyncResult **, NULL at first. */
void          lf_store_wait_cb    (GObject *source, GAsyncResult *result, gpointer place);
GAsyncResult *lf_store_wait       (GAsyncResult **place);

/* Calls lf_store_NAME_async() with the arguments after @error, and returns what lf_store_NAME_finish() does. */
#define LF_STORE_WAIT(store, name, cancellable, error, ...)                                              \
  ({                                                                                                     \
    g_autoptr (GAsyncResult) result_ = NULL;                                                             \
    lf_store_##name##_async (store, ##__VA_ARGS__, cancellable, lf_store_wait_cb, &result_);             \
    lf_store_##name##_finish (store, lf_store_wait (&result_), error);                                   \
  })
