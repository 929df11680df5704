#pragma once

#include "lf-record.h"

LF_DECLARE_RECORD (LfAttachment, lf_attachment)

struct _LfAttachment
{
  LfRecord record;
  char *id;
  char *name;         /* the file's name, without a folder */
  char *content_type;
  gint64 size;        /* bytes */
  char *sha256;       /* of the content, lower-case hexadecimal */
  gint64 created_at;  /* ms since 1970 */
};
