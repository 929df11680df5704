#include "lf-run-feed.h"

#include "lf-room.h"
#include "lf-test-control.h"

#define STEPS 60
#define MOST  (100 + STEPS) /* samples that are told at once: a second is never cut */

/* What the other thread was told. */
typedef struct
{
  GMainContext *context;
  GPtrArray *samples; /* LfSample */
  LfRooms *rooms;     /* or NULL */
  guint past;         /* of the samples */
  guint lines;
  guint states;
  guint ends;
} Listener;

static void
heard_cb (const LfFeedEvent *event, gpointer user_data)
{
  Listener *self = user_data;

  g_assert_cmpuint (self->ends, ==, 0);
  if (event->kind == LF_FEED_SAMPLES)
    {
      g_assert_nonnull (event->progress);
      g_assert_cmpuint (event->records->len, <=, MOST);
      g_assert_true (!event->past || self->past == self->samples->len); /* they come first */
      self->past += event->past ? event->records->len : 0;
      for (guint i = 0; i < event->records->len; i++)
        g_ptr_array_add (self->samples, lf_sample_copy (event->records->pdata[i]));
    }
  else if (event->kind == LF_FEED_LINES)
    self->lines += event->records->len;
  self->states += event->kind == LF_FEED_STATE;
  self->ends += event->kind == LF_FEED_END;
  if (self->rooms != NULL)
    lf_rooms_take (event, self->rooms);
}

static void
listen (Listener *self)
{
  while (g_main_context_iteration (self->context, FALSE))
    ;
}

/* A second makes as many samples as another makes in a minute. */
static LfSpec *
make_spec (const char *url)
{
  LfSpec *spec = lf_test_control_spec (url, "{\"users\":1,\"steady\":600}", 5);

  while (spec->steps->len < STEPS)
    g_ptr_array_add (spec->steps, lf_step_copy (spec->steps->pdata[0]));
  return spec;
}

static void
assert_told (const Listener *self, LfActiveRun *run)
{
  LfSamples *samples = lf_active_run_get_samples (run);

  g_assert_cmpuint (self->samples->len, ==, lf_samples_get_n (samples));
  for (guint i = 0; i < self->samples->len; i++)
    {
      const LfSample *told = self->samples->pdata[i];
      g_autoptr (LfSample) sample = lf_samples_get (samples, i);

      g_assert_cmpfloat (told->t, ==, sample->t);
      g_assert_cmpint (told->step, ==, sample->step);
      g_assert_cmpint (told->completed, ==, sample->completed);
      g_assert_true (lf_record_equal (told->histograms, sample->histograms));
    }
}

static void
heard_by_nobody_cb (LfRoom *room, gpointer viewer)
{
  g_assert_not_reached ();
}

/* A room sums all up, but keeps as messages only what came while it was there. */
static void
assert_summed_up (const Listener *self, LfActiveRun *run, guint past)
{
  const LfRoom *room = lf_rooms_find (self->rooms, lf_active_run_get_run (run)->id);
  gint64 completed = 0;
  guint told = 0;

  for (guint i = 0; i < self->samples->len; i++)
    {
      const LfSample *sample = self->samples->pdata[i];

      completed += sample->step < 0 ? sample->completed : 0;
    }
  for (const GList *link = room->messages.head; link != NULL; link = link->next)
    told += ((LfRoomMessage *) link->data)->kind == LF_FEED_SAMPLES;
  g_assert_cmpuint (self->past, ==, past);
  g_assert_cmpuint (told, ==, self->samples->len - past);
  g_assert_cmpint (room->sums->completed, ==, completed);
  g_assert_cmpint (lf_histogram_get_count (room->duration), ==, completed);
  g_assert_cmpint (room->forgotten, >, 0);
  g_assert_cmpint (room->forgotten, <, room->seq);
}

/* Who comes late to a run gets all that was, in its order, but not from one turn of the main loop:
 * what goes on meanwhile comes behind it, the end last of all. */
static void
test_late (void)
{
  Listener listener = { .context = g_main_context_new (),
                        .rooms = lf_rooms_new (heard_by_nobody_cb),
                        .samples = g_ptr_array_new_with_free_func (lf_record_free) };
  guint past;
  g_autofree char *url = NULL;
  g_autoptr (LfTarget) target = lf_test_target (1, &url);
  g_autoptr (LfRunManager) manager = lf_run_manager_new (NULL);
  g_autoptr (LfSpec) spec = make_spec (url);
  g_autoptr (GError) error = NULL;
  g_autoptr (LfActiveRun) run = lf_test_start_run (manager, spec, NULL, &error);
  LfRunFeed *feed;

  g_assert_no_error (error);
  lf_test_await_samples (run, 4);
  g_assert_cmpuint (lf_samples_get_n (lf_active_run_get_samples (run)), >, MOST);
  past = lf_samples_get_n (lf_active_run_get_samples (run));
  feed = lf_run_feed_new (manager, listener.context, heard_cb, &listener);
  listen (&listener);
  g_assert_cmpuint (listener.states, ==, 1);
  g_assert_cmpuint (listener.lines, >, 0);
  g_assert_cmpuint (listener.samples->len, ==, 0);
  lf_active_run_stop (run);
  while (listener.ends == 0)
    {
      g_main_context_iteration (NULL, TRUE);
      listen (&listener);
    }
  assert_told (&listener, run);
  assert_summed_up (&listener, run, past);
  lf_run_feed_free (feed);
  lf_rooms_free (listener.rooms);
  g_ptr_array_unref (listener.samples);
  g_main_context_unref (listener.context);
}

/* Somebody hangs up before all is told. */
static void
test_gone (void)
{
  Listener listener = { .context = g_main_context_new (),
                        .samples = g_ptr_array_new_with_free_func (lf_record_free) };
  g_autofree char *url = NULL;
  g_autoptr (LfTarget) target = lf_test_target (1, &url);
  g_autoptr (LfRunManager) manager = lf_run_manager_new (NULL);
  g_autoptr (LfSpec) spec = make_spec (url);
  g_autoptr (LfActiveRun) run = lf_test_start_run (manager, spec, NULL, NULL);

  lf_test_await_samples (run, 1);
  lf_run_feed_free (lf_run_feed_new (manager, listener.context, heard_cb, &listener));
  lf_active_run_stop (run);
  lf_test_await_end (run);
  listen (&listener);
  g_assert_cmpuint (listener.samples->len, ==, 0);
  g_assert_cmpuint (listener.ends, ==, 0);
  g_ptr_array_unref (listener.samples);
  g_main_context_unref (listener.context);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/feed/late", test_late);
  g_test_add_func ("/server/feed/gone", test_gone);
  return g_test_run ();
}
