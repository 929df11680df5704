#include "lf-test-control.h"
#include "lf-test-scheduler.h"

#include "lf-error.h"
#include "lf-store-private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define N_SPECS 10
#define N_TIMES 10

static LfStoreWork claim_schedule; /* of the store that a test has taken it from */
static guint n_lost;               /* answers still to be lost */
static GAsyncQueue *claimed;       /* has an item once a claim is made, */
static GAsyncQueue *held;          /* whose answer is held back until this has one */

static gpointer
lose_answer (LfStore *store, LfStoreCall *call, GError **error)
{
  if (claim_schedule (store, call, error) == NULL)
    return NULL;
  if (n_lost == 0)
    return LF_STORE_DONE;
  n_lost--;
  g_set_error (error, LF_ERROR, LF_ERROR_UNREACHABLE, "the answer got lost");
  return NULL;
}

/* A schedule that is due in a minute, whose claim goes through @work. */
static void
claim_by (LfTestScheduler *bench, LfTestStore *self, LfStoreWork work)
{
  LfStoreClass *klass = LF_STORE_GET_CLASS (self->store);
  g_autofree char *spec_id = NULL;

  lf_test_scheduler_init (bench, self->store);
  spec_id = lf_test_scheduler_save_spec (self, bench->url, LF_TEST_ONCE);
  lf_run_schedule_free (
      lf_test_scheduler_save_schedule (self, spec_id, "@hourly", LF_TEST_START + LF_TEST_MINUTE));
  lf_test_scheduler_start (bench);
  claim_schedule = klass->claim_schedule;
  klass->claim_schedule = work;
}

static void
claim_end (LfTestScheduler *bench, LfTestStore *self)
{
  LF_STORE_GET_CLASS (self->store)->claim_schedule = claim_schedule;
  lf_test_scheduler_clear (bench);
}

/* The database has claimed the time, and the network fails before anybody knows, twice: it is run,
 * once. */
static void
test_lost_answer (LfTestStore *self, gconstpointer data)
{
  LfTestScheduler bench;

  claim_by (&bench, self, lose_answer);
  n_lost = 2;
  for (guint n = 0; n < 2; n++)
    {
      lf_test_scheduler_advance (&bench, LF_TEST_START + LF_TEST_MINUTE + n);
      g_assert_cmpuint (bench.n_started, ==, 0);
    }
  for (guint n = 2; n < 4; n++)
    {
      lf_test_scheduler_advance (&bench, LF_TEST_START + LF_TEST_MINUTE + n);
      g_assert_cmpuint (bench.n_started, ==, 1);
      lf_test_scheduler_await_runs (&bench);
    }
  g_assert_cmpuint (bench.missed->len, ==, 0);
  claim_end (&bench, self);
}

static gpointer
hold_answer (LfStore *store, LfStoreCall *call, GError **error)
{
  gpointer done = claim_schedule (store, call, error);

  g_async_queue_push (claimed, store);
  g_main_context_wakeup (NULL);
  g_async_queue_pop (held);
  return done;
}

/* Stopped between the claim and its answer: nobody runs it, and that is told. */
static void
test_stopped (LfTestStore *self, gconstpointer data)
{
  LfTestScheduler bench;

  claim_by (&bench, self, hold_answer);
  claimed = g_async_queue_new ();
  held = g_async_queue_new ();
  bench.now = LF_TEST_START + LF_TEST_MINUTE;
  lf_scheduler_look (bench.scheduler);
  while (g_async_queue_try_pop (claimed) == NULL)
    g_main_context_iteration (NULL, TRUE);
  lf_scheduler_stop (bench.scheduler);
  g_async_queue_push (held, self);
  lf_test_scheduler_await_idle (&bench);
  lf_test_scheduler_assert_missed (&bench, 1, "“tried” missed 1 time");
  g_assert_cmpuint (bench.n_started, ==, 0);
  g_async_queue_unref (claimed);
  g_async_queue_unref (held);
  claim_end (&bench, self);
}

