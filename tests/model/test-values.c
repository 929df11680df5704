#include "lf-error-code.h"
#include "lf-http-options.h"
#include "lf-id.h"
#include "lf-sample.h"
#include "lf-summary.h"
#include "lf-time.h"

#include <sys/wait.h>
#include <unistd.h>

/* The small types of the model: ids, times, counts, error codes, and options that inherit. */

#define N_IDS 100000

static gpointer
draw_ids (gpointer data)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < N_IDS / 4; i++)
    g_ptr_array_add (ids, lf_id_new ());
  return ids;
}

static void
test_ids (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GThread *threads[4];
  GPtrArray *ids[4];

  for (guint i = 0; i < 4; i++)
    threads[i] = g_thread_new ("ids", draw_ids, NULL);
  for (guint i = 0; i < 4; i++)
    {
      ids[i] = g_thread_join (threads[i]);
      for (guint n = 0; n < ids[i]->len; n++)
        {
          g_assert_true (lf_id_is_valid (ids[i]->pdata[n]));
          g_assert_true (g_hash_table_add (seen, ids[i]->pdata[n]));
        }
    }
  for (guint i = 0; i < 4; i++)
    g_ptr_array_unref (ids[i]);
}

/* Two processes that start from one never draw the same. */
static void
test_ids_after_fork (void)
{
  g_autofree char *before = lf_id_new ();
  g_autofree char *mine = NULL;
  char theirs[25] = "";
  int pipes[2], status;
  pid_t child;

  g_assert_cmpint (pipe (pipes), ==, 0);
  child = fork ();
  if (child == 0)
    {
      g_autofree char *id = lf_id_new ();

      _exit (write (pipes[1], id, 24) == 24 ? 0 : 1);
    }
  mine = lf_id_new ();
  g_assert_cmpint (read (pipes[0], theirs, 24), ==, 24);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);
  g_assert_cmpstr (mine + 8, !=, theirs + 8);
  close (pipes[0]);
  close (pipes[1]);
}

static void
test_invalid_ids (void)
{
  g_assert_false (lf_id_is_valid (NULL));
  g_assert_false (lf_id_is_valid (""));
  g_assert_false (lf_id_is_valid ("0123456789abcdef0123456"));
  g_assert_false (lf_id_is_valid ("0123456789abcdef012345678"));
  g_assert_false (lf_id_is_valid ("0123456789ABCDEF01234567"));
  g_assert_false (lf_id_is_valid ("../../../../etc/passwd  "));
  g_assert_true (lf_id_is_valid ("0123456789abcdef01234567"));
}

static void
test_times (void)
{
  const gint64 some[] = { 1, 999, 1000, 951827696789, 1795392000123, 4102444799999 };

  for (guint i = 0; i < G_N_ELEMENTS (some); i++)
    {
      g_autofree char *text = lf_time_to_text (some[i]);
      gint64 back = 0;

      g_assert_true (lf_time_from_text (text, &back));
      g_assert_cmpint (back, ==, some[i]);
    }
  for (guint i = 0; i < 10000; i++)
    {
      gint64 ms = (gint64) g_test_rand_double_range (0, 4e12);
      g_autofree char *text = lf_time_to_text (ms);
      gint64 back = 0;

      g_assert_true (lf_time_from_text (text, &back));
      g_assert_cmpint (back, ==, ms);
    }
}

static void
test_foreign_times (void)
{
  gint64 ms;

  g_assert_true (lf_time_from_text ("2026-11-23T12:00:00Z", &ms));
  g_assert_cmpint (ms, ==, G_GINT64_CONSTANT (1795435200000));
  g_assert_true (lf_time_from_text ("2026-11-23T13:30:00+01:30", &ms));
  g_assert_cmpint (ms, ==, G_GINT64_CONSTANT (1795435200000));
  g_assert_false (lf_time_from_text ("2026-11-23T12:00:00", &ms));     /* of which zone? */
  g_assert_true (lf_time_from_text ("2024-02-29T00:00:00.123Z", &ms)); /* a leap day */
  g_assert_cmpint (ms, ==, G_GINT64_CONSTANT (1709164800123));
  g_assert_false (lf_time_from_text ("2026-02-29T00:00:00Z", &ms));
  g_assert_false (lf_time_from_text ("2026-11-23T12:60:00Z", &ms));
  g_assert_false (lf_time_from_text ("2026-11-23T12:00:00Z later", &ms));
  g_assert_false (lf_time_from_text (NULL, &ms));
  g_assert_false (lf_time_from_text ("2026-13-23T12:00:00Z", &ms));
  g_assert_false (lf_time_from_text ("now", &ms));
  g_assert_false (lf_time_from_text ("", &ms));
}

