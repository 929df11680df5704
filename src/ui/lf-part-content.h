#pragma once

#include "lf-attachment.h"
#include "lf-step.h"

/*
 * What a part of a multipart body carries apart from its name: a text, or a file. A file that is not chosen yet
 * has an empty attachmentId, which keeps the spec from running.
 */
gboolean    lf_part_content_is_file  (const LfBodyPart *part);
/* Nothing but content: a blank text, or a file to be chosen. (transfer full) */
LfBodyPart *lf_part_content_new      (gboolean is_file) G_GNUC_WARN_UNUSED_RESULT;
void        lf_part_content_swap     (LfBodyPart *a, LfBodyPart *b);
/* @place is a member of @part; a blank text leaves the document. */
void        lf_part_content_set      (LfBodyPart *part, char **place, const char *text);
/* Makes @attachment the content, called as the file is. */
void        lf_part_content_set_file (LfBodyPart *part, const LfAttachment *attachment);
