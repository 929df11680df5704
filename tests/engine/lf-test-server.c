#include "lf-test-server.h"

#include <arpa/inet.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* Ports below those that the kernel gives to outgoing connections, which other tests open by the
 * thousand. */
#define FIRST_PORT 10000
#define LAST_PORT  30000

static struct sockaddr_in
make_address (guint port)
{
  return (struct sockaddr_in){ .sin_family = AF_INET,
                               .sin_port = htons ((guint16) port),
                               .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
}

gboolean
lf_test_answers (guint port)
{
  struct sockaddr_in address = make_address (port);
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  gboolean connected = connect (fd, (struct sockaddr *) &address, sizeof address) == 0;

  close (fd);
  return connected;
}

guint
lf_test_choose_port (void)
{
  for (guint i = 0; i < 1000; i++)
    {
      guint port = (guint) g_random_int_range (FIRST_PORT, LAST_PORT);
      struct sockaddr_in address = make_address (port);
      int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
      gboolean is_free = bind (fd, (struct sockaddr *) &address, sizeof address) == 0;

      close (fd);
      if (is_free)
        return port;
    }
  g_error ("no free port between %u and %u", FIRST_PORT, LAST_PORT);
}

void
lf_test_die_with_parent (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

void
lf_test_remove_folder (const char *folder)
{
  g_autoptr (GDir) entries = g_dir_open (folder, 0, NULL);
  const char *name;

  while (entries != NULL && (name = g_dir_read_name (entries)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_remove (path) != 0)
        lf_test_remove_folder (path);
    }
  g_rmdir (folder);
}

static char *
fill_in (LfTestServer *self, const char *pattern)
{
  GString *text = g_string_new (pattern);
  g_autofree char *port = g_strdup_printf ("%u", self->port);

  g_string_replace (text, "@PORT@", port, 0);
  g_string_replace (text, "@DIR@", self->folder, 0);
  return g_string_free (text, FALSE);
}

static gboolean
has_ended (LfTestServer *self)
{
  if (self->pid != 0 && waitpid (self->pid, NULL, WNOHANG) == self->pid)
    self->pid = 0;
  return self->pid == 0;
}

/* A group of its own, so that end() reaches the server's children too: Apache's outlive it. */
static void
prepare_child (gpointer user_data)
{
  setpgid (0, 0);
  lf_test_die_with_parent (user_data);
}

static void
spawn (LfTestServer *self, const char *command)
{
  g_autofree char *pattern =
      g_strdup_printf ("PATH=$PATH:/usr/sbin; exec >'@DIR@/log' 2>&1; %s", command);
  g_autofree char *line = fill_in (self, pattern);
  const char *const argv[] = { "/bin/sh", "-c", line, NULL };
  g_autoptr (GError) error = NULL;

  g_spawn_async (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, prepare_child, NULL,
                 &self->pid, &error);
  g_assert_no_error (error);
}

static void
write_configuration (LfTestServer *self, const char *pattern)
{
  g_autofree char *text = fill_in (self, pattern);
  g_autofree char *path = g_build_filename (self->folder, "server.conf", NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static gboolean
is_up (LfTestServer *self)
{
  for (guint i = 0; i < 1500 && !has_ended (self); i++)
    {
      if (lf_test_answers (self->port))
        return TRUE;
      g_usleep (20 * 1000);
    }
  return FALSE;
}

static gboolean
launch (LfTestServer *self, const char *configuration)
{
  self->port = lf_test_choose_port ();
  if (configuration != NULL)
    write_configuration (self, configuration);
  spawn (self, self->command);
  return is_up (self);
}

static void
end (LfTestServer *self)
{
  if (has_ended (self))
    return;
  kill (-self->pid, SIGKILL);
  waitpid (self->pid, NULL, 0);
  self->pid = 0;
}

LfTestServer *
lf_test_server_start (const char *command, const char *configuration)
{
  LfTestServer *self = g_new0 (LfTestServer, 1);
  g_autofree char *log = NULL;

  self->command = g_strdup (command);
  self->folder = g_dir_make_tmp ("lf-test-server-XXXXXX", NULL);
  g_assert_nonnull (self->folder);
  /* The port may have been taken between the look and the start. */
  for (guint i = 0; i < 5; i++)
    {
      if (launch (self, configuration))
        return self;
      end (self);
    }
  log = lf_test_server_read (self, "log", 0);
  g_error ("“%s” does not start (./dev test installs it): %s", command, log);
}

void
lf_test_server_kill (LfTestServer *self)
{
  end (self);
}

void
lf_test_server_start_again (LfTestServer *self)
{
  spawn (self, self->command);
  if (!is_up (self))
    g_error ("“%s” does not start again", self->command);
}

char *
lf_test_server_read (LfTestServer *self, const char *name, guint lines)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);

  for (guint i = 0; i < 6000; i++)
    {
      char *text = NULL;
      guint n = 0;

      g_file_get_contents (path, &text, NULL, NULL);
      for (const char *at = text; at != NULL && (at = strchr (at, '\n')) != NULL; at++)
        n++;
      if (text != NULL && n >= lines)
        return text;
      g_free (text);
      g_usleep (10 * 1000);
    }
  g_error ("%s has no %u lines", path, lines);
}

void
lf_test_server_free (LfTestServer *self)
{
  end (self);
  lf_test_remove_folder (self->folder);
  g_free (self->folder);
  g_free (self->command);
  g_free (self);
}
