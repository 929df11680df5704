#pragma once

#include <glib.h>

/* nginx in one process on a free loopback port, with a folder of its own under /tmp. */
typedef struct
{
  char *folder;
  char *url; /* "http://127.0.0.1:PORT/" */
  guint ports[4];
  GPid pid;
} LfTestNginx;

/* What its access log says. */
typedef struct
{
  guint64 requests;
  guint64 answered;    /* with 200 */
  guint64 connections; /* that carried a request */
  guint64 received;    /* bytes of requests, with headers */
  guint64 sent;        /* bytes of answers, with headers */
} LfTestNginxCounts;

/* @server: directives of its server block, "location / { return 200 ok; }". NULL where there is no
 * nginx; the test is then marked as skipped. */
LfTestNginx      *lf_test_nginx_start (const char *server) G_GNUC_WARN_UNUSED_RESULT;
/* Stops and frees it, and removes its folder. */
/* @servers: all server blocks, with @PORT0@, @PORT1@ and @DIR@ in place of the ports and the folder.
 * @prepare: (nullable): writes files into the folder before nginx starts. */
LfTestNginx      *lf_test_nginx_start_servers (const char *servers, void (*prepare) (const char *folder)) G_GNUC_WARN_UNUSED_RESULT;
void              lf_test_nginx_free  (LfTestNginx *self);
void              lf_test_nginx_signal (LfTestNginx *self, int signal);
/* Stops it, so that its log is whole, and counts. */
LfTestNginxCounts lf_test_nginx_stop  (LfTestNginx *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LfTestNginx, lf_test_nginx_free)
