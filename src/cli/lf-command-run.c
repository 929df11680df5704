#include "config.h"

#include "lf-command.h"

#include "lf-error.h"
#include "lf-load-options.h"
#include "lf-number.h"
#include "lf-redact.h"
#include "lf-run-results.h"
#include "lf-run-session.h"
#include "lf-spec-files.h"
#include "lf-spec-source.h"
#include "lf-store-access.h"

#include <glib/gi18n.h>
#include <signal.h>
#include <stdio.h>

typedef struct
{
  LfLoadOptions load;
  LfRunPaths paths;
  char *workers;
  char *store;
  gboolean quiet;
  gboolean fail_on_saturation;
} Options;

static void
options_clear (Options *self)
{
  char *texts[] = { self->load.url,      self->load.method,   self->load.users,
                    self->load.ramp_up,  self->load.steady,   self->load.ramp_down,
                    self->load.rate,     self->load.duration, self->load.max_users,
                    self->paths.summary, self->paths.csv,     self->paths.samples,
                    self->workers,       self->store };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static int
parse (const LfCommand *self, char **words, Options *options, char ***arguments)
{
  const GOptionEntry entries[] = {
    { "url", 0, 0, G_OPTION_ARG_FILENAME, &options->load.url,
      N_ ("Send to this URL, in place of the spec's"), N_ ("URL") },
    { "method", 0, 0, G_OPTION_ARG_FILENAME, &options->load.method,
      N_ ("Send with this method (GET)"), N_ ("METHOD") },
    { "users", 0, 0, G_OPTION_ARG_FILENAME, &options->load.users,
      N_ ("So many users at once, each sending one request after the other (10)"), N_ ("N") },
    { "ramp-up", 0, 0, G_OPTION_ARG_FILENAME, &options->load.ramp_up,
      N_ ("Seconds from no user to all (0)"), N_ ("S") },
    { "steady", 0, 0, G_OPTION_ARG_FILENAME, &options->load.steady,
      N_ ("Seconds with all users (30)"), N_ ("S") },
    { "ramp-down", 0, 0, G_OPTION_ARG_FILENAME, &options->load.ramp_down,
      N_ ("Seconds from all users to none (0)"), N_ ("S") },
    { "rate", 0, 0, G_OPTION_ARG_FILENAME, &options->load.rate,
      N_ ("In place of users: start so many requests per second, however long answers take"),
      N_ ("R") },
    { "duration", 0, 0, G_OPTION_ARG_FILENAME, &options->load.duration,
      N_ ("Seconds at that rate (30)"), N_ ("S") },
    { "max-users", 0, 0, G_OPTION_ARG_FILENAME, &options->load.max_users,
      N_ ("At most so many requests at once to keep the rate (100)"), N_ ("N") },
    { "workers", 0, 0, G_OPTION_ARG_FILENAME, &options->workers,
      N_ ("Send from so many threads (as many as the load needs and the cores allow)"), N_ ("N") },
    { "store", 0, 0, G_OPTION_ARG_FILENAME, &options->store,
      N_ ("Keep the run there: sqlite:PATH, mongodb://HOST/DATABASE, or none"), N_ ("URI") },
    { "summary", 0, 0, G_OPTION_ARG_FILENAME, &options->paths.summary,
      N_ ("Write the summary as JSON; - is standard output"), N_ ("FILE") },
    { "csv", 0, 0, G_OPTION_ARG_FILENAME, &options->paths.csv,
      N_ ("Write a line per second and step as CSV"), N_ ("FILE") },
    { "samples", 0, 0, G_OPTION_ARG_FILENAME, &options->paths.samples,
      N_ ("Write the run and all its samples as JSON"), N_ ("FILE") },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &options->quiet,
      N_ ("Print no live line and no summary, only errors and what was asked for as -"), NULL },
    { "fail-on-saturation", 0, 0, G_OPTION_ARG_NONE, &options->fail_on_saturation,
      N_ ("Exit with 111 where this machine, not the target, was the limit"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  return lf_command_parse (self, entries, words, arguments);
}

/* The spec that was named, or a new one for --url. */
static LfSpec *
get_spec (const Options *options,
          const char *word,
          LfStore *store,
          GHashTable *contents,
          GCancellable *cancellable,
          GError **error)
{
  g_autoptr (LfSpec) spec = NULL;
  g_autofree char *folder = NULL;

  if (word == NULL)
    {
      spec = lf_load_options_new_spec ();
      spec->name = lf_redact_url (options->load.url);
    }
  else if (lf_spec_source_is_file (word) || store == NULL)
    {
      spec = lf_spec_source_read (word, &folder, error);
      if (spec == NULL)
        return NULL;
    }
  else
    spec = lf_spec_source_find (store, word, cancellable, error);
  if (spec == NULL || !lf_load_options_apply (&options->load, spec, error))
    return NULL;
  if (folder != NULL && !lf_spec_files_read (spec, folder, contents, error))
    return NULL;
  return g_steal_pointer (&spec);
}

static int
choose_exit_code (const LfRun *run, gboolean kept)
{
  int code = (int) run->summary->exit_code;

  return code == LF_EXIT_PASSED && !kept ? LF_EXIT_UNREACHABLE : code;
}

static void
tell_where (const LfRun *run, LfStore *store)
{
  if (store != NULL)
    fprintf (stderr, _ ("\nKept in %s; “loadforge-cli runs show %s” shows it again.\n"),
             lf_store_get_name (store), run->id);
}

static int
run_in (LfRunSession *session,
        LfWorkspace *workspace,
        const Options *options,
        const char *word,
        LfRunOptions *run_options,
        LfRunResults *results,
        GError **error)
{
  LfStore *store = lf_workspace_get_store (workspace);
  g_autoptr (LfSpec) spec = NULL;
  g_autoptr (LfActiveRun) active = NULL;
  gboolean kept;

  spec = get_spec (options, word, store, run_options->attachments,
                   lf_run_session_get_cancellable (session), error);
  if (spec == NULL)
    return LF_COMMAND_GO_ON;
  active =
      lf_run_session_run (session, lf_workspace_get_runs (workspace), spec, run_options, error);
  if (active == NULL)
    return LF_COMMAND_GO_ON;
  kept = lf_run_session_is_kept (session);
  if (!lf_run_results_write (results, lf_active_run_get_run (active),
                             lf_active_run_get_samples (active), error))
    return LF_COMMAND_GO_ON;
  if (!options->quiet && kept)
    tell_where (lf_active_run_get_run (active), store);
  return choose_exit_code (lf_active_run_get_run (active), kept);
}

static int
start (const Options *options, const char *word, LfRunOptions *run_options, GError **error)
{
  g_autoptr (LfRunSession) session = lf_run_session_new (options->quiet);
  g_autoptr (LfRunResults) results = lf_run_results_open (&options->paths, options->quiet, error);
  LfWorkspace *workspace;
  int code;

  if (results == NULL)
    return LF_COMMAND_GO_ON;
  workspace =
      lf_store_access_open (options->store, lf_run_session_get_cancellable (session), error);
  if (workspace == NULL)
    return LF_COMMAND_GO_ON;
  code = run_in (session, workspace, options, word, run_options, results, error);
  lf_store_access_close (workspace);
  return code;
}

static gboolean
check_usage (const Options *options, const char *word, gint64 *workers, GError **error)
{
  if (word == NULL && options->load.url == NULL)
    {
      g_set_error_literal (error, LF_ERROR, LF_ERROR_VALUE,
                           _ ("Name what to run: a spec, or --url"));
      return FALSE;
    }
  return lf_number_read_whole ("--workers", options->workers, 1, 1024, workers, error);
}

static int
run_run (const LfCommand *self, char **words)
{
  g_auto (Options) options = { 0 };
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GHashTable) contents =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  LfRunOptions run_options = { .attachments = contents };
  g_autoptr (GError) error = NULL;
  gint64 workers = 0;
  int code = parse (self, words, &options, &arguments);

  if (code != LF_COMMAND_GO_ON)
    return code;
  if (!check_usage (&options, arguments[0], &workers, &error))
    return lf_command_fail_usage (self, g_steal_pointer (&error));
  /* A target that hangs up is an error to count, and a reader that does so no reason to lose a run.
   */
  signal (SIGPIPE, SIG_IGN);
  run_options.workers = (guint) workers;
  run_options.fail_on_saturation = options.fail_on_saturation;
  code = start (&options, arguments[0], &run_options, &error);
  return error != NULL ? lf_command_fail (error) : code;
}

const LfCommand lf_command_run = {
  .name = "run",
  .arguments = N_ ("[SPEC.json|NAME|ID]"),
  .most = 1,
  .summary = N_ ("Run a spec, or put load on a URL, and print how it went"),
  .help = N_ (
      "The spec is a file, or the name or id of a spec in the store; without one, --url says\n"
      "where to send. Seconds may have units: 90, 1m30s, 500ms. A line per second goes to\n"
      "standard error, the summary to standard output. Ctrl+C lets the requests under way end;\n"
      "a second one stops at once. The run is kept in $MONGO_URI or else in LoadForge's own\n"
      "database, where the desktop application shows it, too.\n"
      "\n"
      "Examples:\n"
      "  loadforge-cli run --url http://127.0.0.1:8080/anything --users 20 --steady 10\n"
      "  loadforge-cli run checkout.loadforge.json --users 200 --ramp-up 30 --steady 5m\n"
      "  loadforge-cli run --url https://example.org/ --rate 50 --duration 60 --csv seconds.csv\n"
      "  loadforge-cli run Checkout --store none --quiet --summary - | jq .latency.duration.p95\n"
      "\n"
      "Exit codes: 0 passed, 104 bad spec or usage, 105 stopped by a signal, 107 the target gave\n"
      "no answer or the store cannot be used, 111 saturated (with --fail-on-saturation)."),
  .run = run_run,
};
