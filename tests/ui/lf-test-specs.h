#pragma once

#include "lf-store.h"

/* What the tests of the list and the editor share: a store of their own in $TMPDIR, and calls that wait. */
LfStore *lf_test_specs_open   (void);
void     lf_test_specs_close  (LfStore *store); /* and forgets its file */
LfSpec  *lf_test_specs_save   (LfStore *store, const char *name, const char *url);
LfSpec  *lf_test_specs_load   (LfStore *store, const char *id); /* NULL where there is none */
guint    lf_test_specs_count  (LfStore *store);
/* A file of @size bytes in $TMPDIR. */
GFile   *lf_test_specs_file   (const char *name, gsize size);
void     lf_test_specs_got_cb (GObject *source, GAsyncResult *result, gpointer user_data);
