#pragma once

#include <adwaita.h>

/*
 * A labelled control of a form with room for what is wrong with it.
 *
 * Properties: "title" (with a mnemonic for the control), "child", "message" (NULL: nothing wrong).
 * A message marks the control with the style class `error` and tells assistive technologies that
 * it is invalid, and why.
 */
#define LF_TYPE_FORM_FIELD (lf_form_field_get_type ())
G_DECLARE_FINAL_TYPE (LfFormField, lf_form_field, LF, FORM_FIELD, GtkBox)

GtkWidget  *lf_form_field_get_child   (LfFormField *self);
void        lf_form_field_set_child   (LfFormField *self, GtkWidget *child);
/* A button beside the control; once. */
void        lf_form_field_add_button  (LfFormField *self, GtkWidget *button);
const char *lf_form_field_get_message (LfFormField *self);
void        lf_form_field_set_message (LfFormField *self, const char *message);
/* What the control finds wrong with what is typed into it; shown in place of the message. NULL: nothing. */
void        lf_form_field_set_fault   (LfFormField *self, const char *fault);

/* The same marks on any control; @label shows the message and hides without one. NULL: whoever calls shows it. */
void        lf_form_field_mark (GtkWidget *control, GtkLabel *label, const char *message);
