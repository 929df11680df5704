#include "lf-test-control.h"
#include "lf-test-store.h"

#include "lf-run-track.h"

/* A run whose end is brought into a store. */
typedef struct
{
  LfRun *run;
  LfSamples *samples;
  GPtrArray *lines;
  LfRunTrack *track;
} Ended;

static void
begin (Ended *ended, LfStore *store, int first_line, int last_line)
{
  ended->run = lf_test_new_run (NULL, LF_RUN_FINISHED);
  ended->run->summary = lf_summary_new ();
  ended->samples = lf_samples_new_of (lf_test_new_samples (ended->run->id, 1, 3));
  ended->lines = lf_test_new_lines (ended->run->id, first_line, last_line);
  ended->track = lf_run_track_new (store, ended->run, ended->samples, ended->lines);
}

static void
clear (Ended *ended)
{
  lf_run_track_stop (ended->track);
  g_object_unref (ended->track);
  lf_samples_unref (ended->samples);
  g_ptr_array_unref (ended->lines);
  lf_run_free (ended->run);
}

static void
await_ended (LfRunTrack *track)
{
  lf_run_track_end (track);
  while (!lf_run_track_has_ended (track))
    g_main_context_iteration (NULL, TRUE);
}

static void
assert_there (Ended *ended, LfStore *store, guint n_lines)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LfRun) run = LF_CALL (store, load_run, &error, ended->run->id);
  g_autoptr (GPtrArray) samples = LF_CALL (store, list_samples, &error, ended->run->id);
  g_autoptr (GPtrArray) lines = LF_CALL (store, list_logs, &error, ended->run->id, 0, 0);

  g_assert_no_error (error);
  g_assert_cmpint (run->status, ==, LF_RUN_FINISHED);
  g_assert_nonnull (run->summary);
  g_assert_cmpuint (samples->len, ==, lf_samples_get_n (ended->samples));
  g_assert_cmpuint (lines->len, ==, n_lines);
}

/* Memory holds the newest lines only: the others come from where the run is as well. */
static void
test_archive (LfTestStore *self, gconstpointer data)
{
  g_autofree char *uri = g_strconcat ("sqlite:", self->folder, "/archive.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (LfStore) archive = lf_test_open (uri, &error);
  g_autoptr (GPtrArray) old = NULL;
  Ended ended;

  begin (&ended, self->store, 1201, 1300);
  old = lf_test_new_lines (ended.run->id, 1, 1250);
  g_assert_true (LF_CALL (archive, save_run, &error, ended.run));
  g_assert_true (LF_CALL (archive, append_logs, &error, ended.run->id, old));
  lf_run_track_set_archive (ended.track, archive);
  await_ended (ended.track);
  g_assert_false (lf_run_track_has_lost_lines (ended.track));
  assert_there (&ended, self->store, 1300);
  clear (&ended);
  lf_test_close (archive);
}

static void
test_lost_lines (LfTestStore *self, gconstpointer data)
{
  Ended ended;

  begin (&ended, self->store, 11, 20);
  await_ended (ended.track);
  g_assert_true (lf_run_track_has_lost_lines (ended.track));
  assert_there (&ended, self->store, 10);
  clear (&ended);
}

/* A server that comes back empty, as from a copy of yesterday, gets all of the run again. */
static void
test_starts_over (LfTestStore *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  Ended ended;
  guint samples, lines;

  begin (&ended, self->store, 1, 5);
  ended.run->status = LF_RUN_RUNNING;
  do
    {
      lf_run_track_step (ended.track);
      g_main_context_iteration (NULL, TRUE);
      lf_run_track_count_waiting (ended.track, &samples, &lines);
    }
  while (samples > 0 || lines > 0);
  g_assert_true (LF_CALL (self->store, delete_run, &error, ended.run->id));
  ended.run->status = LF_RUN_FINISHED;
  g_ptr_array_extend_and_steal (ended.lines, lf_test_new_lines (ended.run->id, 6, 7));
  lf_run_track_end (ended.track);
  while (lf_run_track_get_error (ended.track) == NULL)
    g_main_context_iteration (NULL, TRUE);
  await_ended (ended.track);
  assert_there (&ended, self->store, 7);
  clear (&ended);
}

static double
first_second (LfStore *store, const char *run_id)
{
  g_autoptr (GPtrArray) samples = LF_CALL (store, list_samples, NULL, run_id);

  return samples->len > 0 ? ((LfSample *) samples->pdata[0])->t : -1;
}

/* What another store has waits until all that is new is written, and comes then. */
static void
test_begins_late (LfTestStore *self, gconstpointer data)
{
  Ended ended;
  g_autoptr (GPtrArray) more = NULL;
  guint samples, lines;

  begin (&ended, self->store, 1, 5);
  more = lf_test_new_samples (ended.run->id, 4, 1200);
  for (guint i = 0; i < more->len; i++)
    lf_samples_add (ended.samples, more->pdata[i]);
  lf_run_track_begin_at (ended.track, 1100);
  lf_run_track_count_waiting (ended.track, &samples, &lines);
  g_assert_cmpuint (samples, ==, 1200);
  lf_run_track_end (ended.track);
  while (samples == 1200)
    {
      g_main_context_iteration (NULL, TRUE);
      lf_run_track_count_waiting (ended.track, &samples, &lines);
    }
  g_assert_cmpuint (samples, ==, 1100);
  g_assert_cmpfloat (first_second (self->store, ended.run->id), ==, 1101);
  await_ended (ended.track);
  g_assert_cmpfloat (first_second (self->store, ended.run->id), ==, 1);
  assert_there (&ended, self->store, 5);
  clear (&ended);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lf_test_store_add ("/run-track/archive", test_archive);
  lf_test_store_add ("/run-track/lost-lines", test_lost_lines);
  lf_test_store_add ("/run-track/starts-over", test_starts_over);
  lf_test_store_add ("/run-track/begins-late", test_begins_late);
  return g_test_run ();
}
