#pragma once

#include <gio/gio.h>

/*
 * Who may use the remote endpoint: tokens of 256 random bits, each with a name and a role. The file keeps their
 * SHA-256 only, so a token can be read once, when it is made. One thread at a time; several processes
 * may use one file.
 */
typedef enum
{
  LF_ROLE_NOBODY,
  LF_ROLE_VIEWER,   /* reads */
  LF_ROLE_OPERATOR, /* changes specs, starts and stops runs, too */
} LfRole; /* "nobody", "viewer", "operator" */
extern const char *const lf_role_words[];

typedef struct
{
  char *id;          /* names it in lists; no secret */
  char *name;        /* who has it, in the words of whoever made it */
  LfRole role;
  gint64 created_at; /* ms since 1970 */
} LfAccessToken;

typedef struct _LfAccessTokens LfAccessTokens;

/* @path: the file, which need not be there; NULL: remote-tokens.json in $XDG_DATA_HOME/loadforge. */
LfAccessTokens *lf_access_tokens_new    (const char *path) G_GNUC_WARN_UNUSED_RESULT;
void            lf_access_tokens_free   (LfAccessTokens *self);
/* Takes up what other processes changed. LF_ERROR_CORRUPT names the file; nobody gets in then. */
gboolean        lf_access_tokens_reload (LfAccessTokens *self, GError **error);
/* (element-type LfAccessToken), the oldest first; as of the last reload, add or revoke. */
GPtrArray      *lf_access_tokens_list   (LfAccessTokens *self) G_GNUC_WARN_UNUSED_RESULT;
/* Makes one and keeps its hash. *token: what is handed to the user, who cannot be told again. */
gboolean        lf_access_tokens_add    (LfAccessTokens *self, const char *name, LfRole role, char **token, GError **error);
/* LF_ERROR_NOT_FOUND where none has this id. */
gboolean        lf_access_tokens_revoke (LfAccessTokens *self, const char *id, GError **error);
/* (transfer none): the one that @token is, NULL for none; takes as long whichever it is. Reloads first
 * where the file changed. */
const LfAccessToken *lf_access_tokens_check (LfAccessTokens *self, const char *token);
/* Whether the one with @id still stands. */
gboolean        lf_access_tokens_has    (LfAccessTokens *self, const char *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LfAccessTokens, lf_access_tokens_free)
