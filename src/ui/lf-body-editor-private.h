#pragma once

#include "lf-body-editor.h"

/* The editor's parts: lf-body-editor.c has the body, -messages.c says what is wrong with it. */
struct _LfBodyEditor
{
  GtkBox parent_instance;
  LfStore *store;
  LfStep *step;
  gboolean loading;
  guint check_id;
  GtkWidget *kind;
  GtkWidget *pages;
  GtkWidget *format;
  GtkWidget *fields;
  GtkWidget *parts;
  GtkWidget *graphql;
  GtkWidget *text;
  GtkTextBuffer *buffer;
  GtkWidget *file;
  GtkWidget *message;
  GtkWidget *as_text;
};

static inline LfBodyType
_lf_body_editor_get_kind (const LfBodyEditor *self)
{
  const LfStep *step = self->step;

  return step != NULL && step->body != NULL ? step->body->body_type : LF_BODY_NONE;
}

/* lf-body-editor-messages.c */
void _lf_body_editor_class_install_messages (GtkWidgetClass *widget_class);
void _lf_body_editor_check_soon             (LfBodyEditor *self); /* JSON, once nothing is typed for a moment */
void _lf_body_editor_show_graphql_fault     (LfBodyEditor *self);
