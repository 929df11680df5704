#pragma once

#include "lf-log-line.h"

#include <gtk/gtk.h>

/*
 * The newest log lines of a run (LF_CONSOLE_LINES), following the end unless the person scrolled up.
 * Lines may come as fast as they like: they are shown in batches, a few times a second.
 *
 * A person chooses which of them to see by level, kind and text.
 *
 * Actions: console.copy (the selected lines, else all that are shown; Ctrl+C), console.find (Ctrl+F),
 * console.jump-to-end. Its button to save is for a window's win.save-log.
 * Properties: "following" (boolean, read only, notifies).
 */
#define LF_CONSOLE_LINES 10000

#define LF_TYPE_CONSOLE (lf_console_get_type ())
G_DECLARE_FINAL_TYPE (LfConsole, lf_console, LF, CONSOLE, GtkWidget)

void        lf_console_append        (LfConsole *self, GPtrArray *lines); /* LfLogLine; copied */
void        lf_console_clear         (LfConsole *self);
/* What stands there while there are no lines; translated. */
void        lf_console_set_empty     (LfConsole *self, const char *text);
GListModel *lf_console_get_lines     (LfConsole *self); /* (transfer none): LfLogItem, oldest first, shown or not */
/* (transfer full) (element-type LfLogItem): those that the filter lets through. */
GPtrArray  *lf_console_get_shown     (LfConsole *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean    lf_console_get_following (LfConsole *self);
