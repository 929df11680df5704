/* store URI SPECS RUNS: fills an empty store with so many specs and runs of ten minutes, closes it,
 * opens it again, and measures what a person waits for. Prints one line of JSON; ms are medians of
 * five. */
#include "lf-histogram.h"
#include "lf-test-store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define RUN_SECONDS 600
#define FILE_SIZE   (25 * 1024 * 1024)
#define ROUNDS      5

static void
die_if (GError *error)
{
  if (error != NULL)
    g_error ("%s", error->message);
}

static LfStore *
open_store (const char *uri)
{
  GError *error = NULL;
  LfStore *store = lf_test_open (uri, &error);

  die_if (error);
  return store;
}

static void
close_store (LfStore *store)
{
  lf_test_close (store);
  g_object_unref (store);
}

/* As a second of a run at a few thousand requests has it. */
static char *
make_histogram (GRand *random)
{
  g_autoptr (LfHistogram) histogram = lf_histogram_new ();

  for (int i = 0; i < 3000; i++)
    lf_histogram_record (histogram, 500 + (gint64) (4000 * -g_rand_double (random) *
                                                    (g_rand_double (random) - 1.5)));
  return lf_histogram_encode (histogram);
}

static GPtrArray *
make_samples (const char *run_id, char *const *histograms, guint n_histograms)
{
  GPtrArray *samples = lf_test_new_samples (run_id, 1, RUN_SECONDS);

  for (guint i = 0; i < samples->len; i++)
    {
      LfSample *sample = samples->pdata[i];

      sample->duration = lf_sample_latency_new ();
      sample->duration->p50 = sample->duration->mean = 1.25 + i;
      sample->response_time = lf_sample_latency_copy (sample->duration);
      sample->histograms = lf_sample_histograms_new ();
      sample->histograms->duration = g_strdup (histograms[i % n_histograms]);
    }
  return samples;
}

static char *
add_run (LfStore *store, const char *spec_id, char *const *histograms, guint n_histograms)
{
  g_autoptr (LfRun) run = lf_test_new_run (spec_id, LF_RUN_FINISHED);
  g_autoptr (GPtrArray) samples = make_samples (run->id, histograms, n_histograms);
  g_autoptr (GPtrArray) lines = lf_test_new_lines (run->id, 1, 30);
  GError *error = NULL;

  run->summary = lf_summary_new ();
  run->summary->duration = RUN_SECONDS;
  LF_CALL (store, save_run, &error, run);
  die_if (error);
  LF_CALL (store, append_samples, &error, run->id, samples);
  die_if (error);
  LF_CALL (store, append_logs, &error, run->id, lines);
  die_if (error);
  return g_strdup (run->id);
}

/* The id of a spec in the middle of the list. */
static char *
add_specs (LfStore *store, guint n)
{
  g_autoptr (LfSpec) spec = lf_spec_new_default ();
  char *middle = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("Spec %05u of a large team", i * 7919 % n);
      GError *error = NULL;
      g_autoptr (LfSpec) saved = NULL;

      lf_set_string (&spec->name, name);
      saved = LF_CALL (store, save_spec, &error, spec);
      die_if (error);
      if (i == n / 2)
        middle = g_strdup (saved->id);
    }
  return middle;
}

/* The id of a run in the middle of the list. (transfer full) */
static char *
fill (LfStore *store, guint n_specs, guint n_runs)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autofree char *spec_id = add_specs (store, n_specs);
  char *histograms[20];
  char *middle = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (histograms); i++)
    histograms[i] = make_histogram (random);
  for (guint i = 0; i < n_runs; i++)
    {
      g_autofree char *id = add_run (store, spec_id, histograms, G_N_ELEMENTS (histograms));

      if (i == n_runs / 2)
        middle = g_steal_pointer (&id);
    }
  for (guint i = 0; i < G_N_ELEMENTS (histograms); i++)
    g_free (histograms[i]);
  return middle;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
median (double *ms)
{
  qsort (ms, ROUNDS, sizeof *ms, compare);
  return ms[ROUNDS / 2];
}

typedef void (*Work) (const char *uri, const char *run_id);

static double
get_cpu_ms (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double) time.tv_sec * 1e3 + (double) time.tv_nsec / 1e6;
}

/* Prints how long it takes, and what of that this process computes. */
static void
measure (const char *name, Work work, const char *uri, const char *run_id)
{
  double ms[ROUNDS], cpu[ROUNDS];

  for (int i = 0; i < ROUNDS; i++)
    {
      gint64 start = g_get_monotonic_time ();
      double cpu_start = get_cpu_ms ();

      work (uri, run_id);
      ms[i] = (double) (g_get_monotonic_time () - start) / 1000;
      cpu[i] = get_cpu_ms () - cpu_start;
    }
  printf (", \"%s_ms\": %.1f, \"%s_cpu_ms\": %.1f", name, median (ms), name, median (cpu));
}

