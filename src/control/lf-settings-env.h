#pragma once

#include <glib.h>

/* What the environment sets, else `.env` in the working folder; .env.example explains each. */
typedef struct
{
  guint port;        /* PORT; 0: not set */
  char *mongo_uri;   /* MONGO_URI; NULL: not set */
  guint max_workers; /* MAX_WORKERS; 0: not set */
  guint max_sockets; /* MAX_SOCKETS; 0: not set */
} LfSettingsEnv;

/* @folder: where to look for `.env`. LF_ERROR_VALUE names the variable and what it may be. */
LfSettingsEnv *lf_settings_env_read (const char *folder, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void           lf_settings_env_free (LfSettingsEnv *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LfSettingsEnv, lf_settings_env_free)
