/*
 * The half of test-interop.js that is ours. `write` prints encoded histograms of many shapes,
 * `read` decodes the one in each line of standard input; both tell what LoadForge says of them, one
 * JSON object a line.
 */
#include "lf-histogram.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const double percentiles[] = { 0.1, 1, 25, 50, 75, 90, 95, 99, 99.9, 99.99, 100 };

static void
print (const LfHistogram *histogram)
{
  g_autofree char *text = lf_histogram_encode (histogram);
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  printf ("{\"text\":\"%s\",\"count\":%" G_GUINT64_FORMAT ",\"min\":%" G_GINT64_FORMAT
          ",\"max\":%" G_GINT64_FORMAT ",\"mean\":%s,\"percentiles\":{",
          text, lf_histogram_get_count (histogram), lf_histogram_get_min (histogram),
          lf_histogram_get_max (histogram),
          g_ascii_dtostr (number, sizeof number, lf_histogram_get_mean (histogram)));
  for (guint i = 0; i < G_N_ELEMENTS (percentiles); i++)
    printf ("%s\"%g\":%" G_GINT64_FORMAT, i > 0 ? "," : "", percentiles[i],
            lf_histogram_percentile (histogram, percentiles[i]));
  puts ("}}");
}

/* From @low to @high us, of all magnitudes alike. */
static void
print_random (GRand *rand, guint n, double low, double high)
{
  g_autoptr (LfHistogram) histogram = lf_histogram_new ();

  for (guint i = 0; i < n; i++)
    lf_histogram_record (histogram,
                         (gint64) exp (g_rand_double_range (rand, log (low), log (high))));
  print (histogram);
}

static void
print_one_value (gint64 us, guint64 n)
{
  g_autoptr (LfHistogram) histogram = lf_histogram_new ();

  lf_histogram_record_n (histogram, us, n);
  print (histogram);
}

static void
print_merged (GRand *rand)
{
  g_autoptr (LfHistogram) sum = lf_histogram_new ();

  for (guint part = 0; part < 8; part++)
    {
      g_autoptr (LfHistogram) histogram = lf_histogram_new ();

      for (guint i = 0; i < 1000; i++)
        lf_histogram_record (histogram, g_rand_int_range (rand, 50, 5000));
      lf_histogram_add (sum, histogram);
    }
  print (sum);
}

static void
write_all (void)
{
  g_autoptr (GRand) rand = g_rand_new ();
  g_autoptr (LfHistogram) empty = lf_histogram_new ();

  print (empty);
  print_one_value (1, 1);
  print_one_value (2047, 3);
  print_one_value (2048, 3);
  print_one_value (LF_HISTOGRAM_HIGHEST, 1);
  print_one_value (1234567, G_GUINT64_CONSTANT (5000000000)); /* more than 32 bits count */
  print_merged (rand);
  for (guint round = 0; round < 30; round++)
    print_random (rand, (guint) g_rand_int_range (rand, 1, 20000), 1, LF_HISTOGRAM_HIGHEST);
  for (guint round = 0; round < 10; round++)
    print_random (rand, 5000, 80, 900);
}

static void
read_all (void)
{
  char *line = NULL;
  size_t size = 0;

  while (getline (&line, &size, stdin) > 0)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LfHistogram) histogram = lf_histogram_decode (g_strchomp (line), &error);

      if (histogram)
        print (histogram);
      else
        puts ("null");
    }
  g_free (line);
}

int
main (int argc, char **argv)
{
  if (argc == 2 && strcmp (argv[1], "write") == 0)
    write_all ();
  else if (argc == 2 && strcmp (argv[1], "read") == 0)
    read_all ();
  else
    return 2;
  return 0;
}
