#include "config.h"

#include "lf-command.h"

#include "lf-error.h"
#include "lf-scheduler.h"
#include "lf-own-certificate.h"
#include "lf-server.h"
#include "lf-settings-env.h"
#include "lf-signals.h"
#include "lf-store-access.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <stdio.h>

typedef struct
{
  char *store;
  char *listen;
  char *tls_cert;
  char *tls_key;
  gboolean self_signed;
  gboolean insecure;
  gboolean require_token;
  char **hosts;
  char **targets;
} Wish;

/* The server at work, until a signal ends it. */
typedef struct
{
  LfServer *server;
  LfRunManager *runs;
  LfScheduler *scheduler;
  GMainLoop *loop;
  gboolean ending;
} Service;

static void
wish_clear (Wish *wish)
{
  g_free (wish->store);
  g_free (wish->listen);
  g_free (wish->tls_cert);
  g_free (wish->tls_key);
  g_strfreev (wish->hosts);
  g_strfreev (wish->targets);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Wish, wish_clear)

static void
stop_runs (Service *service)
{
  GListModel *active = lf_run_manager_get_active (service->runs);

  for (guint i = g_list_model_get_n_items (active); i > 0; i--)
    {
      g_autoptr (LfActiveRun) run = g_list_model_get_item (active, i - 1);

      lf_active_run_stop (run);
    }
}

static void
end_when_idle (Service *service)
{
  if (service->ending && g_list_model_get_n_items (lf_run_manager_get_active (service->runs)) == 0)
    g_main_loop_quit (service->loop);
}

/* Runs end first, so that who watches sees that; a second signal cuts them off. */
static gboolean
signal_cb (gpointer user_data)
{
  Service *service = user_data;
  guint n = g_list_model_get_n_items (lf_run_manager_get_active (service->runs));

  if (!service->ending && n > 0)
    fprintf (stderr,
             ngettext ("Ending %u run; once more stops it at once\n",
                       "Ending %u runs; once more stops them at once\n", n),
             n);
  service->ending = TRUE;
  lf_server_close_runs (service->server);
  lf_scheduler_stop (service->scheduler);
  stop_runs (service);
  end_when_idle (service);
  return G_SOURCE_CONTINUE;
}

static void
active_changed_cb (Service *service, guint position, guint removed, guint added)
{
  if (service->ending && added > 0) /* it was being started when the signal came */
    stop_runs (service);
  end_when_idle (service);
}

static void
audit_cb (LfServer *server, const char *line, gpointer user_data)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");

  fprintf (stderr, "%s %s\n", time, line);
}

static void
serve (Service *service)
{
  GListModel *active = lf_run_manager_get_active (service->runs);
  guint signals[] = { lf_signals_add_unless_ignored (SIGINT, signal_cb, service),
                      g_unix_signal_add (SIGTERM, signal_cb, service),
                      lf_signals_add_unless_ignored (SIGHUP, signal_cb, service) };

  g_signal_connect_swapped (active, "items-changed", G_CALLBACK (active_changed_cb), service);
  g_signal_connect (service->server, "audit", G_CALLBACK (audit_cb), NULL);
  g_signal_connect_object (service->server, "store-changed", G_CALLBACK (lf_scheduler_look),
                           service->scheduler, G_CONNECT_SWAPPED);
  lf_scheduler_start (service->scheduler);
  printf ("%s\n", lf_server_get_url (service->server));
  fflush (stdout);
  fprintf (stderr, _ ("Serving at %s; Ctrl+C ends it.\n"), lf_server_get_url (service->server));
  g_main_loop_run (service->loop);
  g_signal_handlers_disconnect_by_data (active, service);
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_clear_handle_id (&signals[i], g_source_remove);
}

static int
fail (GError *error)
{
  gboolean busy = g_error_matches (error, LF_ERROR, LF_ERROR_BUSY);
  int code = lf_command_fail (error);

  g_error_free (error);
  return busy ? LF_EXIT_BUSY : code;
}

static int
serve_workspace (LfWorkspace *workspace, const LfServerOptions *options)
{
  GError *error = NULL;
  g_autoptr (LfServer) server = lf_server_start (workspace, options, &error);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (LfScheduler) scheduler =
      lf_scheduler_new (lf_workspace_get_store (workspace), lf_workspace_get_runs (workspace));
  Service service = { server, lf_workspace_get_runs (workspace), scheduler, loop, FALSE };

  if (server == NULL)
    return fail (error);
  serve (&service);
  lf_server_stop (server);
  return LF_EXIT_PASSED;
}

/* Where to listen: the option, else $PORT on loopback, else the usual port. (transfer full) */
static char *
choose_address (const Wish *wish, GError **error)
{
  g_autofree char *folder = g_get_current_dir ();
  g_autoptr (LfSettingsEnv) settings = NULL;

  if (wish->listen != NULL)
    return g_strdup (wish->listen);
  settings = lf_settings_env_read (folder, error);
  if (settings == NULL)
    return NULL;
  return g_strdup_printf ("127.0.0.1:%u", settings->port > 0 ? settings->port : LF_SERVER_PORT);
}

