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

/* One run on its way. */
typedef struct
{
  const Options *options;
  const char *word; /* what names the spec; NULL: --url does */
  gboolean in_file; /* that it is a file */
  gint64 workers;
  LfSpec *spec;
  GHashTable *contents; /* of files beside the spec */
  LfRunSession *session;
  LfRunResults *results;
} Launch;

static void
launch_clear (Launch *self)
{
  g_clear_pointer (&self->spec, lf_spec_free);
  g_clear_pointer (&self->contents, g_hash_table_unref);
  g_clear_pointer (&self->session, lf_run_session_free);
  g_clear_pointer (&self->results, lf_run_results_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Launch, launch_clear)

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

/* The spec in a file, or one for --url; *folder: where its files lie, NULL for --url. */
static LfSpec *
read_spec (Launch *launch, char **folder, GError **error)
{
  LfSpec *spec;

  if (launch->word != NULL)
    return lf_spec_source_read (launch->word, folder, error);
  spec = lf_load_options_new_spec ();
  spec->name = lf_redact_url (launch->options->load.url);
  return spec;
}

/* What needs no store is read before it is opened: a mistake is told at once. */
static gboolean
prepare_spec (Launch *launch, GError **error)
{
  g_autofree char *folder = NULL;

  launch->in_file = launch->word != NULL && (g_strcmp0 (launch->options->store, "none") == 0 ||
                                             lf_spec_source_is_file (launch->word));
  if (launch->word != NULL && !launch->in_file)
    return TRUE;
  launch->spec = read_spec (launch, &folder, error);
  if (launch->spec == NULL || !lf_load_options_apply (&launch->options->load, launch->spec, error))
    return FALSE;
  if (folder == NULL || lf_spec_files_read (launch->spec, folder, launch->contents, error))
    return TRUE;
  g_prefix_error (error, "%s: ", launch->word);
  return FALSE;
}

static gboolean
ensure_spec (Launch *launch, LfStore *store, GError **error)
{
  if (launch->spec != NULL)
    return TRUE;
  launch->spec = lf_spec_source_find (store, launch->word,
                                      lf_run_session_get_cancellable (launch->session), error);
  return launch->spec != NULL &&
         lf_load_options_apply (&launch->options->load, launch->spec, error);
}

static LfActiveRun *
run_spec (Launch *launch, LfRunManager *runs, GError **error)
{
  LfRunOptions options = {
    .workers = (guint) launch->workers,
    .attachments = launch->contents,
    .fail_on_saturation = launch->options->fail_on_saturation,
  };
  LfActiveRun *run = lf_run_session_run (launch->session, runs, launch->spec, &options, error);

  if (run == NULL && launch->in_file)
    g_prefix_error (error, "%s: ", launch->word);
  return run;
}

/* What lies on this computer is told even to who asked for quiet: it waits for somebody. */
static void
tell_spilled (LfStore *store)
{
  g_autofree char *text =
      g_strdup_printf (_ ("the run is kept on this computer only; once the store is back, "
                          "“loadforge-cli runs upload --store %s” brings it there"),
                       lf_store_get_name (store));

  lf_command_tell (text);
}

static void
tell_waiting (LfSpill *spill)
{
  guint n = spill != NULL ? lf_spill_get_n_runs (spill) : 0;

  if (n > 0)
    fprintf (stderr,
             ngettext ("%u run waits on this computer; “loadforge-cli runs upload” brings it into "
                       "the store.\n",
                       "%u runs wait on this computer; “loadforge-cli runs upload” brings them "
                       "into the store.\n",
                       n),
             n);
}

static void
tell_where (const LfRun *run, LfStore *store)
{
  fprintf (stderr, _ ("\nKept in %s; “loadforge-cli runs show %s” shows it again.\n"),
           lf_store_get_name (store), run->id);
}

static void
tell_kept (Launch *launch, LfWorkspace *workspace, LfActiveRun *active)
{
  LfStore *store = lf_workspace_get_store (workspace);

  if (lf_active_run_has_spilled (active))
    tell_spilled (store);
  else if (!launch->options->quiet && store != NULL && lf_run_session_is_kept (launch->session))
    {
      tell_where (lf_active_run_get_run (active), store);
      tell_waiting (lf_workspace_get_spill (workspace));
    }
}

/* Answers with the exit code, which counts where @error is not set. */
static int
run_in (Launch *launch, LfWorkspace *workspace, GError **error)
{
  LfStore *store = lf_workspace_get_store (workspace);
  gboolean kept;
  const LfRun *run;
  g_autoptr (LfActiveRun) active = NULL;

  if (ensure_spec (launch, store, error))
    active = run_spec (launch, lf_workspace_get_runs (workspace), error);
  if (active == NULL)
    return LF_EXIT_USAGE;
  run = lf_active_run_get_run (active);
  kept = lf_run_session_is_kept (launch->session) && !lf_active_run_has_spilled (active);
  lf_run_results_print (launch->results, run);
  tell_kept (launch, workspace, active);
  lf_run_session_release_signals (launch->session);
  lf_run_results_write (launch->results, active, error);
  return run->summary->exit_code == LF_EXIT_PASSED && !kept ? LF_EXIT_UNREACHABLE
                                                            : (int) run->summary->exit_code;
}

static int
launch_run (Launch *launch, GError **error)
{
  GCancellable *cancellable = lf_run_session_get_cancellable (launch->session);
  LfWorkspace *workspace = NULL;
  int code;

  launch->results = lf_run_results_open (&launch->options->paths, launch->options->quiet, error);
  if (launch->results != NULL && prepare_spec (launch, error))
    workspace = lf_store_access_open (launch->options->store, cancellable, error);
  if (workspace == NULL)
    return LF_EXIT_USAGE;
  code = run_in (launch, workspace, error);
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
  g_auto (Launch) launch = { .options = &options };
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GError) error = NULL;
  int code = parse (self, words, &options, &arguments);

  if (code != LF_COMMAND_GO_ON)
    return code;
  launch.word = arguments[0];
  if (!check_usage (&options, launch.word, &launch.workers, &error))
    return lf_command_fail_usage (self, g_steal_pointer (&error));
  /* A target that hangs up is an error to count, and a reader that does so no reason to lose a run.
   */
  signal (SIGPIPE, SIG_IGN);
  launch.session = lf_run_session_new (options.quiet);
  launch.contents =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  code = launch_run (&launch, &error);
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
