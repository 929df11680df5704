#pragma once

#include "lf-form-field.h"
#include "lf-http-editor.h"
#include "lf-load-editor.h"
#include "lf-schedule-editor.h"
#include "lf-send-once.h"
#include "lf-spec-editor.h"
#include "lf-step-editor.h"
#include "lf-step-list.h"

struct _LfSpecEditor
{
  GtkBox parent_instance;
  LfStore *store;
  LfSpec *spec;  /* as it is shown */
  LfSpec *saved; /* as it was last read or saved */
  GPtrArray *added; /* ids of the attachments that came since @saved */
  gboolean loading; /* the controls are being filled: what they tell is no edit */
  gboolean modified;
  LfSpec *sent;        /* what is on its way into the store; NULL: nothing is */
  gboolean shows_sent; /* what is shown is what was sent last, maybe edited since */
  gboolean show_all; /* also what was never filled in */
  gboolean checked;  /* Run was pressed: not even an empty header is about to be filled in */
  guint check_id;
  GtkWidget *title;
  GtkWidget *run_button;
  GtkWidget *past_runs_button;
  GtkWidget *past_runs;
  GtkWidget *page;
  GtkWidget *problems_box;
  GtkWidget *problems;
  GtkWidget *name_field;
  GtkWidget *name;
  GtkWidget *steps;
  GtkWidget *step; /* the editor of the one that is selected */
  GtkWidget *send_once;
  GtkWidget *load;
  GtkWidget *schedule;
  GtkWidget *description;
  GtkWidget *tags;
  GtkWidget *options;
  GtkWidget *http;
};

/* Puts every problem beside its control, or on top of the page where none shows it; returns how many. */
guint _lf_spec_editor_show_problems (LfSpecEditor *self);
/* What the title says of the spec, and "modified". */
void  _lf_spec_editor_update_modified (LfSpecEditor *self);
/* Removes what came into the store for this spec and did not stay in it, but not what Undo would bring back. */
void  _lf_spec_editor_drop_unused     (LfSpecEditor *self);
void  _lf_spec_editor_tell_saved      (LfSpecEditor *self, LfSpec *stored); /* emits "saved" */
/* Whether something keeps the step that is shown from being sent; it is shown, and gets the focus. */
gboolean _lf_spec_editor_refuse_step  (LfSpecEditor *self);
