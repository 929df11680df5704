#include "config.h"

#include "lf-histogram-shelf.h"

#include <glib/gstdio.h>
#include <string.h>

#define N 4000 /* samples: with 1.2 kB of text each, many pages */

/* Text that tells which sample it is of. */
static char *
make_text (char kind, guint n, guint length)
{
  GString *text = g_string_new (NULL);

  g_string_printf (text, "%c%u", kind, n);
  while (text->len < length)
    g_string_append_c (text, (char) ('a' + n % 26));
  return g_string_free (text, FALSE);
}

/* Of three samples one has both, one only its duration, one none. */
static LfSample *
make_sample (guint n)
{
  LfSample *sample = lf_sample_new ();

  sample->t = n;
  sample->completed = n;
  if (n % 3 == 2)
    return sample;
  sample->histograms = lf_sample_histograms_new ();
  sample->histograms->duration = make_text ('d', n, 600 + n % 7);
  sample->histograms->response_time = n % 3 == 0 ? make_text ('r', n, 600) : NULL;
  return sample;
}

static void
put (LfHistogramShelf *shelf, guint from, guint to)
{
  for (guint n = from; n < to; n++)
    {
      g_autoptr (LfSample) sample = make_sample (n);

      lf_histogram_shelf_put (shelf, sample->histograms);
    }
}

static void
check (LfHistogramShelf *shelf, guint n)
{
  g_autoptr (LfSample) sample = make_sample (n);
  g_autoptr (LfSampleHistograms) texts = lf_histogram_shelf_get (shelf, n);

  if (n % 3 == 2)
    {
      g_assert_null (texts);
      return;
    }
  g_assert_cmpstr (texts->duration, ==, sample->histograms->duration);
  g_assert_cmpstr (texts->response_time, ==, sample->histograms->response_time);
}

/* Each is read back, those in the file and those that wait. */
static void
test_read (void)
{
  g_autoptr (LfHistogramShelf) shelf = lf_histogram_shelf_new ();

  g_assert_null (lf_histogram_shelf_get (shelf, 0));
  put (shelf, 0, N);
  for (guint n = 0; n < N; n++)
    check (shelf, n);
  g_assert_null (lf_histogram_shelf_get (shelf, N));
}

/* What it holds in memory does not grow with what is in the samples, only by a place for each. */
static void
test_size (void)
{
  g_autoptr (LfHistogramShelf) shelf = lf_histogram_shelf_new ();
  gsize first;

  put (shelf, 0, 1000);
  first = lf_histogram_shelf_get_size (shelf);
  put (shelf, 1000, 16000);
  g_assert_cmpuint (lf_histogram_shelf_get_size (shelf) - first, <=, 16 * 16384);
  g_assert_cmpuint (lf_histogram_shelf_get_size (shelf), <, 512 * 1024);
}

/* Nothing of it has a name that could be left behind. */
static void
test_nameless (void)
{
  g_autoptr (LfHistogramShelf) shelf = lf_histogram_shelf_new ();
  g_autoptr (GDir) folder = g_dir_open (g_get_user_cache_dir (), 0, NULL);
  const char *name;

  put (shelf, 0, 1000);
  g_assert_nonnull (folder);
  while ((name = g_dir_read_name (folder)) != NULL)
    g_assert_false (g_str_has_prefix (name, "loadforge-histograms-"));
}

static gpointer
read_in_thread (gpointer data)
{
  for (guint n = 0; n < N / 2; n++)
    check (data, n);
  return NULL;
}

/* A heat map and an export read while the run goes on. */
static void
test_threads (void)
{
  g_autoptr (LfHistogramShelf) shelf = lf_histogram_shelf_new ();
  GThread *readers[2];

  put (shelf, 0, N / 2);
  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    readers[i] = g_thread_new ("reader", read_in_thread, shelf);
  put (shelf, N / 2, N);
  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    g_thread_join (readers[i]);
  check (shelf, N - 1);
}

/* Where no file can be made, memory has to do. */
static void
test_no_file (void)
{
  g_autoptr (LfHistogramShelf) shelf = NULL;

  if (g_test_subprocess ())
    {
      g_assert_false (g_file_test (g_get_user_cache_dir (), G_FILE_TEST_IS_DIR));
      shelf = lf_histogram_shelf_new ();
      put (shelf, 0, N);
      for (guint n = 0; n < N; n++)
        check (shelf, n);
      g_assert_cmpuint (lf_histogram_shelf_get_size (shelf), >, 1024 * 1024);
      return;
    }
  g_setenv ("XDG_CACHE_HOME", "/dev/null/nowhere", TRUE);
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
}

int
main (int argc, char *argv[])
{
  g_autofree char *folder = g_dir_make_tmp ("loadforge-XXXXXX", NULL);
  int result;

  if (g_getenv ("XDG_CACHE_HOME") == NULL ||
      !g_str_has_prefix (g_getenv ("XDG_CACHE_HOME"), "/dev"))
    g_setenv ("XDG_CACHE_HOME", folder, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stats/histogram-shelf/read", test_read);
  g_test_add_func ("/stats/histogram-shelf/size", test_size);
  g_test_add_func ("/stats/histogram-shelf/nameless", test_nameless);
  g_test_add_func ("/stats/histogram-shelf/threads", test_threads);
  g_test_add_func ("/stats/histogram-shelf/no-file", test_no_file);
  result = g_test_run ();
  g_rmdir (folder);
  return result;
}
