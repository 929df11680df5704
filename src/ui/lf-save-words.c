#include "config.h"

#include "lf-save-words.h"

#include <glib/gi18n.h>

static const struct
{
  GIOErrorEnum code;
  const char *words; /* %s: the file */
} failures[] = {
  { G_IO_ERROR_NO_SPACE,
    N_ ("“%s” was not saved: the disk is full. Free some space, or choose another folder.") },
  { G_IO_ERROR_PERMISSION_DENIED,
    N_ ("“%s” was not saved: you may not write there. Choose a folder of your own.") },
  { G_IO_ERROR_READ_ONLY,
    N_ ("“%s” was not saved: nothing can be written there. Choose another folder.") },
  { G_IO_ERROR_NOT_FOUND, N_ ("“%s” was not saved: its folder is gone. Choose another folder.") },
  { G_IO_ERROR_IS_DIRECTORY,
    N_ ("“%s” was not saved: a folder has that name. Choose another name.") },
  { G_IO_ERROR_FILENAME_TOO_LONG,
    N_ ("“%s” was not saved: the name is too long. Choose a shorter one.") },
};

char *
lf_save_words_failed (GFile *file, const GError *error)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *shown = g_filename_display_name (name);

  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    if (g_error_matches (error, G_IO_ERROR, failures[i].code))
      {
        g_auto (GStrv) parts = g_strsplit (_ (failures[i].words), "%s", 2);

        return g_strjoinv (shown, parts);
      }
  return g_strdup_printf (_ ("“%s” was not saved: %s"), shown, error->message);
}
