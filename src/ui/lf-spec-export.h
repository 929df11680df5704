#pragma once

#include "lf-store.h"

/* A spec file's text, without the spec's secrets. (transfer full) */
char *lf_spec_export_text      (const LfSpec *spec) G_GNUC_WARN_UNUSED_RESULT;
/* "Checkout.loadforge.json", without what a file name may not hold. (transfer full) */
char *lf_spec_export_make_name (const LfSpec *spec) G_GNUC_WARN_UNUSED_RESULT;
/* Whether it takes a folder: the files that it sends go beside it. */
gboolean lf_spec_export_has_files (const LfSpec *spec);

/* Writes @specs (LfSpec, copied): into the folder @place, where a file of the same name stays and the new one gets a
 * number, together with the files that are bodies of steps or parts of them; or one spec as the file @place, which
 * it replaces. The result tells in words what was written. */
void  lf_spec_export_async     (LfStore *store, GPtrArray *specs, GFile *place, gboolean is_folder, GAsyncReadyCallback callback, gpointer user_data);
char *lf_spec_export_finish    (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;
