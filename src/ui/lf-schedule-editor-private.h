#pragma once

#include "lf-schedule-editor.h"

struct _LfScheduleEditor
{
  GtkBox parent_instance;
  LfSpec *spec;
  gboolean had; /* the document had one */
  gboolean loading;
  guint refresh_id;
  GtkWidget *enabled;
  GtkWidget *details;
  GtkWidget *presets;
  GtkWidget *cron_field;
  GtkWidget *cron;
  GtkWidget *zone_field;
  GtkWidget *zone;
  GtkWidget *coming;
  GtkWidget *words;
  GtkWidget *times;
};
