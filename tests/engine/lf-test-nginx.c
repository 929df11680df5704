#include "lf-test-nginx.h"

#include "lf-test-server.h"

#include <signal.h>
#include <sys/wait.h>

#define CONFIGURATION                                                                              \
  "daemon off;\n"                                                                                  \
  "master_process off;\n"                                                                          \
  "pid @DIR@/pid;\n"                                                                               \
  "worker_rlimit_nofile 4096;\n"                                                                   \
  "events { worker_connections 2048; }\n"                                                          \
  "http {\n"                                                                                       \
  "  log_format counts '$status $connection $request_length $bytes_sent';\n"                       \
  "  access_log @DIR@/access.log counts;\n"                                                        \
  "  client_body_temp_path @DIR@/body;\n"                                                          \
  "  proxy_temp_path @DIR@/proxy;\n"                                                               \
  "  fastcgi_temp_path @DIR@/fastcgi;\n"                                                           \
  "  uwsgi_temp_path @DIR@/uwsgi;\n"                                                               \
  "  scgi_temp_path @DIR@/scgi;\n"                                                                 \
  "  keepalive_requests 1000000000;\n"

static gboolean
has_ended (LfTestNginx *self)
{
  if (self->pid != 0 && waitpid (self->pid, NULL, WNOHANG) == self->pid)
    self->pid = 0;
  return self->pid == 0;
}

/* @servers with the preamble before it and real ports and folder in it. */
static char *
configure (LfTestNginx *self, const char *servers)
{
  GString *text = g_string_new (CONFIGURATION);

  g_string_append_printf (text, "%s\n}\n", servers);
  for (guint i = 0; i < G_N_ELEMENTS (self->ports); i++)
    {
      g_autofree char *place = g_strdup_printf ("@PORT%u@", i);
      g_autofree char *port = g_strdup_printf ("%u", self->ports[i] = lf_test_choose_port ());

      g_string_replace (text, place, port, 0);
    }
  g_string_replace (text, "@DIR@", self->folder, 0);
  return g_string_free (text, FALSE);
}

static gboolean
launch (LfTestNginx *self, const char *program, const char *servers)
{
  g_autofree char *configuration = configure (self, servers);
  g_autofree char *path = g_build_filename (self->folder, "nginx.conf", NULL);
  g_autofree char *errors = g_build_filename (self->folder, "error.log", NULL);
  const char *const argv[] = { program, "-p", self->folder, "-e", errors, "-c", path, NULL };
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, configuration, -1, &error);
  g_assert_no_error (error);
  g_spawn_async (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, lf_test_die_with_parent,
                 NULL, &self->pid, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 1500 && !has_ended (self); i++)
    {
      if (lf_test_answers (self->ports[0]))
        {
          g_free (self->url);
          self->url = g_strdup_printf ("http://127.0.0.1:%u/", self->ports[0]);
          return TRUE;
        }
      g_usleep (20 * 1000);
    }
  return FALSE;
}

static char *
find_program (void)
{
  char *program = g_find_program_in_path ("nginx");

  if (program == NULL && g_file_test ("/usr/sbin/nginx", G_FILE_TEST_IS_EXECUTABLE))
    program = g_strdup ("/usr/sbin/nginx");
  return program;
}

LfTestNginx *
lf_test_nginx_start_servers (const char *servers, void (*prepare) (const char *folder))
{
  g_autofree char *program = find_program ();
  LfTestNginx *self;

  if (program == NULL)
    {
      g_test_skip ("there is no nginx on this machine");
      return NULL;
    }
  self = g_new0 (LfTestNginx, 1);
  self->folder = g_dir_make_tmp ("lf-test-nginx-XXXXXX", NULL);
  g_assert_nonnull (self->folder);
  if (prepare != NULL)
    prepare (self->folder);
  /* The port may have been taken between the look and the start. */
  for (guint i = 0; i < 5; i++)
    if (launch (self, program, servers))
      return self;
  g_error ("nginx does not start; see %s/error.log", self->folder);
}

LfTestNginx *
lf_test_nginx_start (const char *server)
{
  g_autofree char *servers =
      g_strdup_printf ("server { listen 127.0.0.1:@PORT0@ backlog=2048; %s }", server);

  return lf_test_nginx_start_servers (servers, NULL);
}

void
lf_test_nginx_signal (LfTestNginx *self, int signal)
{
  g_assert_cmpint (kill (self->pid, signal), ==, 0);
}

static void
end (LfTestNginx *self, int signal)
{
  if (has_ended (self))
    return;
  kill (self->pid, signal);
  kill (self->pid, SIGCONT);
  waitpid (self->pid, NULL, 0);
  self->pid = 0;
}

void
lf_test_nginx_free (LfTestNginx *self)
{
  end (self, SIGKILL);
  lf_test_remove_folder (self->folder);
  g_free (self->folder);
  g_free (self->url);
  g_free (self);
}

LfTestNginxCounts
lf_test_nginx_stop (LfTestNginx *self)
{
  LfTestNginxCounts counts = { 0 };
  g_autofree char *path = g_build_filename (self->folder, "access.log", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GHashTable) connections = g_hash_table_new (g_direct_hash, g_direct_equal);
  char *at;

  end (self, SIGTERM);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  for (at = text; *at != '\0'; at++) /* each number ends where the next one begins */
    {
      counts.requests++;
      counts.answered += g_ascii_strtoull (at, &at, 10) == 200;
      g_hash_table_add (connections, GSIZE_TO_POINTER (g_ascii_strtoull (at, &at, 10)));
      counts.received += g_ascii_strtoull (at, &at, 10);
      counts.sent += g_ascii_strtoull (at, &at, 10);
      g_assert_cmpint (*at, ==, '\n');
    }
  counts.connections = g_hash_table_size (connections);
  return counts;
}
