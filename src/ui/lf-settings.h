#pragma once

#include "lf-spec.h"

#include <gio/gio.h>

/*
 * The application's GSettings, whose keys and ranges stand in the schema in data/. NULL where LoadForge was
 * neither installed nor started with GSETTINGS_SCHEMA_DIR: presets are then used, and nothing is kept,
 * which is no reason not to start.
 */
GSettings *lf_settings_new (void) G_GNUC_WARN_UNUSED_RESULT;

typedef enum
{
  LF_SETTINGS_STORE_UNSET, /* MONGO_URI decides, else it is this computer's */
  LF_SETTINGS_STORE_LOCAL,
  LF_SETTINGS_STORE_MONGODB,
} LfSettingsStore;

/* @settings may be NULL in all of these. */
LfSettingsStore lf_settings_get_store (GSettings *settings);
/* "mongodb://…" without a password; "" where there is none. */
char           *lf_settings_get_mongo_uri (GSettings *settings) G_GNUC_WARN_UNUSED_RESULT;
guint           lf_settings_get_number    (GSettings *settings, const char *key); /* 0: automatic */
gboolean        lf_settings_get_notify    (GSettings *settings);
/* Gives a new spec the time limits and the user agent that are preferred. */
void            lf_settings_fill_spec     (GSettings *settings, LfSpec *spec);
