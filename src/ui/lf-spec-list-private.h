#pragma once

#include "lf-gradual-list.h"
#include "lf-row-filler.h"
#include "lf-spec-list-page.h"
#include "lf-spill-bar.h"
#include "lf-tag-filter.h"
#include "lf-width-bin.h"

/* The page's parts: lf-spec-list-page.c shows, -models.c says what is listed and in which order, -state.c what stands in place
 * of the list, -input.c takes presses and keys, -commands.c carries out what is asked of the selected specs, -changes.c those
 * of them that can be taken back. */
struct _LfSpecListPage
{
  GtkBox parent_instance;
  LfSpecLibrary *library;
  GSettings *settings; /* or NULL */
  AdwToastOverlay *toasts; /* weak: the page is in it */
  AdwToast *undo; /* the last that offered it, or NULL */
  GtkFilterListModel *filtered;
  GtkCustomFilter *filter;
  GtkMultiSelection *selection; /* of what is filtered and sorted */
  GtkSorter *sorter;            /* as the table's heads say */
  LfGradualList *shown;         /* of these, what the layout that is shown has by now */
  char **words;                 /* that are searched, folded */
  gboolean selecting;           /* a press toggles a row */
  gboolean refilter;            /* once the list is folded, */
  gboolean resort;              /* as what is wanted has changed */
  GtkWidget *past_runs;         /* made when it is first asked for, as are the others */
  GtkWidget *popup;
  GtkFileChooserNative *chooser;

  LfWidthBin *bin;
  GtkWidget *pages; /* NULL once disposed */
  GtkWidget *layouts;
  GtkWidget *search_button;
  GtkWidget *search_bar;
  GtkWidget *search_entry;
  LfTagFilter *tag_filter;
  GtkWidget *list;     /* of cards, where it is narrow */
  LfRowFiller *filler; /* of these */
  GtkWidget *table; /* where there is room */
  GtkWidget *error_page;
  GtkWidget *live_runs; /* LfLiveRuns */
  LfSpillBar *spill_bar;
  GtkWidget *waiting;
  GtkWidget *action_bar;
  GtkWidget *n_selected;
  GMenuModel *context;
  guint waiting_id; /* of the moment after which it is said what is waited for */
  guint refresh_id;
  guint age_id;
};

/* The layout that is shown. */
GtkWidget *_lf_spec_list_view          (LfSpecListPage *self);
void       _lf_spec_list_set_selecting (LfSpecListPage *self, gboolean selecting);
/* (element-type LfSpecItem), in the order of the list. */
GPtrArray *_lf_spec_list_selected      (LfSpecListPage *self) G_GNUC_WARN_UNUSED_RESULT;
void       _lf_spec_list_tell          (LfSpecListPage *self, const char *message);

void       _lf_spec_list_selection_changed (LfSpecListPage *self);

/* lf-spec-list-models.c */
void       _lf_spec_list_class_install_models (GtkWidgetClass *widget_class);
void       _lf_spec_list_make_models   (LfSpecListPage *self);
/* Newest first where it is about time, as in the settings otherwise. */
void       _lf_spec_list_restore_sort  (LfSpecListPage *self);
/* Something changed in the library: many specs may do so at once. */
void       _lf_spec_list_refresh_soon  (LfSpecListPage *self);

/* lf-spec-list-state.c */
void       _lf_spec_list_update_page   (LfSpecListPage *self);
/* Ctrl+F and typing search, where there is something to find. */
void       _lf_spec_list_set_searchable (LfSpecListPage *self, gboolean searchable);

/* lf-spec-list-input.c */
void       _lf_spec_list_class_install_input (GtkWidgetClass *widget_class);
void       _lf_spec_list_add_input     (LfSpecListPage *self, GtkWidget *view);
/* Selects the row in focus where nothing is selected. */
void       _lf_spec_list_select_focus  (LfSpecListPage *self);
/* Of the row that @button lies in. */
void       _lf_spec_list_open_menu     (GtkWidget *button, LfSpecListPage *self);
/* Where a popover points: the row in focus. */
void       _lf_spec_list_point_at_focus (LfSpecListPage *self, GtkWidget *popover);

/* lf-spec-list-commands.c */
void       _lf_spec_list_class_install_commands (GtkWidgetClass *widget_class);
void       _lf_spec_list_update_commands        (LfSpecListPage *self);

/* lf-spec-list-changes.c: each with one toast that takes all of it back. */
void       _lf_spec_list_delete    (LfSpecListPage *self, GPtrArray *items);
void       _lf_spec_list_duplicate (LfSpecListPage *self, GPtrArray *items);
/* Saves @changed (LfSpec), changed copies of stored specs. What was done is said by @of_one with the name of a spec in
 * the place of "%s", or by @of_many with their number; one that cannot be needed is NULL. */
void       _lf_spec_list_change    (LfSpecListPage *self, GPtrArray *changed, const char *of_one, const char *of_many);

/* lf-spec-list-dialogs.c */
void       _lf_spec_list_rename    (LfSpecListPage *self, LfSpecItem *item);
void       _lf_spec_list_ask_tags  (LfSpecListPage *self, GPtrArray *items);
