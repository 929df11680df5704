#pragma once

#include "lf-spec-library.h"

#include <adwaita.h>

/*
 * The page with the list of specs: search, the commands of each row, and what to do where the list
 * is empty or the store cannot be opened.
 *
 * It activates win.new-spec, win.demo, win.retry, win.run-spec (s), win.edit-spec (s) and win.spec-history (s).
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
void lf_spec_list_page_run         (LfSpecListPage *self); /* the spec in focus, if any */
void lf_spec_list_page_delete      (LfSpecListPage *self, LfSpecItem *item); /* and offers Undo */
