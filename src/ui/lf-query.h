#pragma once

#include "lf-step.h"

/*
 * The query of a URL as rows that can be edited, and back. The text of a row is as it stands in the URL, so that what
 * nobody touched stays as it was ("+", "%2B" and placeholders are not the same to every server).
 */

/* (transfer full) (element-type LfRow): one for each part of the query of @url, which may be NULL. */
GPtrArray *lf_query_split (const char *url) G_GNUC_WARN_UNUSED_RESULT;
/* @url with the rows that are enabled for its query; what cannot stand there is escaped. (transfer full) */
char      *lf_query_join  (const char *url, const GPtrArray *rows) G_GNUC_WARN_UNUSED_RESULT;
/* A copy of a row of LfStep.params, which are plain text, as it reads in a URL; and back. (transfer full) */
LfRow     *lf_query_escape_row   (const LfRow *row) G_GNUC_WARN_UNUSED_RESULT;
LfRow     *lf_query_unescape_row (const LfRow *row) G_GNUC_WARN_UNUSED_RESULT;
