#pragma once

#include "lf-access-tokens.h"

#include <libsoup/soup.h>

/*
 * Decides who is let in: by Host and Origin (a page of another site cannot use the browser of somebody who may), by
 * token, and by how often one address asks. One main context.
 */
typedef struct _LfGuard LfGuard;

typedef struct
{
  const char *token_file;          /* NULL: the usual one */
  gboolean require_token;
  gboolean tls;
  const char *const *hosts;        /* (nullable): names that this machine is called by, beside its own */
  guint requests;                  /* of one address at once, a quarter of them a second; 0: the usual number */
} LfGuardOptions;

typedef struct /* who asks */
{
  LfRole role;
  char *token_id; /* NULL where no token is needed */
  char *name;     /* of the token, for the log */
} LfAccess;

/* LF_ERROR_CORRUPT where the file of tokens cannot be read. */
LfGuard        *lf_guard_new           (const LfGuardOptions *options, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void            lf_guard_free          (LfGuard *self);
/* Whether this request may come from where it does, and with so many header fields: LF_HTTP_ERROR 421, 403, 400, 429 or
 * 431. */
gboolean        lf_guard_check_source  (LfGuard *self, SoupServerMessage *message, GError **error);
/* Who asks. LF_HTTP_ERROR 401 or 429. @access: cleared by lf_access_clear(). */
gboolean        lf_guard_check_token   (LfGuard *self, SoupServerMessage *message, LfAccess *access, GError **error);
/* The same for a @token that came in a message of @address; NULL where none came. */
gboolean        lf_guard_check_text    (LfGuard *self, const char *token, GSocketAddress *address, LfAccess *access, GError **error);
gboolean        lf_guard_needs_token   (LfGuard *self);
/* Whether @access is still good: its token may have been revoked. */
gboolean        lf_guard_still_admits  (LfGuard *self, const LfAccess *access);
void            lf_access_clear        (LfAccess *access);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LfGuard, lf_guard_free)
