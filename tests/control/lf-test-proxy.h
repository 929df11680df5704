#pragma once

#include <glib.h>

/*
 * A network that fails: passes TCP connections on the loopback on to a server, until it is told otherwise.
 */
typedef struct _LfTestProxy LfTestProxy;

typedef enum
{
  LF_TEST_PROXY_PASS,
  LF_TEST_PROXY_STALL, /* connections stay, and nothing moves: a stopped server, a pulled cable */
  LF_TEST_PROXY_CUT,   /* connections break, and new ones too */
} LfTestProxyMode;

/* @uri: scheme://HOST:PORT/REST; that of the proxy in *@through, (transfer full). */
LfTestProxy *lf_test_proxy_new      (const char *uri, char **through) G_GNUC_WARN_UNUSED_RESULT;
void         lf_test_proxy_set_mode (LfTestProxy *self, LfTestProxyMode mode);
void         lf_test_proxy_free     (LfTestProxy *self); /* breaks what is open */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LfTestProxy, lf_test_proxy_free)
