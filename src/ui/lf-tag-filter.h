#pragma once

#include <gtk/gtk.h>

/*
 * A button that opens the tags in use, each with the number of specs that have it; several can be chosen. Hidden while
 * there are none.
 *
 * Signals: "changed" (): other tags are chosen.
 */
#define LF_TYPE_TAG_FILTER (lf_tag_filter_get_type ())
G_DECLARE_FINAL_TYPE (LfTagFilter, lf_tag_filter, LF, TAG_FILTER, GtkWidget)

/* A list of LfSpecItem, counted anew by every call; tags that none of them has are no longer chosen. */
void               lf_tag_filter_count      (LfTagFilter *self, GListModel *items);
/* NULL-terminated, until the choice changes. */
const char *const *lf_tag_filter_get_chosen (LfTagFilter *self);
void               lf_tag_filter_clear      (LfTagFilter *self);
