#include "config.h"

#include "lf-format-option.h"

#include "lf-error.h"

#include <glib/gi18n.h>

int
lf_format_option_read (const char *text, const char *const *words, GError **error)
{
  g_autofree char *all = NULL;
  g_autofree char *shown = NULL;

  for (int i = 0; words[i] != NULL; i++)
    if (text == NULL || g_strcmp0 (text, words[i]) == 0)
      return i;
  all = g_strjoinv (", ", (char **) words);
  shown = g_utf8_make_valid (text, -1);
  g_set_error (error, LF_ERROR, LF_ERROR_VALUE, _ ("--format %s: must be one of %s"), shown, all);
  return -1;
}
