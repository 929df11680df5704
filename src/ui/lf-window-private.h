#pragma once

#include "lf-history.h"
#include "lf-spec-editor.h"
#include "lf-spec-list-page.h"
#include "lf-window.h"

struct _LfWindow
{
  AdwApplicationWindow parent_instance;
  LfDemo *demo;
  LfSpecLibrary *library;
  GPtrArray *waiting; /* GFile to open when the library is there */
  gboolean quitting;  /* the other windows follow */
  gboolean starting;  /* a run is on its way */
  gboolean demo_saving;
  gboolean stopping;  /* the window closes once no run goes on */
  guint follow_id;
  gint64 told_revision; /* of the spec in the editor, that somebody else saved it */
  GtkFileChooserNative *chooser;
  AdwToastOverlay *toasts;
  AdwLeaflet *leaflet;
  LfSpecListPage *list_page;
  LfSpecEditor *editor;
  LfHistory *history;
};

/* What is to happen once nothing would be lost by leaving the editor. */
typedef void (*LfWindowThen) (LfWindow *self, gpointer data);

void _lf_window_add_back_button (LfWindow *self);
void _lf_window_class_install_actions (GtkWidgetClass *widget_class);
void _lf_window_update_actions        (LfWindow *self);
void _lf_window_show_list             (LfWindow *self);
void _lf_window_edit                  (LfWindow *self, const LfSpec *spec); /* asks for unsaved changes first */
void _lf_window_edit_id               (LfWindow *self, const char *id);
void _lf_window_save                  (LfWindow *self, LfWindowThen then, gpointer data, GDestroyNotify destroy);
/* Asks where there are unsaved changes; @then follows unless the answer is Cancel. Takes @data. */
void _lf_window_leave_editor          (LfWindow *self, LfWindowThen then, gpointer data, GDestroyNotify destroy);
/* lf-window-conflict.c: the spec in the editor was saved elsewhere meanwhile. What follows a save follows the choice that saves. */
void _lf_window_ask_conflict          (LfWindow *self, LfWindowThen then, gpointer data, GDestroyNotify destroy);
/* lf-window-follow.c: while the window is in front, the list and the editor follow the store. */
void _lf_window_follow                (LfWindow *self); /* from now on */
void _lf_window_stop_following        (LfWindow *self);
/* Takes a spec file into the store and edits it; asks where the list has a spec of that name. */
void _lf_window_import                (LfWindow *self, GFile *file);
void _lf_window_open_run_id           (LfWindow *self, const char *id);
void _lf_window_run                   (LfWindow *self, const LfSpec *spec);
/* Where the window waits to close: stops the run that was about to start (NULL: it did not), and returns TRUE. */
gboolean _lf_window_stop_started      (LfWindow *self, LfActiveRun *run);
void _lf_window_alert                 (LfWindow *self, const char *heading, const char *body);
