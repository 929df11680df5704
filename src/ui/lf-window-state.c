#include "config.h"

#include "lf-window-state.h"

#include "lf-settings.h"

#define LEAST_WIDTH  360 /* what the settings take */
#define LEAST_HEIGHT 360

typedef struct
{
  char *width;
  char *height;
  char *maximized;
} Keys;

static Keys
keys_of (const char *kind)
{
  return (Keys){ g_strconcat (kind, "-width", NULL), g_strconcat (kind, "-height", NULL),
                 g_strconcat (kind, "-maximized", NULL) };
}

static void
clear_keys (Keys *keys)
{
  g_free (keys->width);
  g_free (keys->height);
  g_free (keys->maximized);
}

void
lf_window_state_restore (GtkWindow *window, const char *kind)
{
  g_autoptr (GSettings) settings = lf_settings_new ();
  Keys keys = keys_of (kind);

  if (settings != NULL)
    {
      gtk_window_set_default_size (window, g_settings_get_int (settings, keys.width),
                                   g_settings_get_int (settings, keys.height));
      if (g_settings_get_boolean (settings, keys.maximized))
        gtk_window_maximize (window);
    }
  clear_keys (&keys);
}

void
lf_window_state_keep (GtkWindow *window, const char *kind)
{
  g_autoptr (GSettings) settings = lf_settings_new ();
  Keys keys = keys_of (kind);
  int width, height;

  if (settings != NULL && gtk_widget_get_realized (GTK_WIDGET (window)))
    {
      gtk_window_get_default_size (window, &width, &height);
      if (width >= LEAST_WIDTH && height >= LEAST_HEIGHT)
        {
          g_settings_set_int (settings, keys.width, width);
          g_settings_set_int (settings, keys.height, height);
        }
      g_settings_set_boolean (settings, keys.maximized, gtk_window_is_maximized (window));
    }
  clear_keys (&keys);
}
