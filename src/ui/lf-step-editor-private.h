#pragma once

#include "lf-auth-editor.h"
#include "lf-form-field.h"
#include "lf-http-editor.h"
#include "lf-params-editor.h"
#include "lf-row-grid.h"
#include "lf-step-editor.h"
#include "lf-think-editor.h"

struct _LfStepEditor
{
  GtkBox parent_instance;
  LfStep *step;
  gboolean loading; /* the controls are being filled: what they tell is no edit */
  GtkWidget *method_field;
  GtkWidget *method;
  GtkWidget *url_field;
  GtkWidget *url;
  GtkWidget *actions;
  GtkWidget *params;
  GtkWidget *headers;
  GtkWidget *auth;
  GtkWidget *options;
  GtkWidget *think;
  GtkWidget *http;
  GtkWidget *body;
};
