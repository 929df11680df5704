#pragma once

#include "lf-spec-library.h"

struct _LfSpecLibrary
{
  GObject parent_instance;
  LfWorkspace *workspace;
  GListStore *items;
  GHashTable *by_id;  /* of items: an id that the item owns -> LfSpecItem */
  GPtrArray *removed; /* of GPtrArray of LfSpecItem that left the list and are still in the store */
  guint n_deleting;
  guint n_held;
  GTask *flush; /* waits for both to reach 0 */
  gboolean loaded;
  guint generation;  /* grows with every change that was made here */
  guint followed;    /* the generation that the store is being compared with */
  gboolean following;
  gint64 asked;      /* monotonic us of the last comparison */
  gint64 rest_until; /* monotonic us before which the store is left alone */
  char *newest_runs; /* what tells whether there were others since; NULL: not asked yet */
};

void _lf_spec_library_changed        (LfSpecLibrary *self);
void _lf_spec_library_take_out       (LfSpecLibrary *self, GPtrArray *items); /* LfSpecItem; out of the list */
/* (transfer none): deleted here, and still in the store as long as that can be undone; or NULL. */
LfSpecItem *_lf_spec_library_find_removed (LfSpecLibrary *self, const char *id);
void _lf_spec_library_read_runs      (LfSpecLibrary *self, const char *spec_id);
void _lf_spec_library_read_last_runs (LfSpecLibrary *self); /* of all specs */
