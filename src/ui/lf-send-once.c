#include "config.h"

#include "lf-send-once.h"

#include "lf-answer-text.h"
#include "lf-attachment-loader.h"
#include "lf-error-code.h"
#include "lf-format.h"
#include "lf-redact.h"
#include "lf-trial.h"
#include "lf-waterfall.h"

#include <glib/gi18n.h>

struct _LfSendOnce
{
  GtkBox parent_instance;
  LfStore *store;
  const LfSpec *spec;
  guint step;
  GCancellable *cancellable; /* of what is under way; NULL: nothing is */
  GtkWidget *button;
  GtkWidget *button_label;
  GtkWidget *spinner;
  GtkWidget *message;
  GtkWidget *result;
  GtkWidget *status;
  GtkWidget *facts;
  GtkWidget *cure;
  GtkWidget *waterfall;
  GtkWidget *stack;
  GtkWidget *body;
  GtkWidget *headers;
  GtkWidget *request;
};

enum
{
  REFUSE,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LfSendOnce, lf_send_once, GTK_TYPE_BOX)

static void
show_busy (LfSendOnce *self)
{
  gboolean busy = self->cancellable != NULL;

  gtk_widget_set_visible (self->spinner, busy);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), busy);
  gtk_label_set_label (GTK_LABEL (self->button_label), busy ? _ ("_Cancel") : _ ("_Send Once"));
  gtk_widget_set_sensitive (self->button, self->spec != NULL);
}

static void
show_message (LfSendOnce *self, const char *message)
{
  gtk_label_set_text (GTK_LABEL (self->message), message != NULL ? message : "");
  gtk_widget_set_visible (self->message, message != NULL);
}

static void
set_text (GtkWidget *view, const char *text)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text, -1);
}

/* "200 OK", as the target said it; or what went wrong. */
static char *
status_words (const LfTrial *trial)
{
  g_auto (GStrv) lines = g_strsplit (trial->answer, "\r\n", 2);
  const char *status = lines[0] != NULL ? strchr (lines[0], ' ') : NULL;
  const char *what = lf_error_code_message (trial->error_code);

  if (trial->status > 0 && status != NULL)
    return g_strdup (status + 1);
  return g_strdup_printf ("%s (%u)", what != NULL ? _ (what) : _ ("No answer"), trial->error_code);
}

static char *
facts_words (const LfTrial *trial)
{
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (facts, lf_format_ms ((double) trial->total / 1000));
  if (trial->status > 0)
    g_ptr_array_add (facts, lf_format_bytes ((double) trial->body_size));
  if (trial->status > 0 && trial->http_version != NULL)
    g_ptr_array_add (facts, g_strdup (trial->http_version));
  if (trial->address != NULL)
    g_ptr_array_add (facts, g_strdup (trial->address));
  if (trial->redirects > 0)
    g_ptr_array_add (facts,
                     g_strdup_printf (ngettext ("%u redirect", "%u redirects", trial->redirects),
                                      trial->redirects));
  g_ptr_array_add (facts, NULL);
  return g_strjoinv (" · ", (char **) facts->pdata);
}

static void
show_status (LfSendOnce *self, const LfTrial *trial)
{
  static const char *const classes[] = { "success", "warning", "error" };
  const char *cure = lf_error_code_cure (trial->error_code);
  g_autofree char *status = status_words (trial);
  g_autofree char *facts = facts_words (trial);
  guint class = trial->error_code != 0 ? 2 : trial->status >= 300 ? 1 : 0;

  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    gtk_widget_remove_css_class (self->status, classes[i]);
  gtk_widget_add_css_class (self->status, classes[class]);
  gtk_label_set_text (GTK_LABEL (self->status), status);
  gtk_label_set_text (GTK_LABEL (self->facts), facts);
  gtk_label_set_text (GTK_LABEL (self->cure), cure != NULL ? cure : "");
  gtk_widget_set_visible (self->cure, cure != NULL);
}

static void
show_trial (LfSendOnce *self, const LfTrial *trial)
{
  g_autofree char *request = lf_redact_head (trial->request);
  g_autofree char *answer = lf_redact_head (trial->answer);
  g_autofree char *body = lf_answer_text_new (trial->body, trial->body_size);

  show_status (self, trial);
  lf_waterfall_set_trial (LF_WATERFALL (self->waterfall), trial);
  set_text (self->body, body);
  set_text (self->headers, answer);
  set_text (self->request, request);
  gtk_widget_set_visible (self->stack, trial->status > 0);
  gtk_widget_set_visible (self->result, TRUE);
}

