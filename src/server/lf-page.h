#pragma once

#include "lf-call.h"

/*
 * The remote page: files of the program's resources. /, /runs…, /specs… are the page itself, which shows what its
 * path names; /page/NAME are its parts.
 */
gboolean lf_page_has    (const char *path);
void     lf_page_answer (LfCall *call, const char *path);
