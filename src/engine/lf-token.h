#pragma once

#include "lf-http-options.h"
#include "lf-step.h"

#include <curl/curl.h>

/*
 * An access token that all users of a run share, given out for a client's id and secret. Source:
 * RFC 6749, sections 2.3.1, 4.4, 5. One thread, its keeper's, fetches and renews it; the workers read
 * it and tell when the target takes it no longer. A fetch is no request of the load: nothing counts it.
 */
typedef struct _LfToken LfToken;

/* All but @multi are borrowed and must outlive it. @multi: what fetches are made with, and what
 * lf_token_refuse() wakes. */
LfToken *lf_token_new  (CURLM *multi, const LfAuth *auth, const LfHttpOptions *http, struct curl_slist *resolve);
void     lf_token_free (LfToken *self);
/* Whether a client that signs in as @auth says would get the same. */
gboolean lf_token_is_for (const LfToken *self, const LfAuth *auth);

/* Any thread. 0: there is none yet; another number: another token. One atomic load. */
guint    lf_token_get_number (LfToken *self);
/* Any thread, under a lock. (transfer full) (nullable) */
char    *lf_token_copy       (LfToken *self, guint *number);
/* Any thread: a request with token @number was answered with 401. */
void     lf_token_refuse     (LfToken *self, guint number);

/* The rest in the keeper's thread only. */
/* When it wants to be fetched, monotonic us; G_MAXINT64: never. */
gint64   lf_token_get_due    (LfToken *self);
/* An easy handle to be performed, which stays the token's. */
CURL    *lf_token_begin      (LfToken *self);
/* TRUE where there is a new token; *words (transfer full) says what came of it, without any secret. */
gboolean lf_token_end        (LfToken *self, CURLcode result, char **words);
/* Whether it is worth another try at once, signed in the other way that servers know. */
gboolean lf_token_may_retry  (LfToken *self);