/* After its end; a later one may be under way by then. */
static void
end (LfSendOnce *self, GCancellable *cancellable, const LfTrial *trial, const GError *error)
{
  if (self->cancellable != cancellable)
    return;
  g_clear_object (&self->cancellable);
  if (trial != NULL)
    show_trial (self, trial);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_message (self, error->message);
  show_busy (self);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LfTrial) trial = lf_trial_send_finish (result, &error);

  end (g_task_get_source_object (task), g_task_get_cancellable (task), trial, error);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) attachments = lf_attachments_load_finish (result, &error);

  if (attachments == NULL)
    {
      end (g_task_get_source_object (task), cancellable, NULL, error);
      return;
    }
  lf_trial_send_async (g_task_get_task_data (task),
                       LF_SEND_ONCE (g_task_get_source_object (task))->step, attachments,
                       cancellable, sent_cb, g_object_ref (task));
}

static void
cancel (LfSendOnce *self)
{
  if (self->cancellable == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static gboolean
is_refused (LfSendOnce *self)
{
  gboolean refused = FALSE;

  g_signal_emit (self, signals[REFUSE], 0, &refused);
  return refused;
}

void
lf_send_once_send (LfSendOnce *self)
{
  g_autoptr (GTask) task = NULL;
  gboolean busy = self->cancellable != NULL;

  cancel (self);
  if (!busy && self->spec != NULL && !is_refused (self))
    {
      show_message (self, NULL);
      self->cancellable = g_cancellable_new ();
      task = g_task_new (self, self->cancellable, NULL, NULL);
      g_task_set_task_data (task, lf_spec_copy (self->spec), lf_record_free);
      lf_attachments_load_async (g_task_get_task_data (task), NULL, self->store, self->cancellable,
                                 loaded_cb, g_object_ref (task));
    }
  show_busy (self);
}

static void
copy_cb (LfSendOnce *self)
{
  GtkWidget *page =
      gtk_stack_get_visible_child (GTK_STACK (gtk_widget_get_last_child (self->stack)));
  GtkWidget *view = gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (page));
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  GtkTextIter start, last;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &last);
  text = gtk_text_buffer_get_text (buffer, &start, &last, FALSE);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
}

static void
lf_send_once_dispose (GObject *object)
{
  LfSendOnce *self = LF_SEND_ONCE (object);

  cancel (self);
  self->spec = NULL;
  g_clear_object (&self->store);
  gtk_widget_dispose_template (GTK_WIDGET (object), LF_TYPE_SEND_ONCE);
  G_OBJECT_CLASS (lf_send_once_parent_class)->dispose (object);
}

static void
lf_send_once_class_init (LfSendOnceClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lf_send_once_dispose;
  signals[REFUSE] = g_signal_new ("refuse", LF_TYPE_SEND_ONCE, G_SIGNAL_RUN_LAST, 0,
                                  g_signal_accumulator_true_handled, NULL, NULL, G_TYPE_BOOLEAN, 0);
  g_type_ensure (LF_TYPE_WATERFALL);
  gtk_widget_class_set_template_from_resource (widget_class, LF_RESOURCE_PATH "lf-send-once.ui");
  gtk_widget_class_bind_template_child (widget_class, LfSendOnce, button);
  gtk_widget_class_bind_template_child (widget_class, LfSendOnce, button_label);
  gtk_widget_class_bind_template_child (widget_class, LfSendOnce, spinner);
  gtk_widget_class_bind_template_child (widget_class, LfSendOnce, message);
  gtk_widget_class_bind_template_child (widget_class, LfSendOnce, result);
  gtk_widget_class_bind_template_child (widget_class, LfSendOnce, status);
  gtk_widget_class_bind_template_child (widget_class, LfSendOnce, facts);
  gtk_widget_class_bind_template_child (widget_class, LfSendOnce, cure);
  gtk_widget_class_bind_template_child (widget_class, LfSendOnce, waterfall);
  gtk_widget_class_bind_template_child (widget_class, LfSendOnce, stack);
  gtk_widget_class_bind_template_child (widget_class, LfSendOnce, body);
  gtk_widget_class_bind_template_child (widget_class, LfSendOnce, headers);
  gtk_widget_class_bind_template_child (widget_class, LfSendOnce, request);
  gtk_widget_class_bind_template_callback (widget_class, lf_send_once_send);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
}

static void
lf_send_once_init (LfSendOnce *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  show_busy (self);
}

void
lf_send_once_set_step (LfSendOnce *self, LfStore *store, const LfSpec *spec, guint step)
{
  cancel (self);
  g_set_object (&self->store, store);
  self->spec = spec;
  self->step = step;
  show_message (self, NULL);
  gtk_widget_set_visible (self->result, FALSE);
  show_busy (self);
}
