#pragma once

#include "lf-spec-library.h"

#include <adwaita.h>

/*
 * The page with the list of specs: a table with sortable columns or, where it is narrow, cards; search and tags; the commands
 * for one or several specs; and what to do where the list is empty or the store cannot be opened.
 *
 * It activates win.new-spec, win.demo, win.retry, win.run-spec (s), win.edit-spec (s), win.open-run (s) and win.spec-history (s).
 *
 * Properties: "sort" (string): the id of the column that comes first; "descending" (boolean); both are kept in the settings.
 * "selecting" (boolean): several are being chosen by pressing each.
 */
#define LF_TYPE_SPEC_LIST_PAGE (lf_spec_list_page_get_type ())
G_DECLARE_FINAL_TYPE (LfSpecListPage, lf_spec_list_page, LF, SPEC_LIST_PAGE, GtkBox)

void lf_spec_list_page_set_library (LfSpecListPage *self, LfSpecLibrary *library);
/* Instead of the list; NULL for none. */
void lf_spec_list_page_set_error   (LfSpecListPage *self, const GError *error);
/* A store is being opened or read; after a second the page says so. @store: its name, without a password, or NULL. */
void lf_spec_list_page_set_waiting (LfSpecListPage *self, const char *store);
void lf_spec_list_page_set_toasts  (LfSpecListPage *self, AdwToastOverlay *toasts); /* where Undo is offered */
void lf_spec_list_page_search      (LfSpecListPage *self); /* opens the search and moves the focus there */
void lf_spec_list_page_run         (LfSpecListPage *self); /* the selected spec, else that in focus, if any */