static void
test_counts (void)
{
  g_autoptr (LfCounts) counts = lf_counts_new ();

  lf_counts_add (counts, "404", 2);
  lf_counts_add (counts, "200", 1);
  lf_counts_add (counts, "500", 3);
  lf_counts_add (counts, "200", 4);
  g_assert_cmpint (lf_counts_get (counts, "200"), ==, 5);
  g_assert_cmpint (lf_counts_get (counts, "404"), ==, 2);
  g_assert_cmpint (lf_counts_get (counts, "301"), ==, 0);
  g_assert_cmpuint (counts->n, ==, 3);
  g_assert_cmpstr (counts->entries[0].key, ==, "200");
  g_assert_cmpstr (counts->entries[2].key, ==, "500");
}

/* Whatever status a server answers, a person reads words. */
static void
test_error_codes (void)
{
  for (guint status = 400; status < 600; status++)
    g_assert_nonnull (lf_error_code_message (status + 1000));
  g_assert_nonnull (lf_error_code_message (LF_ERROR_CODE_TCP_REFUSED));
  g_assert_null (lf_error_code_message (LF_ERROR_CODE_NONE));
  g_assert_nonnull (lf_error_code_cure (LF_ERROR_CODE_TCP_REFUSED));
  g_assert_null (lf_error_code_cure (LF_ERROR_CODE_NONE));
  g_assert_null (lf_error_code_message (200));
}

static LfHttpOptions *
read_options (const char *text)
{
  return lf_record_from_text (&lf_http_options_type, text, -1, NULL);
}

/* A step overrides what it names, and only that, even where it names the preset. */
static void
test_options (void)
{
  g_autoptr (LfHttpOptions) spec = read_options (
      "{\"timeout\":5,\"keepAlive\":false,\"tls\":{\"verify\":false,\"caFile\":\"a.pem\"}}");
  g_autoptr (LfHttpOptions) step =
      read_options ("{\"timeout\":60,\"userAgent\":\"me\",\"tls\":{\"caFile\":\"b.pem\"}}");
  g_autoptr (LfHttpOptions) both = lf_http_options_merge (spec, step);
  g_autoptr (LfHttpOptions) preset = lf_http_options_merge (NULL, NULL);

  g_assert_cmpfloat (both->timeout, ==, 60);
  g_assert_false (both->keep_alive);
  g_assert_cmpstr (both->user_agent, ==, "me");
  g_assert_false (both->tls->verify);
  g_assert_cmpstr (both->tls->ca_file, ==, "b.pem");
  g_assert_true (both->follow_redirects);
  g_assert_cmpfloat (spec->timeout, ==, 5);
  g_assert_nonnull (preset->tls);
  g_assert_true (preset->tls->verify);
  g_assert_cmpfloat (preset->connect_timeout, ==, 10);
}

/* The response time where there is one, else the duration; nothing where no answer came. */
static void
test_response (void)
{
  g_autoptr (LfLatencies) latencies = lf_latencies_new ();
  g_autoptr (LfSample) sample = lf_sample_new ();

  g_assert_null (lf_latencies_get_response (NULL));
  g_assert_null (lf_latencies_get_response (latencies));
  latencies->duration = lf_latency_new ();
  latencies->response_time = lf_latency_new ();
  g_assert_null (lf_latencies_get_response (latencies));
  latencies->duration->count = 3;
  g_assert_null (lf_latencies_get_response (latencies)); /* three, none of which was answered */
  latencies->duration->max = 7;
  g_assert_true (lf_latencies_get_response (latencies) == latencies->duration);
  latencies->response_time->count = 3;
  latencies->response_time->max = 9;
  g_assert_true (lf_latencies_get_response (latencies) == latencies->response_time);

  g_clear_pointer (&sample->response_time, lf_sample_latency_free);
  g_clear_pointer (&sample->duration, lf_sample_latency_free);
  g_assert_null (lf_sample_get_response (sample));
  sample->duration = lf_sample_latency_new ();
  sample->duration->max = 7;
  g_assert_null (lf_sample_get_response (sample)); /* nothing was completed */
  sample->completed = 3;
  g_assert_true (lf_sample_get_response (sample) == sample->duration);
  sample->response_time = lf_sample_latency_new ();
  sample->response_time->max = 9;
  g_assert_true (lf_sample_get_response (sample) == sample->response_time);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/id/unique", test_ids);
  g_test_add_func ("/id/after-fork", test_ids_after_fork);
  g_test_add_func ("/id/invalid", test_invalid_ids);
  g_test_add_func ("/time/round-trip", test_times);
  g_test_add_func ("/time/foreign", test_foreign_times);
  g_test_add_func ("/counts", test_counts);
  g_test_add_func ("/error-code/messages", test_error_codes);
  g_test_add_func ("/latencies/response", test_response);
  g_test_add_func ("/http-options/merge", test_options);
  return g_test_run ();
}
