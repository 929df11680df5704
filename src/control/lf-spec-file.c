#include "config.h"

#include "lf-spec-file.h"

#include <string.h>

void
lf_spec_file_ensure_name (LfSpec *spec, const char *path)
{
  static const char *const endings[] = { ".json", ".loadforge" };
  g_autofree char *name = NULL;

  if (spec->name != NULL && *spec->name != '\0')
    return;
  name = g_path_get_basename (path);
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (name, endings[i]))
      name[strlen (name) - strlen (endings[i])] = '\0';
  g_free (spec->name);
  spec->name = g_utf8_make_valid (name, -1);
}

static void
make_whole (char **path, const char *folder)
{
  char *whole;

  if (*path == NULL || **path == '\0')
    return;
  whole = g_canonicalize_filename (*path, folder);
  g_free (*path);
  *path = whole;
}

static void
locate (LfHttpOptions *http, const char *folder)
{
  if (http == NULL || http->tls == NULL)
    return;
  make_whole (&http->tls->ca_file, folder);
  make_whole (&http->tls->cert_file, folder);
  make_whole (&http->tls->key_file, folder);
}

void
lf_spec_file_locate_certificates (LfSpec *spec, const char *folder)
{
  locate (spec->http, folder);
  for (guint i = 0; i < lf_spec_get_n_steps (spec); i++)
    locate (lf_spec_get_step (spec, i)->http, folder);
}

void
lf_spec_file_forget_identity (LfSpec *spec)
{
  g_clear_pointer (&spec->id, g_free);
  spec->revision = 0;
  lf_record_set_present (spec, G_STRUCT_OFFSET (LfSpec, id), FALSE);
  lf_record_set_present (spec, G_STRUCT_OFFSET (LfSpec, revision), FALSE);
}
