#include "config.h"

#include "lf-command.h"

#include "lf-error.h"
#include "lf-number.h"
#include "lf-signals.h"
#include "lf-target.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <stdio.h>

#define LONGEST_DELAY 3600000 /* ms */

typedef struct
{
  char *listen;
  char *delay;
  char *jitter;
  char *error_rate;
} Texts;

static gboolean
read_options (const Texts *texts, LfTargetOptions *options, GError **error)
{
  double delay = 0, jitter = 0;

  options->address = texts->listen != NULL ? texts->listen : "127.0.0.1:8080";
  if (!lf_number_read ("--delay", texts->delay, 0, LONGEST_DELAY, &delay, error) ||
      !lf_number_read ("--jitter", texts->jitter, 0, LONGEST_DELAY, &jitter, error) ||
      !lf_number_read_share ("--error-rate", texts->error_rate, &options->error_rate, error))
    return FALSE;
  options->delay_ms = (guint) (delay + 0.5);
  options->jitter_ms = (guint) (jitter + 0.5);
  return TRUE;
}

static gboolean
signal_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

static void
print_counts (LfTarget *target)
{
  LfTargetCounts counts = lf_target_get_counts (target);
  g_autofree char *size = g_format_size (counts.bytes_received);

  fprintf (stderr, _ ("Answered %.0f requests on %.0f connections; their bodies had %s.\n"),
           (double) counts.requests, (double) counts.connections, size);
}

static void
serve (LfTarget *target)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autofree char *url = lf_target_get_url (target);
  guint interrupt = lf_signals_add_unless_ignored (SIGINT, signal_cb, loop);
  guint terminate = g_unix_signal_add (SIGTERM, signal_cb, loop);

  printf ("%s\n", url);
  fflush (stdout);
  fprintf (stderr, _ ("Answering at %s/anything with what was sent; Ctrl+C stops it.\n"), url);
  g_main_loop_run (loop);
  g_clear_handle_id (&interrupt, g_source_remove);
  g_source_remove (terminate);
}

static int
run_target (const LfCommand *self, char **words)
{
  g_autofree char *listen = NULL;
  g_autofree char *delay = NULL;
  g_autofree char *jitter = NULL;
  g_autofree char *error_rate = NULL;
  const GOptionEntry entries[] = {
    { "listen", 0, 0, G_OPTION_ARG_FILENAME, &listen,
      N_ ("Where to listen (127.0.0.1:8080); port 0 takes a free one"), N_ ("ADDRESS:PORT") },
    { "delay", 0, 0, G_OPTION_ARG_FILENAME, &delay, N_ ("Wait that long before each answer"),
      N_ ("MS") },
    { "jitter", 0, 0, G_OPTION_ARG_FILENAME, &jitter,
      N_ ("Make the delay up to that much longer or shorter"), N_ ("MS") },
    { "error-rate", 0, 0, G_OPTION_ARG_FILENAME, &error_rate,
      N_ ("Answer that share of requests with 500: 0.05 or 5%"), N_ ("P") },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) arguments = NULL;
  g_autoptr (LfTarget) target = NULL;
  LfTargetOptions options = { 0 };
  GError *error = NULL;
  int code = lf_command_parse (self, entries, words, &arguments);

  if (code != LF_COMMAND_GO_ON)
    return code;
  if (!read_options (&(Texts){ listen, delay, jitter, error_rate }, &options, &error))
    return lf_command_fail_usage (self, error);
  target = lf_target_start (&options, &error);
  if (target == NULL)
    {
      gboolean busy = g_error_matches (error, LF_ERROR, LF_ERROR_BUSY);

      lf_command_tell (error->message);
      g_error_free (error);
      return busy ? LF_EXIT_BUSY : LF_EXIT_USAGE;
    }
  serve (target);
  print_counts (target);
  return LF_EXIT_PASSED;
}

const LfCommand lf_command_target = {
  .name = "target",
  .summary = N_ ("Serve answers to try load on"),
  .help =
      N_ ("It answers every request: /anything with method, path, headers, length and SHA-256\n"
          "of the body as JSON, any other path with a short text. The first line on standard\n"
          "output is its URL.\n"
          "\n"
          "Examples:\n"
          "  loadforge-cli target\n"
          "  loadforge-cli target --listen 127.0.0.1:0 --delay 20 --jitter 5 --error-rate 1%\n"
          "\n"
          "Exit codes: 0 stopped by Ctrl+C or SIGTERM, 104 wrong usage, 106 the port is in use."),
  .run = run_target,
};
