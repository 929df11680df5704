#include "lf-run-state.h"

/* Every state and every event, written out as the design has them, beside the table that is tested:
 * "." is not allowed. */
static const char *const expected[][LF_N_RUN_EVENTS + 1] = {
  /*                start      pause     resume     stop        finish      lose */
  { "pending", "running", ".", ".", "stopped", ".", "interrupted" },
  { "running", ".", "paused", ".", "stopping", "finished", "interrupted" },
  { "paused", ".", ".", "running", "stopping", "finished", "interrupted" },
  { "stopping", ".", ".", ".", "stopping", "stopped", "interrupted" },
  { "finished", ".", ".", ".", ".", ".", "." },
  { "stopped", ".", ".", ".", ".", ".", "." },
  { "interrupted", ".", ".", ".", ".", ".", "." },
};

static void
test_transition (gconstpointer data)
{
  guint cell = GPOINTER_TO_UINT (data);
  LfRunStatus status = cell / LF_N_RUN_EVENTS;
  LfRunEvent event = cell % LF_N_RUN_EVENTS;
  const char *next_word = expected[status][event + 1];
  LfRunStatus next = LF_RUN_PENDING;

  g_assert_cmpstr (lf_run_status_words[status], ==, expected[status][0]);
  if (lf_run_state_next (status, event, &next))
    g_assert_cmpstr (lf_run_status_words[next], ==, next_word);
  else
    g_assert_cmpstr (next_word, ==, ".");
}

/* A run that has ended is no longer active, and nothing brings it back. */
static void
test_ends (void)
{
  for (LfRunStatus status = LF_RUN_PENDING; status <= LF_RUN_INTERRUPTED; status++)
    {
      g_autoptr (LfRun) run = lf_run_new ();
      gboolean moves = FALSE;
      LfRunStatus next;

      for (LfRunEvent event = 0; event < LF_N_RUN_EVENTS; event++)
        moves = lf_run_state_next (status, event, &next) || moves;
      run->status = status;
      g_assert_cmpint (moves, ==, lf_run_is_active (run));
    }
}

int
main (int argc, char **argv)
{
  static const char *const events[] = { "start", "pause", "resume", "stop", "finish", "lose" };

  g_test_init (&argc, &argv, NULL);
  for (guint cell = 0; cell < G_N_ELEMENTS (expected) * LF_N_RUN_EVENTS; cell++)
    {
      g_autofree char *path = g_strdup_printf (
          "/run-state/%s/%s", expected[cell / LF_N_RUN_EVENTS][0], events[cell % LF_N_RUN_EVENTS]);

      g_test_add_data_func (path, GUINT_TO_POINTER (cell), test_transition);
    }
  g_test_add_func ("/run-state/ends", test_ends);
  return g_test_run ();
}
