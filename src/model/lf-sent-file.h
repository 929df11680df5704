#pragma once

#include "lf-spec.h"

/*
 * A file that a spec sends, as a body or as a part of one: where the spec names it. Bodies and parts count
 * whatever the body's type is, for the editor keeps them until the type is changed back. Valid until the spec's
 * steps or parts change. Threads: as records.
 */
typedef struct
{
  gpointer record;      /* LfBody or LfBodyPart */
  char **attachment_id; /* members of @record */
  char **file;
  guint step;
  int part;             /* -1: the whole body */
} LfSentFile;

/* The first that is in a store; FALSE: none. */
gboolean lf_sent_file_find_stored (const LfSpec *spec, LfSentFile *found);
/* The first that lies beside the spec's own file and is in no store yet; FALSE: none. */
gboolean lf_sent_file_find_beside (const LfSpec *spec, LfSentFile *found);
typedef void (*LfSentFileFunc) (const LfSentFile *file, gpointer user_data);
/* All that lie beside it, in order; @func may change where they are. */
void     lf_sent_file_foreach_beside (const LfSpec *spec, LfSentFileFunc func, gpointer user_data);
/* From now on it is the attachment @id, and only that. */
void     lf_sent_file_set_stored  (const LfSentFile *self, const char *id);
/* From now on it is at @path, which starts at the spec's folder, and only there; NULL: nowhere. */
void     lf_sent_file_set_beside  (const LfSentFile *self, const char *path);
/* "/steps/0/body/parts/1/file", for messages. (transfer full) */
char    *lf_sent_file_get_pointer (const LfSentFile *self, const LfSpec *spec) G_GNUC_WARN_UNUSED_RESULT;
