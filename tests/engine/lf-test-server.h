#pragma once

#include <glib.h>

/* A server program on a free loopback port, with a folder of its own under /tmp; it ends with the
 * test, also where that is killed. */
typedef struct
{
  char *folder;
  guint port;
  GPid pid;
  char *command;
} LfTestServer;

/* @command: for the shell, with @PORT@ and @DIR@ in place of the port and the folder; its last line
 * begins with exec. @configuration: (nullable): what @DIR@/server.conf holds, with the same. Returns when it takes connections;
 * what it says goes to @DIR@/log. The test fails where it does not start. */
LfTestServer *lf_test_server_start (const char *command, const char *configuration) G_GNUC_WARN_UNUSED_RESULT;
/* As kill -9 does. */
void          lf_test_server_kill  (LfTestServer *self);
/* The same on the same port; the test fails where it does not start. */
void          lf_test_server_start_again (LfTestServer *self);
/* What the file @name of its folder holds, as soon as it has @lines lines; the test fails where that
 * takes a minute. */
char         *lf_test_server_read  (LfTestServer *self, const char *name, guint lines) G_GNUC_WARN_UNUSED_RESULT;
void          lf_test_server_free  (LfTestServer *self);

/* For servers that are started otherwise. */
guint    lf_test_choose_port    (void);
/* Whether somebody listens there. */
gboolean lf_test_answers        (guint port);
void     lf_test_remove_folder  (const char *folder);
/* A GSpawnChildSetupFunc: a test that is killed takes its server along. */
void     lf_test_die_with_parent (gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LfTestServer, lf_test_server_free)
