#pragma once

#include "lf-spec-editor-private.h"
#include "lf-step-editor-private.h"
#include "lf-test-specs.h"

/* The editor of a spec in a window of its own, with a store of its own. */
typedef struct
{
  LfStore *store;
  GtkWidget *window;
  LfSpecEditor *editor;
} LfTestEditor;

void          lf_test_editor_set_up    (LfTestEditor *self, gconstpointer data);
void          lf_test_editor_tear_down (LfTestEditor *self, gconstpointer data);
void          lf_test_editor_save      (LfTestEditor *self, GError **error);
LfStepEditor *lf_test_editor_step      (LfSpecEditor *editor);

void          lf_test_set_text         (GtkWidget *entry, const char *text);
const char   *lf_test_message_of       (GtkWidget *field); /* an LfFormField */
