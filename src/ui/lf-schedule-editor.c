#include "config.h"

#include "lf-schedule-editor-private.h"

#include "lf-cron.h"
#include "lf-drop-down.h"
#include "lf-form-field.h"
#include "lf-reflow.h"
#include "lf-time.h"
#include "lf-zone.h"

#include <glib/gi18n.h>

#define N_COMING      5
#define REFRESH_EVERY 30 /* s: what was next goes by */

enum
{
  CHANGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LfScheduleEditor, lf_schedule_editor, GTK_TYPE_BOX)

/* The last is for any other expression. */
static const struct
{
  const char *label;
  const char *cron;
} presets[] = {
  { N_ ("Every hour"), "0 * * * *" },
  { N_ ("Every night"), "0 2 * * *" },
  { N_ ("Every working day"), "0 7 * * MON-FRI" },
  { N_ ("Every week"), "0 2 * * SUN" },
  { N_ ("Every month"), "0 2 1 * *" },
  { N_ ("As the expression says"), NULL },
};
#define FIRST_CHOICE 1

static void
set_text (GtkWidget *entry, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (entry), text != NULL ? text : "");
}

static guint
find_preset (const char *cron)
{
  for (guint i = 0; presets[i].cron != NULL; i++)
    if (g_strcmp0 (presets[i].cron, cron) == 0)
      return i;
  return G_N_ELEMENTS (presets) - 1;
}

/* "Saturday, 28/11/26, 02:00", and what the clock here reads then where that is another time. */
static char *
name_time (gint64 ms, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (ms / 1000);
  g_autoptr (GDateTime) there = g_date_time_to_timezone (utc, zone);
  g_autoptr (GDateTime) here = g_date_time_to_local (utc);
  g_autofree char *time = g_date_time_format (there, "%A, %x, %H:%M");
  g_autofree char *local = NULL;

  if (g_date_time_get_utc_offset (there) == g_date_time_get_utc_offset (here))
    return g_steal_pointer (&time);
  local = g_date_time_format (here, "%H:%M");
  /* Translators: a time in another zone, and what the clock reads here: "Saturday, 28/11/26, 02:00
   * (03:00 here)". */
  return g_strdup_printf (_ ("%s (%s here)"), time, local);
}

static char *
name_times (const LfCron *cron, GTimeZone *zone)
{
  GString *lines = g_string_new (NULL);
  gint64 time = lf_time_now ();

  for (int i = 0; i < N_COMING; i++)
    {
      g_autofree char *line = NULL;

      time = lf_cron_next (cron, time);
      line = name_time (time, zone);
      g_string_append_printf (lines, "%s%s", i > 0 ? "\n" : "", line);
    }
  return g_string_free (lines, FALSE);
}

static void
show_coming (LfScheduleEditor *self)
{
  const LfSpecSchedule *schedule = self->spec != NULL ? self->spec->schedule : NULL;
  g_autoptr (GTimeZone) zone = schedule != NULL ? lf_zone_find (schedule->time_zone, NULL) : NULL;
  g_autoptr (LfCron) cron = zone != NULL ? lf_cron_new (schedule->cron, zone, NULL) : NULL;
  g_autofree char *words = cron != NULL ? lf_cron_to_words (cron) : NULL;
  g_autofree char *times = cron != NULL ? name_times (cron, zone) : NULL;

  gtk_widget_set_visible (self->coming, cron != NULL);
  gtk_label_set_text (GTK_LABEL (self->words), words != NULL ? words : "");
  gtk_label_set_text (GTK_LABEL (self->times), times != NULL ? times : "");
}

static gboolean
refresh_cb (gpointer user_data)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (user_data)))
    show_coming (user_data);
  return G_SOURCE_CONTINUE;
}

/* In the document: the one that is edited; off, and new to it: none. */
static void
write_schedule (LfScheduleEditor *self)
{
  gboolean enabled = gtk_switch_get_active (GTK_SWITCH (self->enabled));
  LfSpecSchedule *schedule = self->spec->schedule;
  const char *zone = gtk_editable_get_text (GTK_EDITABLE (self->zone));

  if (schedule == NULL)
    {
      if (!enabled)
        return;
      schedule = self->spec->schedule = lf_spec_schedule_new ();
    }
  if (!enabled && !self->had)
    {
      g_clear_pointer (&self->spec->schedule, lf_spec_schedule_free);
      return;
    }
  schedule->enabled = enabled;
  lf_set_string (&schedule->cron, gtk_editable_get_text (GTK_EDITABLE (self->cron)));
  if (*zone != '\0' || schedule->time_zone != NULL)
    lf_set_string (&schedule->time_zone, zone);
}

static void
tell (LfScheduleEditor *self)
{
  write_schedule (self);
  show_coming (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
select_preset (LfScheduleEditor *self)
{
  const char *cron = gtk_editable_get_text (GTK_EDITABLE (self->cron));
  gboolean loading = self->loading;

  self->loading = TRUE;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->presets), find_preset (cron));
  self->loading = loading;
}

