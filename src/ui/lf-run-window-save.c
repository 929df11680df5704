#include "config.h"

#include "lf-run-window-private.h"
#include "lf-save-words.h"

#include <glib/gi18n.h>

struct _LfRunSaving
{
  LfRunWindow *window;
  GFile *file;
};

LfRunSaving *
_lf_run_window_begin_saving (LfRunWindow *self, GFile *file)
{
  LfRunSaving *saving = g_new0 (LfRunSaving, 1);

  saving->window = g_object_ref (self);
  saving->file = g_object_ref (file);
  return saving;
}

void
_lf_run_window_end_saving (LfRunSaving *saving, const GError *error)
{
  g_autofree char *name = g_file_get_basename (saving->file);
  g_autofree char *text = error == NULL ? g_strdup_printf (_ ("Saved as %s"), name)
                                        : lf_save_words_failed (saving->file, error);

  _lf_run_window_toast (saving->window, text);
  g_object_unref (saving->window);
  g_object_unref (saving->file);
  g_free (saving);
}
