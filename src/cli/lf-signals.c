#include "config.h"

#include "lf-signals.h"

#include <glib-unix.h>
#include <signal.h>

guint
lf_signals_add_unless_ignored (int number, GSourceFunc callback, gpointer user_data)
{
  struct sigaction inherited;

  if (sigaction (number, NULL, &inherited) == 0 && inherited.sa_handler == SIG_IGN)
    return 0;
  return g_unix_signal_add (number, callback, user_data);
}
