#pragma once

#include <glib.h>

/*
 * Searching by words, in any order and in capitals or not: what is found has all of them.
 */
/* The words of what was typed, case-folded. */
char   **lf_search_split   (const char *typed) G_GNUC_WARN_UNUSED_RESULT;
/* @folded: case-folded text. */
gboolean lf_search_has_all (const char *folded, const char *const *words);
