#include "config.h"

#include "lf-command.h"

#include "lf-await.h"
#include "lf-format-option.h"
#include "lf-kept-words.h"
#include "lf-report.h"
#include "lf-run-source.h"
#include "lf-store-access.h"
#include "lf-text.h"

#include <glib/gi18n.h>
#include <stdio.h>

typedef struct
{
  const char *word;
  gboolean log;
  int format;
} Wish;

static const char *const formats[] = { "text", "json", NULL };

static void
print_fact (const char *name, const char *text)
{
  g_autofree char *clean = lf_text_clean (text != NULL ? text : "");

  if (*clean != '\0')
    printf ("  %-24s %s\n", name, clean);
}

static void
print_run (const LfRun *run)
{
  g_autofree char *started = lf_text_time (run->started_at);
  g_autofree char *ended = lf_text_time (run->ended_at);

  print_fact (_ ("run"), run->id);
  print_fact (_ ("spec"), run->spec_name);
  print_fact (_ ("status"), lf_run_status_words[run->status]);
  print_fact (_ ("started"), started);
  print_fact (_ ("ended"), ended);
  print_fact (_ ("host"), run->host);
  print_fact (_ ("notes"), run->notes);
  if (run->summary != NULL)
    {
      g_autofree char *text = lf_report_summary_text (run->summary);

      fputs (text, stdout);
    }
  else if (run->progress != NULL)
    printf (_ ("\n  %.0f s so far: %.0f requests, %.0f failed\n"), run->progress->elapsed,
            (double) run->progress->requests, (double) run->progress->failed);
}

static void
print_line (const LfLogLine *line)
{
  g_autofree char *time = lf_text_time (line->time);
  g_autofree char *shown = lf_kept_words (line->message != NULL ? line->message : "");
  g_autofree char *message = lf_text_clean (shown);

  printf ("%s  %-5s  %s", time, lf_log_level_words[line->level], message);
  if (line->count > 1)
    printf (" (%.0f×)", (double) line->count);
  putchar ('\n');
}

static gboolean
print_log (LfStore *store, const LfRun *run, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) lines = NULL;

  lf_store_list_logs_async (store, run->id, 0, 0, NULL, lf_await_cb, &result);
  lines = lf_store_list_logs_finish (store, lf_await (&result), error);
  if (lines == NULL)
    return FALSE;
  putchar ('\n');
  for (guint i = 0; i < lines->len; i++)
    print_line (lines->pdata[i]);
  return TRUE;
}

static gboolean
show (LfStore *store, gpointer data, GError **error)
{
  const Wish *wish = data;
  g_autoptr (LfRun) run = lf_run_source_find (store, wish->word, error);

  if (run == NULL)
    return FALSE;
  if (wish->format == 0)
    {
      print_run (run);
      return !wish->log || print_log (store, run, error);
    }
  else
    {
      g_autofree char *text = lf_record_to_text (run, TRUE);

      printf ("%s\n", text);
      return TRUE;
    }
}

static int
run_show (const LfCommand *self, char **words)
{
  g_autofree char *store = NULL;
  g_autofree char *format = NULL;
  Wish wish = { 0 };
  const GOptionEntry entries[] = {
    LF_COMMAND_STORE_ENTRY (&store),
    { "log", 0, 0, G_OPTION_ARG_NONE, &wish.log, N_ ("With the lines of its console"), NULL },
    { "format", 0, 0, G_OPTION_ARG_FILENAME, &format, N_ ("text or json (text)"), N_ ("FORMAT") },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) arguments = NULL;
  GError *error = NULL;
  int code = lf_command_parse (self, entries, words, &arguments);

  if (code != LF_COMMAND_GO_ON)
    return code;
  wish.word = arguments[0];
  wish.format = lf_format_option_read (format, formats, &error);
  if (wish.format < 0)
    return lf_command_fail_usage (self, error);
  return lf_store_access_do (store, show, &wish);
}

const LfCommand lf_command_runs_show = {
  .name = "runs show",
  .arguments = N_ ("ID|last"),
  .least = 1,
  .most = 1,
  .summary = N_ ("Print the summary of a run"),
  .help = N_ ("Examples:\n"
              "  loadforge-cli runs show last\n"
              "  loadforge-cli runs show last --log\n"
              "  loadforge-cli runs show 6567f0a1b2c3d4e5f6a7b8c9 --format json"),
  .run = run_show,
};
