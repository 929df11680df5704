#include "config.h"

#include "lf-load-preset.h"

static const struct
{
  const char *id;
  const char *profile;
} presets[] = {
  { "smoke", "{\"executor\": \"constant-vus\", \"vus\": 3, \"duration\": 60}" },
  { "average", "{\"rampUp\": 300, \"users\": 100, \"steady\": 1800, \"rampDown\": 300}" },
  { "stress", "{\"rampUp\": 600, \"users\": 200, \"steady\": 1800, \"rampDown\": 300}" },
  { "soak", "{\"rampUp\": 300, \"users\": 100, \"steady\": 28800, \"rampDown\": 300}" },
  { "spike", "{\"executor\": \"ramping-vus\", \"stages\": [{\"duration\": 120, \"target\": 2000}, "
             "{\"duration\": 60, \"target\": 0}]}" },
  { "breakpoint",
    "{\"executor\": \"ramping-arrival-rate\", \"startRate\": 0, \"preAllocatedVUs\": 1000, "
    "\"maxVUs\": 5000, \"stages\": [{\"duration\": 7200, \"target\": 20000}]}" },
};

LfLoadProfile *
lf_load_preset_new_profile (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (presets); i++)
    if (g_str_equal (presets[i].id, id))
      return lf_record_from_text (&lf_load_profile_type, presets[i].profile, -1, NULL);
  return NULL;
}
