#include "config.h"

#include "lf-spec-outside.h"

#include "lf-sent-file.h"

#include <stdlib.h>
#include <string.h>

typedef struct
{
  const char *folder;
  char *real_folder; /* or NULL */
  GPtrArray *found;
  const char *const *dropped;
} Search;

static char *
whole_path (const Search *search, const char *path)
{
  return g_canonicalize_filename (path, search->folder != NULL ? search->folder : "/");
}

/* Where the links lead, as far as it is there. */
static char *
real_path (const char *path)
{
  char *real = realpath (path, NULL);
  char *copy = g_strdup (real);
  g_autofree char *parent = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *real_parent = NULL;

  free (real);
  if (copy != NULL)
    return copy;
  if (g_str_equal (parent, path))
    return g_strdup (path);
  real_parent = real_path (parent);
  return g_build_filename (real_parent, name, NULL);
}

/* @below: a path that begins with a slash. */
static gboolean
is_hidden (const char *below)
{
  return strstr (below, "/.") != NULL;
}

static gboolean
is_inside (const Search *search, const char *path)
{
  g_autofree char *whole = whole_path (search, path);
  g_autofree char *real = NULL;
  gsize n;

  if (search->folder == NULL)
    return !g_path_is_absolute (path) && *path != '.' && !is_hidden (path);
  real = real_path (whole);
  n = g_str_equal (search->real_folder, "/") ? 0 : strlen (search->real_folder);
  return strncmp (real, search->real_folder, n) == 0 && real[n] == '/' && !is_hidden (real + n);
}

static gboolean
is_blank (const char *path)
{
  return path == NULL || *path == '\0';
}

static void
look_at (Search *search, const char *path)
{
  g_autofree char *whole = NULL;

  if (is_blank (path) || is_inside (search, path))
    return;
  whole = whole_path (search, path);
  if (!g_ptr_array_find_with_equal_func (search->found, whole, g_str_equal, NULL))
    g_ptr_array_add (search->found, g_steal_pointer (&whole));
}

static gboolean
is_dropped (const Search *search, const char *path)
{
  g_autofree char *whole = is_blank (path) ? NULL : whole_path (search, path);

  return whole != NULL && g_strv_contains (search->dropped, whole);
}

static void
look_at_sent (const LfSentFile *file, gpointer user_data)
{
  look_at (user_data, *file->file);
}

static void
drop_sent (const LfSentFile *file, gpointer user_data)
{
  if (is_dropped (user_data, *file->file))
    lf_sent_file_set_beside (file, NULL);
}

static void
look_at_tls (Search *search, const LfHttpOptions *http)
{
  if (http == NULL || http->tls == NULL)
    return;
  look_at (search, http->tls->cert_file);
  look_at (search, http->tls->key_file);
}

static void
drop_of_tls (Search *search, LfTlsOptions *tls, char **path)
{
  if (!is_dropped (search, *path))
    return;
  lf_set_string (path, NULL);
  lf_record_set_present (tls, (gsize) ((char *) path - (char *) tls), FALSE);
}

static void
drop_tls (Search *search, LfHttpOptions *http)
{
  if (http == NULL || http->tls == NULL)
    return;
  drop_of_tls (search, http->tls, &http->tls->cert_file);
  drop_of_tls (search, http->tls, &http->tls->key_file);
}

char **
lf_spec_outside_find (const LfSpec *spec, const char *folder)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *real_folder = folder != NULL ? real_path (folder) : NULL;
  Search search = { .folder = folder, .real_folder = real_folder, .found = found };

  lf_sent_file_foreach_beside (spec, look_at_sent, &search);
  look_at_tls (&search, spec->http);
  for (guint i = 0; i < lf_spec_get_n_steps (spec); i++)
    look_at_tls (&search, lf_spec_get_step (spec, i)->http);
  g_ptr_array_add (found, NULL);
  return (char **) g_ptr_array_steal (found, NULL);
}

void
lf_spec_outside_drop (LfSpec *spec, const char *folder, const char *const *paths)
{
  Search search = { .folder = folder, .dropped = paths };

  lf_sent_file_foreach_beside (spec, drop_sent, &search);
  drop_tls (&search, spec->http);
  for (guint i = 0; i < lf_spec_get_n_steps (spec); i++)
    drop_tls (&search, lf_spec_get_step (spec, i)->http);
}
