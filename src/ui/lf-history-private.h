#pragma once

#include "lf-gradual-list.h"
#include "lf-history-run.h"
#include "lf-history.h"
#include "lf-trend.h"
#include "lf-width-bin.h"

struct _LfHistory
{
  GtkBox parent_instance;
  LfWorkspace *workspace;
  AdwToastOverlay *toasts; /* weak: the page is in it */
  char *spec_id;
  GCancellable *reading;
  GListStore *runs; /* LfHistoryRun */
  GtkMultiSelection *selection;
  GtkSorter *sorter;      /* as the table's heads say */
  LfGradualList *shown;   /* of these, what the layout that is shown has by now */
  GPtrArray *deleted;     /* what each toast would bring back */
  guint n_deleting;       /* runs that the store has not answered for */
  gboolean delete_failed; /* for one of them */

  AdwWindowTitle *heading;
  GtkStack *pages; /* NULL once disposed */
  LfWidthBin *bin;
  GtkStack *layouts;
  GtkColumnView *table; /* where there is room */
  GtkListView *list;    /* of cards, where it is narrow */
  GtkWidget *sort;      /* in the place of the heads of the table */
  AdwStatusPage *error_page;
  LfTrend *p95_trend;
  LfTrend *rate_trend;
  GtkLabel *p95_last; /* the newest run's number, above each */
  GtkLabel *rate_last;
  GPtrArray *trend_ids; /* of the runs that have a point, the oldest first */
  GtkLabel *usage;
};

void       _lf_history_update   (LfHistory *self); /* what follows from the list and the selection */
void       _lf_history_read     (LfHistory *self); /* the runs of the spec, anew */
void       _lf_history_measure  (LfHistory *self); /* asks how much room is taken */
/* (element-type LfHistoryRun), in the order of the table. */
GPtrArray *_lf_history_selected (LfHistory *self) G_GNUC_WARN_UNUSED_RESULT;

/* lf-history-delete.c */
void       _lf_history_delete     (LfHistory *self);
gboolean   _lf_history_is_deleted (LfHistory *self, const char *run_id);
void       _lf_history_batch_unref (gpointer batch); /* an element of self->deleted */

/* lf-history-layout.c */
void       _lf_history_class_install_layout (GtkWidgetClass *widget_class);
void       _lf_history_lay_out (LfHistory *self); /* as the width says */
GtkWidget *_lf_history_view    (LfHistory *self); /* the layout that is shown */
