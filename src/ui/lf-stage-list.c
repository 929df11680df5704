#include "config.h"

#include "lf-stage-list.h"

#include "lf-form-field.h"
#include "lf-ramp-points.h"
#include "lf-stage-row.h"

#include <glib/gi18n.h>

/* A new stage lasts so long, in s, where there is none before it. */
#define NEW_STAGE 30

struct _LfStageList
{
  GtkBox parent_instance;
  LfLoadProfile *profile;
  gboolean whole;  /* what the rows were made for */
  GPtrArray *rows; /* LfStageRow, one a stage; children of @list */
  GtkWidget *list;
  GtkWidget *target_head;
  GtkWidget *message; /* of all of them together */
  GtkWidget *add;
  LfStageRow *edited; /* the number that @edit changes, while it is the same */
  gboolean of_target;
  guint edit;
};

enum
{
  EDITED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LfStageList, lf_stage_list, GTK_TYPE_BOX)

static gboolean
has_stages (const LfLoadProfile *profile)
{
  return profile != NULL && (profile->executor == LF_EXECUTOR_RAMPING_VUS ||
                             profile->executor == LF_EXECUTOR_RAMPING_ARRIVAL_RATE);
}

static void
tell_edit (LfStageList *self)
{
  g_signal_emit (self, signals[EDITED], 0, self->edit);
}

static void
edited_cb (LfStageList *self, gboolean of_target, LfStageRow *row)
{
  LfStage *stage;
  guint n;

  if (!g_ptr_array_find (self->rows, row, &n))
    return;
  if (self->edited != row || self->of_target != of_target)
    self->edit++;
  self->edited = row;
  self->of_target = of_target;
  stage = self->profile->stages->pdata[n];
  stage->duration = lf_stage_row_get_duration (row);
  stage->target = lf_stage_row_get_target (row);
  tell_edit (self);
}

static void show_rows (LfStageList *self);

/* After stages were added, taken or moved; the focus goes to stage @n. */
static void
rearranged (LfStageList *self, guint n)
{
  self->edited = NULL;
  self->edit++;
  show_rows (self);
  if (n < self->rows->len)
    gtk_widget_grab_focus (self->rows->pdata[n]);
  else
    gtk_widget_grab_focus (self->add);
  tell_edit (self);
}

static void
remove_cb (LfStageList *self, LfStageRow *row)
{
  guint n;

  if (!g_ptr_array_find (self->rows, row, &n))
    return;
  g_ptr_array_remove_index (self->profile->stages, n);
  rearranged (self, n < self->profile->stages->len ? n : self->profile->stages->len - 1);
}

static void
move_cb (LfStageList *self, int by, LfStageRow *row)
{
  guint n, to;
  gpointer stage;

  if (!g_ptr_array_find (self->rows, row, &n))
    return;
  to = n + (guint) by;
  if (to >= self->profile->stages->len)
    return;
  stage = g_ptr_array_steal_index (self->profile->stages, n);
  g_ptr_array_insert (self->profile->stages, (int) to, stage);
  rearranged (self, to);
}

static void
add_cb (LfStageList *self)
{
  GPtrArray *stages = self->profile->stages;
  LfStage *stage =
      stages->len > 0 ? lf_stage_copy (stages->pdata[stages->len - 1]) : lf_stage_new ();

  if (stages->len == 0)
    stage->duration = NEW_STAGE;
  g_ptr_array_add (stages, stage);
  rearranged (self, stages->len - 1);
}

static void
add_row (LfStageList *self)
{
  LfStageRow *row = lf_stage_row_new (self->whole);

  g_signal_connect_object (row, "edited", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "remove", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "move", G_CALLBACK (move_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->list), GTK_WIDGET (row));
  g_ptr_array_add (self->rows, row);
}

static void
set_n_rows (LfStageList *self, guint n)
{
  while (self->rows->len < n)
    add_row (self);
  while (self->rows->len > n)
    gtk_box_remove (GTK_BOX (self->list),
                    g_ptr_array_steal_index (self->rows, self->rows->len - 1));
}

static void
show_rows (LfStageList *self)
{
  set_n_rows (self, self->profile->stages->len);
  for (guint i = 0; i < self->rows->len; i++)
    lf_stage_row_show (self->rows->pdata[i], i, self->profile->stages->pdata[i]);
}

/* Rows for users take no fractions, so that those for rates are others. */
static void
show_unit (LfStageList *self)
{
  gboolean whole = lf_ramp_points_are_whole (self->profile);

  if (whole != self->whole)
    set_n_rows (self, 0);
  self->whole = whole;
  gtk_label_set_text (GTK_LABEL (self->target_head), whole ? _ ("Users then")
                                                     : self->profile->time_unit == 1
                                                         ? _ ("Rate then (per second)")
                                                         : _ ("Rate then (per time unit)"));
}

static void
lf_stage_list_finalize (GObject *object)
{
  LfStageList *self = LF_STAGE_LIST (object);

  g_clear_pointer (&self->profile, lf_load_profile_free);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (lf_stage_list_parent_class)->finalize (object);
}

static void
lf_stage_list_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LF_TYPE_STAGE_LIST);
  G_OBJECT_CLASS (lf_stage_list_parent_class)->dispose (object);
}

static void
lf_stage_list_class_init (LfStageListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lf_stage_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = lf_stage_list_finalize;
  signals[EDITED] = g_signal_new ("edited", LF_TYPE_STAGE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_set_template_from_resource (widget_class, LF_RESOURCE_PATH "lf-stage-list.ui");
  gtk_widget_class_bind_template_child (widget_class, LfStageList, list);
  gtk_widget_class_bind_template_child (widget_class, LfStageList, target_head);
  gtk_widget_class_bind_template_child (widget_class, LfStageList, message);
  gtk_widget_class_bind_template_child (widget_class, LfStageList, add);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
}

static void
lf_stage_list_init (LfStageList *self)
{
  self->rows = g_ptr_array_new ();
  self->whole = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
lf_stage_list_set_profile (LfStageList *self, const LfLoadProfile *profile)
{
  gboolean staged = has_stages (profile);

  gtk_widget_set_visible (GTK_WIDGET (self), staged);
  if (staged && self->profile != NULL && lf_record_equal (profile, self->profile))
    return;
  self->edited = NULL;
  g_clear_pointer (&self->profile, lf_load_profile_free);
  if (!staged)
    {
      set_n_rows (self, 0);
      return;
    }
  self->profile = lf_load_profile_copy (profile);
  show_unit (self);
  show_rows (self);
}

const LfLoadProfile *
lf_stage_list_get_profile (LfStageList *self)
{
  return self->profile;
}

void
lf_stage_list_clear_messages (LfStageList *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    lf_stage_row_set_message (self->rows->pdata[i], FALSE, NULL);
  lf_form_field_mark (self->list, GTK_LABEL (self->message), NULL);
  lf_form_field_mark (GTK_WIDGET (self), GTK_LABEL (self->message), NULL);
}

gboolean
lf_stage_list_set_message (LfStageList *self, const char *field, const char *message)
{
  char *rest;
  guint64 n = *field == '/' ? g_ascii_strtoull (field + 1, &rest, 10) : G_MAXUINT64;

  if (self->profile == NULL)
    return FALSE;
  if (n < self->rows->len)
    lf_stage_row_set_message (self->rows->pdata[n], g_str_equal (rest, "/target"), message);
  else /* the focus finds the button that adds a stage where there is none */
    lf_form_field_mark (self->rows->len > 0 ? self->list : GTK_WIDGET (self),
                        GTK_LABEL (self->message), message);
  return TRUE;
}
