#pragma once

#include <gtk/gtk.h>

/*
 * A button that lets a person choose the PEM file whose path stands in an entry beside it: in Flatpak by the portal, which
 * is how the program comes to the file at all.
 *
 * Properties: "entry" (GtkEditable, not owned): an AdwEntryRow is told to apply what was chosen;
 * "title" (construct only): what is chosen, as the entry is called.
 */
#define LF_TYPE_PATH_BUTTON (lf_path_button_get_type ())
G_DECLARE_FINAL_TYPE (LfPathButton, lf_path_button, LF, PATH_BUTTON, GtkButton)

GtkWidget *lf_path_button_new (GtkEditable *entry, const char *title) G_GNUC_WARN_UNUSED_RESULT; /* (transfer floating) */
