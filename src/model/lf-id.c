#include "config.h"

#include "lf-id.h"

#include <unistd.h>

#define LF_ID_LENGTH      24
#define LF_ID_RANDOM_MASK G_GUINT64_CONSTANT (0xffffffffff)

/* A process keeps its five random bytes, but a forked child must not share them. */
static guint64
process_bytes (void)
{
  static gsize drawn = 0;

  if (g_once_init_enter (&drawn))
    {
      guint64 random = ((guint64) g_random_int () << 32 | g_random_int ()) & LF_ID_RANDOM_MASK;

      g_once_init_leave (&drawn, (gsize) (random | G_GUINT64_CONSTANT (1) << 40));
    }
  return ((guint64) drawn ^ (guint64) getpid () << 8) & LF_ID_RANDOM_MASK;
}

char *
lf_id_new (void)
{
  static guint counter = 0;
  guint32 seconds = (guint32) (g_get_real_time () / G_USEC_PER_SEC);
  guint count = (guint) g_atomic_int_add (&counter, 1) & 0xffffff;

  return g_strdup_printf ("%08x%010" G_GINT64_MODIFIER "x%06x", seconds, process_bytes (), count);
}

gboolean
lf_id_is_valid (const char *id)
{
  if (id == NULL || strlen (id) != LF_ID_LENGTH)
    return FALSE;
  for (const char *c = id; *c != '\0'; c++)
    if (!g_ascii_isdigit (*c) && (*c < 'a' || *c > 'f'))
      return FALSE;
  return TRUE;
}
