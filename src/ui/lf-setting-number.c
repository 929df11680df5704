#include "config.h"

#include "lf-setting-number.h"

static gboolean
number_to_value (GValue *value, GVariant *variant, gpointer user_data)
{
  g_value_set_double (value, g_variant_get_uint32 (variant));
  return TRUE;
}

static GVariant *
value_to_number (const GValue *value, const GVariantType *type, gpointer user_data)
{
  return g_variant_new_uint32 ((guint32) (g_value_get_double (value) + 0.5));
}

void
lf_setting_number_bind (GSettings *settings, const char *key, GtkAdjustment *adjustment)
{
  g_settings_bind_with_mapping (settings, key, adjustment, "value", G_SETTINGS_BIND_DEFAULT,
                                number_to_value, value_to_number, NULL, NULL);
}