/* With a certificate of our own where that is asked for, whose fingerprint is told. */
static gboolean
choose_certificate (Wish *wish, GError **error)
{
  g_autofree char *fingerprint = NULL;

  if (!wish->self_signed)
    return TRUE;
  if (wish->tls_cert != NULL)
    {
      g_set_error_literal (error, LF_ERROR, LF_ERROR_VALUE,
                           _ ("--tls-self-signed and --tls-cert name two certificates; take one"));
      return FALSE;
    }
  wish->tls_cert = lf_own_certificate_ensure (error);
  fingerprint = wish->tls_cert != NULL ? lf_own_certificate_fingerprint (wish->tls_cert) : NULL;
  if (fingerprint != NULL)
    fprintf (stderr, _ ("Certificate: %s, SHA-256 %s\n"), wish->tls_cert, fingerprint);
  return wish->tls_cert != NULL;
}

static int
carry_out (const LfCommand *self, Wish *wish)
{
  GError *error = NULL;
  g_autofree char *address =
      choose_certificate (wish, &error) ? choose_address (wish, &error) : NULL;
  LfServerOptions options = { .listen = address,
                              .tls_cert = wish->tls_cert,
                              .tls_key = wish->tls_key,
                              .insecure = wish->insecure,
                              .require_token = wish->require_token,
                              .hosts = (const char *const *) wish->hosts,
                              .targets = (const char *const *) wish->targets };
  LfWorkspace *workspace;
  int code;

  if (address == NULL)
    return lf_command_fail_usage (self, error);
  if (g_strcmp0 (wish->store, "none") == 0)
    return lf_command_fail_usage (
        self, g_error_new_literal (LF_ERROR, LF_ERROR_VALUE,
                                   _ ("--store none keeps nothing to serve; name a store")));
  workspace = lf_store_access_open (wish->store, NULL, &error);
  if (workspace == NULL)
    return fail (error);
  code = serve_workspace (workspace, &options);
  lf_store_access_close (workspace);
  return code;
}

static int
run_serve (const LfCommand *self, char **words)
{
  g_auto (Wish) wish = { 0 };
  const GOptionEntry entries[] = {
    LF_COMMAND_STORE_ENTRY (&wish.store),
    { "listen", 0, 0, G_OPTION_ARG_FILENAME, &wish.listen,
      N_ ("Where to listen (127.0.0.1, port $PORT or 8090); port 0 takes a free one"),
      N_ ("ADDRESS:PORT") },
    { "tls-cert", 0, 0, G_OPTION_ARG_FILENAME, &wish.tls_cert,
      N_ ("Certificate for HTTPS, a PEM file"), N_ ("FILE") },
    { "tls-key", 0, 0, G_OPTION_ARG_FILENAME, &wish.tls_key,
      N_ ("Its key, where that is not in the same file"), N_ ("FILE") },
    { "tls-self-signed", 0, 0, G_OPTION_ARG_NONE, &wish.self_signed,
      N_ ("HTTPS with a certificate of its own, made when it is first needed"), NULL },
    { "require-token", 0, 0, G_OPTION_ARG_NONE, &wish.require_token,
      N_ ("Ask for a token also on this computer"), NULL },
    { "insecure", 0, 0, G_OPTION_ARG_NONE, &wish.insecure,
      N_ ("Let everybody who reaches the address read and start runs, unencrypted"), NULL },
    { "allow-host", 0, 0, G_OPTION_ARG_STRING_ARRAY, &wish.hosts,
      N_ ("Another name that this computer is reached by; may be given several times"),
      N_ ("NAME") },
    { "allow-target", 0, 0, G_OPTION_ARG_STRING_ARRAY, &wish.targets,
      N_ ("A host that runs may reach, and no other; may be given several times"),
      N_ ("HOST[:PORT]") },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) arguments = NULL;
  int code = lf_command_parse (self, entries, words, &arguments);

  return code == LF_COMMAND_GO_ON ? carry_out (self, &wish) : code;
}

const LfCommand lf_command_serve = {
  .name = "serve",
  .summary = N_ ("Serve specs and runs to browsers and programs"),
  .help = N_ (
      "It answers on this computer only, unless --listen says otherwise; other computers need\n"
      "HTTPS and a token (“token new”). The first line on standard output is its URL. The API is\n"
      "described at /api/openapi.json. With --allow-target redirects are not followed: they could\n"
      "lead to other hosts.\n"
      "\n"
      "Examples:\n"
      "  loadforge-cli serve\n"
      "  loadforge-cli serve --listen 0.0.0.0:8090 --tls-cert cert.pem --tls-key key.pem\n"
      "  loadforge-cli serve --listen 0.0.0.0:8090 --tls-self-signed\n"
      "  loadforge-cli serve --allow-target staging.example.org --allow-target '*.test'\n"
      "\n"
      "Exit codes: 0 ended by Ctrl+C or SIGTERM, when its runs have ended, 104 wrong usage,\n"
      "106 the port is in use, 107 the store cannot be used."),
  .run = run_serve,
};
