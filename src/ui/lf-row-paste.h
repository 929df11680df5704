#pragma once

#include "lf-row-grid-row.h"

/*
 * What was copied elsewhere as the rows that it means: header lines ("Name: value", with a request line, pseudo headers
 * or quotes, as the tools of browsers copy them), or parameters and form fields ("a=1&b=2", a URL with a query, or a
 * line each). Headers that follow from a body are there, but switched off: the body that is sent here is another.
 *
 * (transfer full) (element-type LfRow), NULL where @text is something else.
 */
GPtrArray *lf_row_paste_parse (const char *text, LfRowKind kind) G_GNUC_WARN_UNUSED_RESULT;
