#include "config.h"

#include "lf-search.h"

#include <string.h>

char **
lf_search_split (const char *typed)
{
  g_autofree char *folded = g_utf8_casefold (typed, -1);

  return g_strsplit_set (folded, " \t", -1);
}

gboolean
lf_search_has_all (const char *folded, const char *const *words)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (folded, words[i]) == NULL)
      return FALSE;
  return TRUE;
}
