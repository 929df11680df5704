#include "config.h"

#include "lf-command.h"
#include "lf-locale.h"
#include "lf-version.h"

#include <fcntl.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const LfCommand *const commands[] = {
  &lf_command_run,          &lf_command_target,      &lf_command_specs_list,
  &lf_command_specs_show,   &lf_command_specs_add,   &lf_command_specs_delete,
  &lf_command_runs_list,    &lf_command_runs_show,   &lf_command_runs_export,
  &lf_command_runs_compare, &lf_command_runs_upload, &lf_command_store_check,
  &lf_command_store_copy,   &lf_command_store_prune, &lf_command_serve,
  &lf_command_token_new,    &lf_command_token_list,  &lf_command_token_revoke,
};

static void
print_help (FILE *stream)
{
  fputs (_ ("Puts load on HTTP servers and tells how they answer.\n"
            "\n"
            "Usage:\n"
            "  loadforge-cli COMMAND [OPTION…] [ARGUMENT…]\n"
            "\n"
            "Commands:\n"),
         stream);
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    fprintf (stream, "  %-14s %s\n", commands[i]->name, _ (commands[i]->summary));
  fputs (_ ("\n"
            "“loadforge-cli COMMAND --help” tells the options of a command, with examples;\n"
            "“loadforge-cli --version” the versions of the program and its libraries.\n"
            "\n"
            "A first try, in two terminals:\n"
            "  loadforge-cli target\n"
            "  loadforge-cli run --url http://127.0.0.1:8080/anything --users 20 --steady 10\n"),
         stream);
}

/* The command that @words begin with; *n: how many of them its name has. */
static const LfCommand *
find_command (char **words, guint *n)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_auto (GStrv) name = g_strsplit (commands[i]->name, " ", -1);

      *n = g_strv_length (name);
      if (g_strcmp0 (name[0], words[0]) == 0 &&
          (*n == 1 || (words[0] != NULL && g_strcmp0 (name[1], words[1]) == 0)))
        return commands[i];
    }
  return NULL;
}

/* "runs" alone, or with a word that is none of its commands. */
static gboolean
print_group (const char *group, FILE *stream)
{
  g_autofree char *start = g_strconcat (group, " ", NULL);
  gboolean found = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (!g_str_has_prefix (commands[i]->name, start))
        continue;
      if (!found)
        fprintf (stream,
                 _ ("Usage:\n  loadforge-cli %s COMMAND [OPTION…] [ARGUMENT…]\n\n"
                    "Commands:\n"),
                 group);
      fprintf (stream, "  %-14s %s\n", commands[i]->name, _ (commands[i]->summary));
      found = TRUE;
    }
  return found;
}

static gboolean
is_help (const char *word)
{
  return g_strcmp0 (word, "--help") == 0 || g_strcmp0 (word, "-h") == 0;
}

static int
run_other (char **words)
{
  if (is_help (words[0]))
    print_help (stdout);
  else if (g_strcmp0 (words[0], "--version") == 0)
    {
      g_autofree char *text = lf_version_text ();

      fputs (text, stdout);
    }
  else if (words[0] == NULL)
    {
      print_help (stderr);
      return LF_EXIT_USAGE;
    }
  else if (print_group (words[0], is_help (words[1]) ? stdout : stderr))
    return is_help (words[1]) ? LF_EXIT_PASSED : LF_EXIT_USAGE;
  else
    {
      g_autofree char *text =
          g_strdup_printf (_ ("“%s” is no command; “loadforge-cli --help” lists them"), words[0]);

      lf_command_tell (text);
      return LF_EXIT_USAGE;
    }
  return LF_EXIT_PASSED;
}

/* What a library has to tell goes to standard error like all that is not the result. */
static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  if (!(level & G_LOG_LEVEL_MESSAGE))
    return g_log_writer_default (level, fields, n_fields, user_data);
  for (gsize i = 0; i < n_fields; i++)
    if (strcmp (fields[i].key, "MESSAGE") == 0)
      lf_command_tell (fields[i].value);
  return G_LOG_WRITER_HANDLED;
}

/* The first of the three that is closed would become a file or a connection of ours, and get what
 * is printed. What stands in for it fails, so that this is told. */
static void
reserve_standard_streams (void)
{
  int fd;

  while ((fd = open ("/dev/null", O_RDONLY)) >= 0 && fd <= STDERR_FILENO)
    ;
  if (fd >= 0)
    close (fd);
}

int
main (int argc, char *argv[])
{
  const LfCommand *command;
  char **words = argv + 1;
  guint n;
  int code;

  reserve_standard_streams ();
  signal (SIGXFSZ, SIG_IGN); /* a file that may not grow is an error to tell, not the end */
  lf_locale_begin ();
  g_set_prgname ("loadforge-cli");
  g_log_writer_default_set_use_stderr (TRUE);
  g_log_set_writer_func (write_log, NULL, NULL);

  if (g_strcmp0 (words[0], "help") == 0) /* "help run" is "run --help" */
    {
      words++;
      command = find_command (words, &n);
      return command != NULL ? command->run (command, (char *[]){ "--help", NULL })
                             : run_other (words[0] != NULL ? words : (char *[]){ "--help", NULL });
    }
  command = find_command (words, &n);
  code = command != NULL ? command->run (command, words + n) : run_other (words);
  if (fflush (stdout) != 0 || ferror (stdout))
    {
      fputs (_ ("loadforge-cli: standard output cannot be written\n"), stderr);
      return code != LF_EXIT_PASSED ? code : LF_EXIT_USAGE;
    }
  return code;
}
