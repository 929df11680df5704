#include "config.h"

#include "lf-renderer.h"

#include <gtk/gtk.h>

#define DRM_FOLDER "/sys/class/drm"

/* The kernel's drivers of screens that only pretend to have a GPU, at least on most machines. */
static const char *const virtual_drivers[] = { "virtio_gpu", "virtio-pci", "vmwgfx", "vboxvideo",
                                               "vgem",       "vkms",       NULL };

static gboolean
is_gpu (const char *node)
{
  g_autofree char *link = g_build_filename (DRM_FOLDER, node, "device", "driver", NULL);
  g_autofree char *driver = NULL;
  g_autofree char *name = NULL;

  if (!g_str_has_prefix (node, "renderD"))
    return FALSE;
  driver = g_file_read_link (link, NULL);
  name = driver != NULL ? g_path_get_basename (driver) : g_strdup ("");
  return !g_strv_contains (virtual_drivers, name);
}

static gboolean
has_gpu (void)
{
  g_autoptr (GDir) folder = g_dir_open (DRM_FOLDER, 0, NULL);
  const char *node;

  while (folder != NULL && (node = g_dir_read_name (folder)) != NULL)
    if (is_gpu (node))
      return TRUE;
  /* NVIDIA's own driver; Windows' subsystem for Linux */
  return g_file_test ("/dev/nvidiactl", G_FILE_TEST_EXISTS) ||
         g_file_test ("/dev/dxg", G_FILE_TEST_EXISTS);
}

void
lf_renderer_choose (void)
{
  if (g_getenv ("GSK_RENDERER") != NULL || has_gpu ())
    return;
  /* GL would be Mesa's software driver, which takes 170 MB and the cores that the load needs. */
  g_setenv ("GSK_RENDERER", "cairo", TRUE);
  g_setenv ("GDK_DISABLE", "gl", FALSE);
  if (gtk_get_minor_version () < 16) /* it had no GDK_DISABLE yet */
    g_setenv ("GDK_DEBUG", "gl-disable", FALSE);
}
