#pragma once

#include <gtk/gtk.h>

/* (transfer none): the words that fit now, NULL-terminated. */
typedef const char *const *(*LfSuggestFunc) (gpointer user_data);

/*
 * Words for an entry, offered below it while it is typed into: those that begin with what was typed, then those that
 * have it in them. Down opens the list and walks in it, Enter takes a word, Tab takes it and goes on, Escape closes; the
 * pointer does the same. The entry stands in a widget with a layout manager, and keeps the focus.
 */
#define LF_TYPE_SUGGEST (lf_suggest_get_type ())
G_DECLARE_FINAL_TYPE (LfSuggest, lf_suggest, LF, SUGGEST, GObject)

/* Belongs to @entry, as long as that lives; @user_data lives as long. */
void       lf_suggest_attach    (GtkWidget *entry, LfSuggestFunc words, gpointer user_data);
LfSuggest *lf_suggest_of        (GtkWidget *entry); /* (transfer none), NULL where it has none */
/* What is offered now. (transfer full), NULL where nothing is. */
char     **lf_suggest_get_words (LfSuggest *self) G_GNUC_WARN_UNUSED_RESULT;
