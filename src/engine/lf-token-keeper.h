#pragma once

#include "lf-token.h"

#include <glib.h>

/*
 * The tokens of a run and the thread that fetches them before the first request, and again when they
 * run out or a target refuses them. Nobody waits for it but the beginning of the run.
 */
typedef struct _LfTokenKeeper LfTokenKeeper;

/* @ok: all tokens are there. */
typedef void (*LfTokenKeeperReady) (gboolean ok, gpointer user_data);

LfTokenKeeper *lf_token_keeper_new  (void);
void           lf_token_keeper_free (LfTokenKeeper *self);
/* The token for @auth, one for all who ask for the same; it stays the keeper's. As lf_token_new(). */
LfToken       *lf_token_keeper_add  (LfTokenKeeper *self, const LfAuth *auth, const LfHttpOptions *http, struct curl_slist *resolve);

/**
 * lf_token_keeper_start:
 * @ready: called once in @context, also after lf_token_keeper_stop(), unless the keeper is freed
 * @user_data: must live until then
 *
 * Starts the thread. Once.
 */
void           lf_token_keeper_start (LfTokenKeeper *self, GMainContext *context, LfTokenKeeperReady ready, gpointer user_data);
/* Breaks off what is being fetched; does not wait for it. */
void           lf_token_keeper_stop  (LfTokenKeeper *self);
/* The same, and waits until the thread has ended. */
void           lf_token_keeper_join  (LfTokenKeeper *self);
/* Moves what there is to tell (LfLogLine) to @lines. */
void           lf_token_keeper_tell  (LfTokenKeeper *self, GPtrArray *lines);
