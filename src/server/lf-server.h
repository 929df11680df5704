#pragma once

#include "lf-workspace.h"

/*
 * The remote endpoint: REST, WebSocket, metrics and the page, on a thread of its own. It is started, stopped and dropped in the
 * main context of the workspace's run manager; everything below is called there.
 *
 * Signals:
 *   "audit" (const char *line)   who changed something, or was refused; one line, English
 *   "viewers-changed" ()         somebody came or went
 *   "store-changed" ()           specs or schedules were changed by somebody else
 *   "stopped" ()                 after lf_server_begin_stop(): all have hung up, and its port is free
 */
#define LF_TYPE_SERVER (lf_server_get_type ())
G_DECLARE_FINAL_TYPE (LfServer, lf_server, LF, SERVER, GObject)

#define LF_SERVER_PORT 8090

typedef struct
{
  const char *listen;           /* "ADDRESS:PORT"; NULL: loopback, LF_SERVER_PORT; port 0: a free one */
  const char *tls_cert;         /* PEM files; NULL: plain HTTP */
  const char *tls_key;          /* NULL: in tls_cert */
  gboolean insecure;            /* other machines may be answered without TLS and without tokens */
  gboolean require_token;       /* also on loopback, and with @insecure */
  const char *const *hosts;     /* names of this machine that requests may come to; NULL: its own */
  const char *const *targets;   /* hosts that remotely started runs may reach; NULL: any */
  const char *token_file;       /* NULL: the usual one */
  guint connections;            /* at once; 0: the usual number */
  guint patience;               /* s; 0: as LF_LISTENER_PATIENCE */
  guint requests;               /* of one address at once, a quarter of them a second; 0: the usual number */
} LfServerOptions;

typedef struct /* somebody who watches */
{
  char *name;      /* of the token; NULL without one */
  char *address;
  gint64 since;    /* ms since 1970 */
} LfServerViewer;

/* The workspace has a store. LF_ERROR_VALUE (options that do not go together, certificate), BUSY (port), CORRUPT (tokens). */
LfServer   *lf_server_start       (LfWorkspace *workspace, const LfServerOptions *options, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* No new runs from now on; what goes on is told on. */
void        lf_server_close_runs  (LfServer *self);
/* Hangs up on everybody, which takes up to a second where the store still owes an answer. Once; the last reference
 * does it, too. */
void        lf_server_stop        (LfServer *self);
/* The same without waiting for it. */
void        lf_server_begin_stop  (LfServer *self);
const char *lf_server_get_url     (LfServer *self); /* "http://127.0.0.1:8090" */
/* (transfer full) (element-type LfServerViewer), the first first. */
GPtrArray  *lf_server_get_viewers (LfServer *self) G_GNUC_WARN_UNUSED_RESULT;