/* What stands in the window when it opens: the specs, each with how its last ten runs went. */
static void
open_list (const char *uri, const char *run_id)
{
  LfStore *store = open_store (uri);
  GError *error = NULL;
  g_autoptr (GPtrArray) specs = LF_CALL (store, list_specs, &error);
  g_autoptr (GPtrArray) last = NULL;

  die_if (error);
  last = LF_CALL (store, list_last_runs, &error, 10);
  die_if (error);
  close_store (store);
}

static void
list_history (const char *uri, const char *run_id)
{
  LfStore *store = open_store (uri);
  GError *error = NULL;
  LfRunQuery query = { .brief = TRUE, .limit = 50 };
  g_autoptr (GPtrArray) runs = LF_CALL (store, list_runs, &error, &query);

  die_if (error);
  close_store (store);
}

static void
open_run (const char *uri, const char *run_id)
{
  LfStore *store = open_store (uri);
  GError *error = NULL;
  g_autoptr (LfRun) run = LF_CALL (store, load_run, &error, run_id);
  g_autoptr (GPtrArray) samples = LF_CALL (store, list_samples, &error, run_id);
  g_autoptr (GPtrArray) lines = LF_CALL (store, list_logs, &error, run_id, 0, 0);

  die_if (error);
  g_assert_cmpuint (samples->len, ==, RUN_SECONDS);
  close_store (store);
}

/* kB that the process had at most since reset_peak(). */
static long
get_peak (void)
{
  g_autofree char *status = NULL;

  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL, NULL));
  return atol (strstr (status, "VmHWM:") + strlen ("VmHWM:"));
}

static void
reset_peak (void)
{
  FILE *file = fopen ("/proc/self/clear_refs", "w");

  g_assert_nonnull (file);
  fputs ("5", file);
  fclose (file);
}

static char *
make_file (const char *name)
{
  char *path = g_build_filename (g_get_tmp_dir (), name, NULL);
  g_autofree guint32 *data = g_new (guint32, FILE_SIZE / sizeof (guint32));
  g_autoptr (GRand) random = g_rand_new_with_seed (2);

  for (guint i = 0; i < FILE_SIZE / sizeof *data; i++)
    data[i] = g_rand_int (random);
  g_assert_true (g_file_set_contents (path, (const char *) data, FILE_SIZE, NULL));
  return path;
}

/* Up and down again; the store compares the checksum. */
static void
move_file (LfStore *store, const char *path, double *up, double *down)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) nowhere = g_file_new_for_path ("/dev/null");
  GError *error = NULL;
  g_autoptr (GInputStream) in = G_INPUT_STREAM (g_file_read (file, NULL, &error));
  g_autoptr (GOutputStream) out =
      G_OUTPUT_STREAM (g_file_append_to (nowhere, G_FILE_CREATE_NONE, NULL, NULL));
  gint64 start = g_get_monotonic_time ();
  g_autoptr (LfAttachment) added =
      LF_CALL (store, add_attachment, &error, "body.bin", NULL, in, NULL, NULL);
  g_autoptr (LfAttachment) read = NULL;
  gint64 turn = g_get_monotonic_time ();

  die_if (error);
  read = LF_CALL (store, read_attachment, &error, added->id, out);
  die_if (error);
  *up = (double) (turn - start) / 1000;
  *down = (double) (g_get_monotonic_time () - turn) / 1000;
  g_assert_true (LF_CALL (store, delete_attachment, &error, added->id));
}

static void
print_file_figures (const char *uri)
{
  g_autofree char *path = make_file ("loadforge-bench.bin");
  LfStore *store = open_store (uri);
  double up[ROUNDS], down[ROUNDS];
  long before, peak;

  reset_peak ();
  before = get_peak ();
  for (int i = 0; i < ROUNDS; i++)
    move_file (store, path, &up[i], &down[i]);
  peak = get_peak ();
  printf (", \"file_up_ms\": %.1f, \"file_down_ms\": %.1f, \"file_memory_mib\": %.2f", median (up),
          median (down), (double) (peak - before) / 1024);
  close_store (store);
  remove (path);
}

int
main (int argc, char *argv[])
{
  const char *uri = argv[1];
  guint n_specs = (guint) atoi (argv[2]);
  guint n_runs = (guint) atoi (argv[3]);
  g_autofree char *run_id = NULL;
  LfStore *store;
  gint64 start = g_get_monotonic_time ();

  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR);
  store = open_store (uri);
  run_id = fill (store, n_specs, n_runs);
  close_store (store);
  printf ("{\"specs\": %u, \"runs\": %u, \"fill_s\": %.1f", n_specs, n_runs,
          (double) (g_get_monotonic_time () - start) / 1e6);
  measure ("list", open_list, uri, run_id);
  measure ("history", list_history, uri, run_id);
  measure ("run", open_run, uri, run_id);
  print_file_figures (uri);
  printf ("}\n");
  return 0;
}
