#include "config.h"

#include "lf-command.h"

#include "lf-error.h"
#include "lf-text.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <stdio.h>

void
lf_command_tell (const char *message)
{
  g_autofree char *clean = lf_text_clean (message);

  fprintf (stderr, "loadforge-cli: %s\n", clean);
}

int
lf_command_fail (const GError *error)
{
  lf_command_tell (error->message);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return LF_EXIT_SIGNAL;
  if (error->domain != LF_ERROR)
    return LF_EXIT_USAGE;
  switch (error->code)
    {
    case LF_ERROR_CORRUPT:
    case LF_ERROR_NEWER:
    case LF_ERROR_READ_ONLY:
    case LF_ERROR_FULL:
    case LF_ERROR_UNREACHABLE:
    case LF_ERROR_BUSY:
    case LF_ERROR_FAILED: /* only stores fail for no better reason */
      return LF_EXIT_UNREACHABLE;
    default:
      return LF_EXIT_USAGE;
    }
}

int
lf_command_fail_usage (const LfCommand *self, GError *error)
{
  lf_command_tell (error->message);
  fprintf (stderr, _ ("“loadforge-cli %s --help” tells more.\n"), self->name);
  g_error_free (error);
  return LF_EXIT_USAGE;
}

static GOptionContext *
new_context (const LfCommand *self, const GOptionEntry *entries, const GOptionEntry *ours)
{
  GOptionContext *context =
      g_option_context_new (self->arguments != NULL ? _ (self->arguments) : NULL);

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_summary (context, _ (self->summary));
  if (self->help != NULL)
    g_option_context_set_description (context, _ (self->help));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, ours, GETTEXT_PACKAGE);
  return context;
}

/* GOption wants the program's name first. */
static char **
make_argv (char **words)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_strv_builder_add (builder, g_get_prgname ());
  g_strv_builder_addv (builder, (const char **) words);
  return g_strv_builder_end (builder);
}

static GError *
check_count (const LfCommand *self, char **arguments)
{
  guint n = g_strv_length (arguments);

  if (n < self->least)
    return g_error_new (LF_ERROR, LF_ERROR_VALUE, _ ("%s is missing"), self->arguments);
  if (n > self->most)
    return g_error_new (LF_ERROR, LF_ERROR_VALUE, _ ("“%s” is one word too many"),
                        arguments[self->most]);
  return NULL;
}

int
lf_command_parse (const LfCommand *self,
                  const GOptionEntry *entries,
                  char **words,
                  char ***arguments)
{
  g_autofree char *name = g_strconcat ("loadforge-cli ", self->name, NULL);
  gboolean help = FALSE;
  g_auto (GStrv) rest = NULL;
  const GOptionEntry ours[] = {
    { "help", 'h', 0, G_OPTION_ARG_NONE, &help, N_ ("Show this help"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &rest, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = new_context (self, entries, ours);
  g_auto (GStrv) argv = NULL;
  GError *error = NULL;

  g_set_prgname (name); /* for the usage line */
  argv = make_argv (words);
  if (!g_option_context_parse_strv (context, &argv, &error))
    return lf_command_fail_usage (self, error);
  if (help)
    {
      g_autofree char *text = g_option_context_get_help (context, TRUE, NULL);

      printf ("%s\n", g_strchomp (text));
      return LF_EXIT_PASSED;
    }
  if (rest == NULL)
    rest = g_new0 (char *, 1);
  error = check_count (self, rest);
  if (error != NULL)
    return lf_command_fail_usage (self, error);
  *arguments = g_steal_pointer (&rest);
  return LF_COMMAND_GO_ON;
}
