#include "config.h"

#include "lf-heat-reader.h"

#include "lf-histogram.h"
#include "lf-sample.h"

#define PIECE 256 /* samples that a thread takes at once */

struct _LfHeatReader
{
  GObject parent_instance;

  LfHeatMap *map;
  LfSamples *samples; /* or NULL */
  guint n_taken;      /* of these */
  gint64 step;
  gboolean service;
  GCancellable *reading; /* NULL while nothing is read */
};

enum
{
  READ,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LfHeatReader, lf_heat_reader, G_TYPE_OBJECT)

typedef struct
{
  LfSamples *samples;
  guint places[PIECE]; /* in these */
  guint n;
  gboolean service;
  GArray *columns; /* LfHeatColumn, what came of it */
} Piece;

static void
piece_free (gpointer data)
{
  Piece *piece = data;

  lf_samples_unref (piece->samples);
  g_array_unref (piece->columns);
  g_free (piece);
}

static void
count_cb (gint64 lowest, gint64 highest, guint64 count, gpointer user_data)
{
  LfHeatColumn *column = user_data;
  guint32 *place = &column->counts[lf_heat_map_row_of ((double) lowest)];

  *place += (guint32) MIN (count, G_MAXUINT32 - *place);
}

/* One that cannot be read leaves a gap. */
static void
read_texts (Piece *piece, double t, const LfSampleHistograms *texts)
{
  gboolean apart = texts != NULL && texts->response_time != NULL && !piece->service;
  const char *text = texts == NULL ? NULL : apart ? texts->response_time : texts->duration;
  g_autoptr (LfHistogram) histogram = text != NULL ? lf_histogram_decode (text, NULL) : NULL;
  LfHeatColumn column = { .t = t };

  if (histogram == NULL)
    return;
  lf_histogram_foreach (histogram, count_cb, &column);
  g_array_append_val (piece->columns, column);
}

static void
read_sample (Piece *piece, guint i)
{
  g_autoptr (LfSample) sample = lf_samples_get (piece->samples, piece->places[i]);

  read_texts (piece, sample->t, sample->histograms);
}

static void
read_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Piece *piece = data;

  for (guint i = 0; i < piece->n && !g_cancellable_is_cancelled (cancellable); i++)
    read_sample (piece, i);
  g_task_return_boolean (task, TRUE);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LfHeatReader *self = LF_HEAT_READER (source);
  Piece *piece = g_task_get_task_data (G_TASK (result));

  if (g_task_had_error (G_TASK (result)) ||
      self->reading != g_task_get_cancellable (G_TASK (result)))
    return; /* it was started anew meanwhile */
  g_clear_object (&self->reading);
  for (guint i = 0; i < piece->columns->len; i++)
    lf_heat_map_add (self->map, &g_array_index (piece->columns, LfHeatColumn, i));
  if (piece->columns->len > 0)
    g_signal_emit (self, signals[READ], 0);
  lf_heat_reader_go_on (self);
}

static Piece *
take_piece (LfHeatReader *self)
{
  Piece *piece = g_new0 (Piece, 1);
  guint n = lf_samples_get_n (self->samples);

  piece->samples = lf_samples_ref (self->samples);
  piece->service = self->service;
  piece->columns = g_array_new (FALSE, FALSE, sizeof (LfHeatColumn));
  for (; self->n_taken < n && piece->n < PIECE; self->n_taken++)
    if (lf_samples_get_step (self->samples, self->n_taken) == self->step)
      piece->places[piece->n++] = self->n_taken;
  return piece;
}

static void
stop (LfHeatReader *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}

static void
lf_heat_reader_finalize (GObject *object)
{
  LfHeatReader *self = LF_HEAT_READER (object);

  stop (self);
  g_clear_pointer (&self->samples, lf_samples_unref);
  g_clear_pointer (&self->map, lf_heat_map_free);
  G_OBJECT_CLASS (lf_heat_reader_parent_class)->finalize (object);
}

static void
lf_heat_reader_class_init (LfHeatReaderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lf_heat_reader_finalize;
  signals[READ] = g_signal_new ("read", LF_TYPE_HEAT_READER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
}

static void
lf_heat_reader_init (LfHeatReader *self)
{
  self->map = lf_heat_map_new ();
  self->step = -1;
}

LfHeatReader *
lf_heat_reader_new (void)
{
  return g_object_new (LF_TYPE_HEAT_READER, NULL);
}

const LfHeatMap *
lf_heat_reader_get_map (LfHeatReader *self)
{
  return self->map;
}

void
lf_heat_reader_start (LfHeatReader *self, LfSamples *samples, gint64 step, gboolean service)
{
  stop (self);
  if (samples != NULL)
    lf_samples_ref (samples);
  g_clear_pointer (&self->samples, lf_samples_unref);
  self->samples = samples;
  self->n_taken = 0;
  self->step = step;
  self->service = service;
  lf_heat_map_clear (self->map);
  g_signal_emit (self, signals[READ], 0);
  lf_heat_reader_go_on (self);
}

void
lf_heat_reader_go_on (LfHeatReader *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->reading != NULL || self->samples == NULL ||
      self->n_taken >= lf_samples_get_n (self->samples))
    return;
  self->reading = g_cancellable_new ();
  task = g_task_new (self, self->reading, read_cb, NULL);
  g_task_set_source_tag (task, lf_heat_reader_go_on);
  g_task_set_task_data (task, take_piece (self), piece_free);
  g_task_run_in_thread (task, read_in_thread);
}
