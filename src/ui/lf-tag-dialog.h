#pragma once

#include "lf-spec-library.h"

#include <adwaita.h>

/*
 * Asks which tags some specs are to have: all tags in use, ticked where all of them have it and half ticked where some do,
 * and an entry for new ones. Its response is "apply" or "cancel".
 */
#define LF_TYPE_TAG_DIALOG (lf_tag_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LfTagDialog, lf_tag_dialog, LF, TAG_DIALOG, AdwMessageDialog)

/* @items: LfSpecItem whose tags are asked for; @all: those whose tags are offered. */
LfTagDialog *lf_tag_dialog_new       (GtkWindow *parent, GPtrArray *items, GListModel *all);
/* (element-type LfSpec): copies of the specs with what was chosen; those that stay as they are are left out. */
GPtrArray   *lf_tag_dialog_get_specs (LfTagDialog *self) G_GNUC_WARN_UNUSED_RESULT;
