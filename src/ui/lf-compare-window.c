#include "config.h"

#include "lf-compare-window.h"

#include "lf-comparison.h"
#include "lf-format.h"
#include "lf-page-scroll.h"
#include "lf-sample.h"
#include "lf-widget-private.h"

#include <glib/gi18n.h>

enum
{
  BEFORE,
  AFTER,
  N_RUNS,
};

struct _LfCompareWindow
{
  AdwWindow parent_instance;
  LfStore *store;
  char *ids[N_RUNS];
  LfRun *runs[N_RUNS]; /* as far as they have been read */
  GPtrArray *samples[N_RUNS];
  GCancellable *reading;
  AdwWindowTitle *heading;
  GtkStack *pages;
  AdwStatusPage *error_page;
  LfComparison *comparison;
};

G_DEFINE_FINAL_TYPE (LfCompareWindow, lf_compare_window, ADW_TYPE_WINDOW)

static void read_next (LfCompareWindow *self);

/* Which of the two it is: its spec, too, where they are of different ones. */
static char *
name_of (const LfRun *run, const LfRun *other)
{
  gboolean named = run->name != NULL && *run->name != '\0';
  g_autofree char *name = named ? g_strdup (run->name) : lf_format_time (run->started_at);

  if (run->spec_name == NULL || g_strcmp0 (run->spec_id, other->spec_id) == 0)
    return g_steal_pointer (&name);
  return g_strdup_printf ("%s · %s", run->spec_name, name);
}

static void
show_runs (LfCompareWindow *self)
{
  g_autofree char *before = name_of (self->runs[BEFORE], self->runs[AFTER]);
  g_autofree char *after = name_of (self->runs[AFTER], self->runs[BEFORE]);
  g_autofree char *both = g_strdup_printf (C_ ("two runs", "%s → %s"), before, after);

  adw_window_title_set_subtitle (self->heading, both);
  lf_comparison_set_runs (self->comparison, self->runs[BEFORE], self->samples[BEFORE],
                          self->runs[AFTER], self->samples[AFTER]);
  gtk_stack_set_visible_child_name (self->pages, "comparison");
}

static void
show_error (LfCompareWindow *self, const char *message)
{
  g_autofree char *markup = g_markup_escape_text (message, -1);

  adw_status_page_set_description (self->error_page, markup);
  gtk_stack_set_visible_child_name (self->pages, "error");
}

/* Whether the window is still there for what was read. */
static gboolean
goes_on (LfCompareWindow *self, const GError *error)
{
  if (_lf_widget_is_closed (self) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return FALSE;
  if (error != NULL)
    show_error (self, error->message);
  return error == NULL;
}

static void
samples_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfCompareWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) samples = lf_store_list_samples_finish (LF_STORE (source), result, &error);

  if (!goes_on (self, error))
    return;
  self->samples[self->samples[BEFORE] == NULL ? BEFORE : AFTER] = g_steal_pointer (&samples);
  read_next (self);
}

static void
run_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfCompareWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LfRun) run = lf_store_load_run_finish (LF_STORE (source), result, &error);

  if (!goes_on (self, error))
    return;
  if (run->summary == NULL || lf_run_is_active (run))
    {
      show_error (self, _ ("A run that has not ended cannot be compared yet."));
      return;
    }
  self->runs[self->runs[BEFORE] == NULL ? BEFORE : AFTER] = g_steal_pointer (&run);
  read_next (self);
}

/* One after the other: both runs, then what happened in each second of them. */
static void
read_next (LfCompareWindow *self)
{
  for (guint i = 0; i < N_RUNS; i++)
    if (self->runs[i] == NULL)
      {
        lf_store_load_run_async (self->store, self->ids[i], self->reading, run_cb,
                                 g_object_ref (self));
        return;
      }
  for (guint i = 0; i < N_RUNS; i++)
    if (self->samples[i] == NULL)
      {
        lf_store_list_samples_async (self->store, self->ids[i], self->reading, samples_cb,
                                     g_object_ref (self));
        return;
      }
  show_runs (self);
}

static void
retry_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LfCompareWindow *self = LF_COMPARE_WINDOW (widget);

  gtk_stack_set_visible_child_name (self->pages, "loading");
  read_next (self);
}

static void
lf_compare_window_dispose (GObject *object)
{
  LfCompareWindow *self = LF_COMPARE_WINDOW (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->store);
  gtk_widget_dispose_template (GTK_WIDGET (object), LF_TYPE_COMPARE_WINDOW);
  G_OBJECT_CLASS (lf_compare_window_parent_class)->dispose (object);
}

static void
lf_compare_window_finalize (GObject *object)
{
  LfCompareWindow *self = LF_COMPARE_WINDOW (object);

  g_object_unref (self->reading);
  for (guint i = 0; i < N_RUNS; i++)
    {
      g_free (self->ids[i]);
      g_clear_pointer (&self->runs[i], lf_run_free);
      g_clear_pointer (&self->samples[i], g_ptr_array_unref);
    }
  G_OBJECT_CLASS (lf_compare_window_parent_class)->finalize (object);
}

static void
lf_compare_window_class_init (LfCompareWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lf_compare_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = lf_compare_window_finalize;
  g_type_ensure (LF_TYPE_COMPARISON);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               LF_RESOURCE_PATH "lf-compare-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LfCompareWindow, heading);
  gtk_widget_class_bind_template_child (widget_class, LfCompareWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, LfCompareWindow, error_page);
  gtk_widget_class_bind_template_child (widget_class, LfCompareWindow, comparison);
  gtk_widget_class_install_action (widget_class, "compare.retry", NULL, retry_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
lf_compare_window_init (LfCompareWindow *self)
{
  self->reading = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  lf_page_scroll_add (GTK_WIDGET (self));
}

LfCompareWindow *
lf_compare_window_new (LfStore *store, const char *before, const char *after)
{
  LfCompareWindow *self = g_object_new (LF_TYPE_COMPARE_WINDOW, NULL);

  self->store = g_object_ref (store);
  self->ids[BEFORE] = g_strdup (before);
  self->ids[AFTER] = g_strdup (after);
  read_next (self);
  return self;
}
