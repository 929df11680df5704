#pragma once

#include "lf-spool.h"

#include <json-glib/json-glib.h>

/*
 * A list on its way to a client, {"items": [...], "next": ...}, in a temporary file: however long it is, memory holds an
 * item of it. One thread at a time, which may be another each time.
 */
typedef struct _LfListSpool LfListSpool;

/* @gzip: it is compressed. NULL with @error where there is no room for temporary files. */
LfListSpool *lf_list_spool_new  (gboolean gzip, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void         lf_list_spool_free (LfListSpool *self);
/* Takes @item. LF_ERROR_FULL */
gboolean     lf_list_spool_add  (LfListSpool *self, JsonNode *item, GError **error);
/* Once, after the last item. @next: what leads to the items behind them; NULL: there are none.
 * (transfer full): the whole list; NULL with @error */
LfSpool     *lf_list_spool_end  (LfListSpool *self, const char *next, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LfListSpool, lf_list_spool_free)
