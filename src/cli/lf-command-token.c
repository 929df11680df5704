#include "config.h"

#include "lf-command.h"

#include "lf-access-tokens.h"
#include "lf-error.h"
#include "lf-table.h"
#include "lf-text.h"

#include <glib/gi18n.h>
#include <stdio.h>

/* The tokens as they are now, or NULL and the exit code. */
static LfAccessTokens *
open_tokens (int *code)
{
  g_autoptr (LfAccessTokens) tokens = lf_access_tokens_new (NULL);
  g_autoptr (GError) error = NULL;

  if (lf_access_tokens_reload (tokens, &error))
    return g_steal_pointer (&tokens);
  *code = lf_command_fail (error);
  return NULL;
}

static GError *
read_role (const char *word, LfRole *role)
{
  *role = LF_ROLE_VIEWER;
  if (word == NULL || g_strcmp0 (word, lf_role_words[LF_ROLE_VIEWER]) == 0)
    return NULL;
  *role = LF_ROLE_OPERATOR;
  if (g_strcmp0 (word, lf_role_words[LF_ROLE_OPERATOR]) == 0)
    return NULL;
  return g_error_new (LF_ERROR, LF_ERROR_VALUE, _ ("--role takes viewer or operator, not “%s”"),
                      word);
}

static int
add_token (const char *name, LfRole role)
{
  int code = LF_EXIT_PASSED;
  g_autoptr (LfAccessTokens) tokens = open_tokens (&code);
  g_autofree char *token = NULL;
  g_autoptr (GError) error = NULL;

  if (tokens == NULL)
    return code;
  if (!lf_access_tokens_add (tokens, name, role, &token, &error))
    return lf_command_fail (error);
  printf ("%s\n", token);
  fputs (_ ("Keep it now: it cannot be shown again.\n"), stderr);
  return LF_EXIT_PASSED;
}

static int
run_new (const LfCommand *self, char **words)
{
  g_autofree char *word = NULL;
  const GOptionEntry entries[] = {
    { "role", 0, 0, G_OPTION_ARG_FILENAME, &word,
      N_ ("viewer reads; operator starts, steers and changes, too (viewer)"), N_ ("ROLE") },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) arguments = NULL;
  g_autofree char *name = NULL;
  LfRole role;
  GError *error;
  int code = lf_command_parse (self, entries, words, &arguments);

  if (code != LF_COMMAND_GO_ON)
    return code;
  error = read_role (word, &role);
  if (error != NULL)
    return lf_command_fail_usage (self, error);
  name = g_utf8_make_valid (arguments[0] != NULL ? arguments[0] : "", -1);
  return add_token (name, role);
}

static int
run_list (const LfCommand *self, char **words)
{
  const GOptionEntry entries[] = { G_OPTION_ENTRY_NULL };
  g_auto (GStrv) arguments = NULL;
  int code = lf_command_parse (self, entries, words, &arguments);
  g_autoptr (LfAccessTokens) tokens = code == LF_COMMAND_GO_ON ? open_tokens (&code) : NULL;
  g_autoptr (GPtrArray) list = tokens != NULL ? lf_access_tokens_list (tokens) : NULL;
  g_autoptr (LfTable) table = lf_table_new (_ ("ID"), _ ("NAME"), _ ("ROLE"), _ ("MADE"), NULL);

  if (list == NULL)
    return code;
  if (list->len == 0)
    {
      fputs (_ ("No tokens yet: “loadforge-cli token new NAME” makes one.\n"), stderr);
      return LF_EXIT_PASSED;
    }
  for (guint i = 0; i < list->len; i++)
    {
      const LfAccessToken *token = list->pdata[i];

      lf_table_take (table, g_strdup (token->id), lf_text_clean (token->name),
                     g_strdup (lf_role_words[token->role]), lf_text_time (token->created_at));
    }
  lf_table_print (table);
  return LF_EXIT_PASSED;
}

static int
run_revoke (const LfCommand *self, char **words)
{
  const GOptionEntry entries[] = { G_OPTION_ENTRY_NULL };
  g_auto (GStrv) arguments = NULL;
  int code = lf_command_parse (self, entries, words, &arguments);
  g_autoptr (LfAccessTokens) tokens = code == LF_COMMAND_GO_ON ? open_tokens (&code) : NULL;
  g_autoptr (GError) error = NULL;

  if (tokens == NULL)
    return code;
  if (!lf_access_tokens_revoke (tokens, arguments[0], &error))
    return lf_command_fail (error);
  return LF_EXIT_PASSED;
}

const LfCommand lf_command_token_new = {
  .name = "token new",
  .arguments = N_ ("NAME"),
  .least = 1,
  .most = 1,
  .summary = N_ ("Make a token for “serve”"),
  .help = N_ ("NAME is who will use it, for the list and the log. The token is printed once;\n"
              "only its hash is kept.\n\n"
              "Examples:\n"
              "  loadforge-cli token new ci --role operator"),
  .run = run_new,
};

const LfCommand lf_command_token_list = {
  .name = "token list",
  .summary = N_ ("List who has a token"),
  .help = N_ ("Example:\n"
              "  loadforge-cli token list"),
  .run = run_list,
};

const LfCommand lf_command_token_revoke = {
  .name = "token revoke",
  .arguments = N_ ("ID"),
  .least = 1,
  .most = 1,
  .summary = N_ ("Make a token worthless at once"),
  .help = N_ ("ID is what “token list” tells; whoever watches with the token is disconnected.\n\n"
              "Example:\n"
              "  loadforge-cli token revoke 6567f0a1b2c3d4e5f6a7b8c9"),
  .run = run_revoke,
};
