#include "config.h"

#include "lf-attachment.h"
#include "lf-record-private.h"

/* clang-format off */
_LF_DEFINE_RESULT (LfAttachment, lf_attachment,
  _LF_STRING (LfAttachment, id, "id"),
  _LF_STRING (LfAttachment, name, "name"),
  _LF_STRING (LfAttachment, content_type, "contentType"),
  _LF_INTEGER (LfAttachment, size, "size", 0, _LF_COUNT_LIMIT, 0),
  _LF_STRING (LfAttachment, sha256, "sha256"),
  _LF_TIME (LfAttachment, created_at, "createdAt"))
/* clang-format on */
