#pragma once

#include <glib.h>

/* As g_unix_signal_add(); answers 0 and leaves the signal be where whoever started the program had
 * it ignored: nohup does so with SIGHUP, a shell with SIGINT for what it runs in the background. */
guint lf_signals_add_unless_ignored (int number, GSourceFunc callback, gpointer user_data);