static void
edited_cb (LfScheduleEditor *self)
{
  if (self->loading || self->spec == NULL)
    return;
  select_preset (self);
  tell (self);
}

static void
preset_selected_cb (LfScheduleEditor *self)
{
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->presets));

  if (self->loading || self->spec == NULL || selected >= G_N_ELEMENTS (presets))
    return;
  if (presets[selected].cron == NULL)
    {
      gtk_widget_grab_focus (self->cron);
      return;
    }
  /* An entry says "changed" for each half of a change, and would choose another preset in between.
   */
  self->loading = TRUE;
  set_text (self->cron, presets[selected].cron);
  self->loading = FALSE;
  tell (self);
}

/* The first time it is switched on, it has something to begin with. */
static void
fill_in (LfScheduleEditor *self)
{
  g_autofree char *zone = lf_zone_local_name ();

  if (*gtk_editable_get_text (GTK_EDITABLE (self->cron)) != '\0')
    return;
  self->loading = TRUE;
  set_text (self->cron, presets[FIRST_CHOICE].cron);
  set_text (self->zone, zone);
  select_preset (self);
  self->loading = FALSE;
}

static void
enabled_changed_cb (LfScheduleEditor *self)
{
  gboolean enabled = gtk_switch_get_active (GTK_SWITCH (self->enabled));

  gtk_widget_set_visible (self->details, enabled);
  if (self->loading || self->spec == NULL)
    return;
  if (enabled)
    fill_in (self);
  tell (self);
}

static void
lf_schedule_editor_dispose (GObject *object)
{
  LfScheduleEditor *self = LF_SCHEDULE_EDITOR (object);

  self->spec = NULL;
  g_clear_handle_id (&self->refresh_id, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (object), LF_TYPE_SCHEDULE_EDITOR);
  G_OBJECT_CLASS (lf_schedule_editor_parent_class)->dispose (object);
}

static void
lf_schedule_editor_class_init (LfScheduleEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lf_schedule_editor_dispose;
  signals[CHANGED] = g_signal_new ("changed", LF_TYPE_SCHEDULE_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (LF_TYPE_FORM_FIELD);
  g_type_ensure (LF_TYPE_REFLOW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               LF_RESOURCE_PATH "lf-schedule-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, LfScheduleEditor, enabled);
  gtk_widget_class_bind_template_child (widget_class, LfScheduleEditor, details);
  gtk_widget_class_bind_template_child (widget_class, LfScheduleEditor, presets);
  gtk_widget_class_bind_template_child (widget_class, LfScheduleEditor, cron_field);
  gtk_widget_class_bind_template_child (widget_class, LfScheduleEditor, cron);
  gtk_widget_class_bind_template_child (widget_class, LfScheduleEditor, zone_field);
  gtk_widget_class_bind_template_child (widget_class, LfScheduleEditor, zone);
  gtk_widget_class_bind_template_child (widget_class, LfScheduleEditor, coming);
  gtk_widget_class_bind_template_child (widget_class, LfScheduleEditor, words);
  gtk_widget_class_bind_template_child (widget_class, LfScheduleEditor, times);
  gtk_widget_class_bind_template_callback (widget_class, enabled_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, preset_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, edited_cb);
}

static void
lf_schedule_editor_init (LfScheduleEditor *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (presets); i++)
    gtk_string_list_append (labels, _ (presets[i].label));
  gtk_widget_init_template (GTK_WIDGET (self));
  self->loading = TRUE;
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->presets), G_LIST_MODEL (labels));
  self->loading = FALSE;
  lf_drop_down_prepare (self->presets, self->presets);
  self->refresh_id = g_timeout_add_seconds (REFRESH_EVERY, refresh_cb, self);
}

void
lf_schedule_editor_set_spec (LfScheduleEditor *self, LfSpec *spec)
{
  const LfSpecSchedule *schedule = spec != NULL ? spec->schedule : NULL;

  self->spec = spec;
  self->had = schedule != NULL;
  self->loading = TRUE;
  set_text (self->cron, schedule != NULL ? schedule->cron : NULL);
  set_text (self->zone, schedule != NULL ? schedule->time_zone : NULL);
  gtk_switch_set_active (GTK_SWITCH (self->enabled), schedule != NULL && schedule->enabled);
  select_preset (self);
  self->loading = FALSE;
  show_coming (self);
}

void
lf_schedule_editor_clear_messages (LfScheduleEditor *self)
{
  lf_form_field_set_message (LF_FORM_FIELD (self->cron_field), NULL);
  lf_form_field_set_message (LF_FORM_FIELD (self->zone_field), NULL);
}

gboolean
lf_schedule_editor_set_message (LfScheduleEditor *self, const char *field, const char *message)
{
  GtkWidget *place = g_str_equal (field, "/cron")       ? self->cron_field
                     : g_str_equal (field, "/timeZone") ? self->zone_field
                                                        : NULL;

  if (place == NULL)
    return FALSE;
  lf_form_field_set_message (LF_FORM_FIELD (place), message);
  return TRUE;
}