/* The child of the next test: takes the time from standard input, and says when all is done. */
static int
follow_clock (const char *uri)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LfStore) store = lf_test_open (uri, &error);
  LfTestScheduler bench;
  char line[64];

  g_assert_no_error (error);
  lf_test_scheduler_init (&bench, store);
  lf_test_scheduler_start (&bench);
  printf ("0\n");
  fflush (stdout);
  while (fgets (line, sizeof line, stdin) != NULL)
    {
      lf_test_scheduler_advance (&bench, g_ascii_strtoll (line, NULL, 10));
      lf_test_scheduler_await_runs (&bench);
      printf ("%u\n", bench.n_started);
      fflush (stdout);
    }
  g_assert_cmpuint (bench.missed->len, ==, 0);
  lf_test_scheduler_clear (&bench);
  lf_test_close (store);
  return 0;
}

static guint
read_answer (GDataInputStream *output)
{
  g_autofree char *line = g_data_input_stream_read_line (output, NULL, NULL, NULL);

  g_assert_nonnull (line);
  return (guint) atoi (line);
}

/* Two processes, one database, and 100 times that are due in both at once: 100 runs. */
static void
test_two_processes (LfTestStore *self, gconstpointer data)
{
  g_autofree char *url = NULL;
  g_autoptr (LfTarget) target = lf_test_target (0, &url);
  GSubprocess *children[2];
  GDataInputStream *outputs[2];
  g_autoptr (GError) error = NULL;
  guint n_started[2] = { 0, 0 };

  for (guint i = 0; i < N_SPECS; i++)
    {
      g_autofree char *spec_id = lf_test_scheduler_save_spec (self, url, LF_TEST_ONCE);

      lf_run_schedule_free (lf_test_scheduler_save_schedule (self, spec_id, "* * * * *",
                                                             LF_TEST_START + LF_TEST_MINUTE));
    }
  for (guint i = 0; i < 2; i++)
    {
      children[i] =
          g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                            "/proc/self/exe", "--follow-clock", self->uri, NULL);
      g_assert_no_error (error);
      outputs[i] = g_data_input_stream_new (g_subprocess_get_stdout_pipe (children[i]));
      read_answer (outputs[i]);
    }
  for (guint time = 1; time <= N_TIMES; time++)
    {
      for (guint i = 0; i < 2; i++)
        g_output_stream_printf (g_subprocess_get_stdin_pipe (children[i]), NULL, NULL, &error,
                                "%" G_GINT64_FORMAT "\n", LF_TEST_START + time * LF_TEST_MINUTE);
      for (guint i = 0; i < 2; i++)
        n_started[i] = read_answer (outputs[i]);
    }
  for (guint i = 0; i < 2; i++)
    {
      g_output_stream_close (g_subprocess_get_stdin_pipe (children[i]), NULL, NULL);
      g_assert_true (g_subprocess_wait_check (children[i], NULL, &error));
      g_object_unref (outputs[i]);
      g_object_unref (children[i]);
    }
  g_test_message ("%u runs by one, %u by the other", n_started[0], n_started[1]);
  g_assert_cmpuint (n_started[0] + n_started[1], ==, N_SPECS * N_TIMES);
  g_assert_cmpuint (lf_test_scheduler_count_runs (self), ==, N_SPECS * N_TIMES);
}

int
main (int argc, char **argv)
{
  if (argc == 3 && strcmp (argv[1], "--follow-clock") == 0)
    return follow_clock (argv[2]);
  g_test_init (&argc, &argv, NULL);
  lf_test_store_add_for ("mongo", "/lost-answer", test_lost_answer);
  lf_test_store_add_for ("sqlite", "/stopped", test_stopped);
  lf_test_store_add ("/two-processes", test_two_processes);
  return g_test_run ();
}
