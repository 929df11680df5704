#include "config.h"

#include "lf-settings.h"

#include "lf-http-options.h"

GSettings *
lf_settings_new (void)
{
  g_autoptr (GSettingsSchema) schema = g_settings_schema_source_lookup (
      g_settings_schema_source_get_default (), LF_APPLICATION_ID, TRUE);

  return schema != NULL ? g_settings_new_full (schema, NULL, NULL) : NULL;
}

LfSettingsStore
lf_settings_get_store (GSettings *settings)
{
  g_autoptr (GVariant) chosen =
      settings != NULL ? g_settings_get_user_value (settings, "store") : NULL;

  if (chosen == NULL)
    return LF_SETTINGS_STORE_UNSET;
  return g_strcmp0 (g_variant_get_string (chosen, NULL), "mongodb") == 0 ? LF_SETTINGS_STORE_MONGODB
                                                                         : LF_SETTINGS_STORE_LOCAL;
}

char *
lf_settings_get_mongo_uri (GSettings *settings)
{
  return settings != NULL ? g_settings_get_string (settings, "mongo-uri") : g_strdup ("");
}

guint
lf_settings_get_number (GSettings *settings, const char *key)
{
  return settings != NULL ? g_settings_get_uint (settings, key) : 0;
}

gboolean
lf_settings_get_notify (GSettings *settings)
{
  return settings == NULL || g_settings_get_boolean (settings, "notify-when-done");
}

static gboolean
is_changed (GSettings *settings, const char *key)
{
  g_autoptr (GVariant) value = g_settings_get_user_value (settings, key);

  return value != NULL;
}

/* What nobody changed is not written, so that specs stay short. */
void
lf_settings_fill_spec (GSettings *settings, LfSpec *spec)
{
  g_autofree char *agent = NULL;

  if (settings == NULL)
    return;
  if (spec->http == NULL)
    spec->http = lf_http_options_new ();
  if (is_changed (settings, "timeout"))
    {
      spec->http->timeout = g_settings_get_double (settings, "timeout");
      lf_record_set_present (spec->http, G_STRUCT_OFFSET (LfHttpOptions, timeout), TRUE);
    }
  if (is_changed (settings, "connect-timeout"))
    {
      spec->http->connect_timeout = g_settings_get_double (settings, "connect-timeout");
      lf_record_set_present (spec->http, G_STRUCT_OFFSET (LfHttpOptions, connect_timeout), TRUE);
    }
  agent = g_settings_get_string (settings, "user-agent");
  if (*agent != '\0')
    {
      lf_set_string (&spec->http->user_agent, agent);
      lf_record_set_present (spec->http, G_STRUCT_OFFSET (LfHttpOptions, user_agent), TRUE);
    }
}
