#pragma once

#include <glib.h>

/**
 * lf_kept_words:
 * @text: (nullable): the message of a log line or of an error, a reason of the generator
 *
 * Records are kept in English, on whatever machine: they travel, and programs read them. Who shows one to
 * a person says it in the person's language with this. What no template knows stays as it is; so does all
 * where there is no translation. Safe in any thread; not for a loop over a million lines.
 *
 * Returns: (transfer full) (nullable): what to show
 */
char *lf_kept_words (const char *text) G_GNUC_WARN_UNUSED_RESULT;

/* What is to be kept: printf() with the decimal point of C in every locale, as what reads it does not know whose it was. */
char *lf_kept_printf  (const char *format, ...) G_GNUC_PRINTF (1, 2) G_GNUC_WARN_UNUSED_RESULT; /* (transfer full) */
char *lf_kept_vprintf (const char *format, va_list arguments) G_GNUC_PRINTF (1, 0) G_GNUC_WARN_UNUSED_RESULT;
