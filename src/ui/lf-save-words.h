#pragma once

#include <gio/gio.h>

/* Why a file was not written, and what to do: "“run.csv” was not saved: the disk is full. Free some space or choose
 * another folder." Translated. (transfer full) */
char *lf_save_words_failed (GFile *file, const GError *error) G_GNUC_WARN_UNUSED_RESULT;
