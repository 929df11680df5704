#pragma once

#include <gio/gio.h>

/* How many of @items, a list of LfSpecItem, have each tag. (transfer full): owns its keys; tag -> GUINT_TO_POINTER (n). */
GHashTable *lf_tags_count (GListModel *items) G_GNUC_WARN_UNUSED_RESULT;
/* The tags of @counts as a person would order them. */
char      **lf_tags_sort  (GHashTable *counts) G_GNUC_WARN_UNUSED_RESULT;
/* @text split at commas, without empty and repeated ones; NULL where nothing is left. */
char      **lf_tags_split (const char *text) G_GNUC_WARN_UNUSED_RESULT;
