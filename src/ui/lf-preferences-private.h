#pragma once

#include "lf-copy-row.h"
#include "lf-preferences.h"
#include "lf-prune-group.h"
#include "lf-settings-env.h"
#include "lf-store-check.h"

struct _LfPreferences
{
  AdwPreferencesWindow parent_instance;
  GSettings *settings;
  LfPasswordKeeper *keeper;
  LfSettingsEnv *env; /* NULL where it cannot be read */
  LfStoreCheck *check; /* or NULL */

  GtkCheckButton *local; /* NULL once disposed */
  GtkCheckButton *mongodb;
  AdwActionRow *local_row;
  AdwActionRow *in_use;
  GtkWidget *mongo_group;
  AdwEntryRow *uri;
  AdwEntryRow *user;
  AdwEntryRow *authority; /* the file of it */
  GtkLabel *uri_problem;
  AdwPasswordEntryRow *password;
  AdwActionRow *test_row;
  GtkButton *test_button;
  gboolean typed; /* what its rows say, and it was not applied */
  GtkWidget *steps[LF_N_STORE_CHECK_STEPS];
  LfCopyRow *copy_row;
  LfPruneGroup *prune_group;
  AdwActionRow *workers_row;
  AdwActionRow *sockets_row;
  GtkSpinButton *workers;
  GtkSpinButton *sockets;
  GtkSpinButton *timeout;
  GtkSpinButton *connect_timeout;
  AdwEntryRow *user_agent;
  GtkLabel *agent_problem;
  GtkSwitch *notify;
};

/* lf-preferences-store.c */
void _lf_preferences_store_class_init (GtkWidgetClass *widget_class);
void _lf_preferences_store_show       (LfPreferences *self); /* what the settings say */

/* lf-preferences-check.c: @uri with its password. */
void _lf_preferences_check_start  (LfPreferences *self, const char *uri);
void _lf_preferences_check_cancel (LfPreferences *self); /* says so */
void _lf_preferences_check_stop   (LfPreferences *self); /* says nothing any more */
/* Applies what is written, also where nobody pressed Apply. FALSE: it is no address. */
gboolean _lf_preferences_store_apply  (LfPreferences *self);
