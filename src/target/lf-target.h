#pragma once

#include <gio/gio.h>

/*
 * The bundled target server: one thread, one epoll loop, HTTP/1.1 with keep-alive. Bodies are
 * counted and hashed as they stream by, never held. /anything answers method, path, headers, length
 * and SHA-256 of the body as JSON; any other path answers a short text. A body that is not what its
 * Content-Digest says (RFC 9530, sha-256) is answered 400.
 */
typedef struct _LfTarget LfTarget;

typedef struct
{
  const char *address; /* "127.0.0.1:8080"; port 0 takes a free one */
  guint delay_ms;      /* before each answer */
  guint jitter_ms;     /* plus or minus, uniform */
  double error_rate;   /* 0 to 1 of the answers are 500 */
} LfTargetOptions;

typedef struct
{
  guint64 requests;
  guint64 connections;
  guint64 bytes_received; /* of bodies */
  guint64 errors;         /* answered 500 by error_rate, or 400 */
} LfTargetCounts;

/* Listens and serves from a thread of its own. LF_ERROR_BUSY where the port is taken, LF_ERROR_VALUE
 * for an address that is none. */
LfTarget      *lf_target_start      (const LfTargetOptions *options, GError **error) G_GNUC_WARN_UNUSED_RESULT;
guint16        lf_target_get_port   (LfTarget *self);
char          *lf_target_get_url    (LfTarget *self) G_GNUC_WARN_UNUSED_RESULT; /* "http://127.0.0.1:8080" */
LfTargetCounts lf_target_get_counts (LfTarget *self); /* any thread */
void           lf_target_stop       (LfTarget *self); /* closes everything, joins and frees */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LfTarget, lf_target_stop)
