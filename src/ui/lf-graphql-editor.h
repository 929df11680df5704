#pragma once

#include "lf-step.h"

#include <adwaita.h>

/*
 * Edits a GraphQL body: query, operation name, variables. Variables that are no JSON object are kept in the
 * record as a string, so that nothing typed is lost, and keep the spec from running.
 *
 * Signals: "changed" ().
 */
#define LF_TYPE_GRAPHQL_EDITOR (lf_graphql_editor_get_type ())
G_DECLARE_FINAL_TYPE (LfGraphqlEditor, lf_graphql_editor, LF, GRAPHQL_EDITOR, GtkBox)

/* @body is the caller's, and is changed until the next call; NULL for none. */
void  lf_graphql_editor_set_body  (LfGraphqlEditor *self, LfBody *body);
/* What is wrong with the variables, NULL for nothing. (transfer full) */
char *lf_graphql_editor_get_fault (LfGraphqlEditor *self) G_GNUC_WARN_UNUSED_RESULT;
