#pragma once

#include <glib.h>

/* The entry that libFuzzer calls (./dev fuzz), and test-http-response-fuzz as well: aborts where the
 * reader of answers tells different things of the same bytes. */
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);
