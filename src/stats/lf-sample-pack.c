#include "config.h"

#include "lf-sample-pack.h"

#include <math.h>
#include <string.h>

#define EXACT_LIMIT                                                                                \
  4503599627370496.0        /* 2^52: whole numbers up to here are doubles of their own             \
                             */
#define KEY_LIMIT 999999999 /* a code in a table of counts that is packed as a number */

enum /* the bits of the first byte */
{
  WARMUP = 1 << 0,
  DURATION = 1 << 1,      /* it has one */
  RESPONSE_TIME = 1 << 2, /* and one that is not the same */
  SAME = 1 << 3,
  DOCUMENT = 1 << 4, /* its text follows the step */
};

static const gsize numbers[] = {
  G_STRUCT_OFFSET (LfSample, users),      G_STRUCT_OFFSET (LfSample, users_max),
  G_STRUCT_OFFSET (LfSample, scheduled),  G_STRUCT_OFFSET (LfSample, started),
  G_STRUCT_OFFSET (LfSample, completed),  G_STRUCT_OFFSET (LfSample, failed),
  G_STRUCT_OFFSET (LfSample, dropped),    G_STRUCT_OFFSET (LfSample, resent),
  G_STRUCT_OFFSET (LfSample, in_flight),  G_STRUCT_OFFSET (LfSample, connections_opened),
  G_STRUCT_OFFSET (LfSample, bytes_sent), G_STRUCT_OFFSET (LfSample, bytes_received),
  G_STRUCT_OFFSET (LfSample, iterations),
};

static const gsize percentiles[] = {
  G_STRUCT_OFFSET (LfSampleLatency, p50),  G_STRUCT_OFFSET (LfSampleLatency, p95),
  G_STRUCT_OFFSET (LfSampleLatency, p99),  G_STRUCT_OFFSET (LfSampleLatency, max),
  G_STRUCT_OFFSET (LfSampleLatency, mean),
};

static void
put (GByteArray *bytes, guint64 value)
{
  guint8 text[10];
  guint n = 0;

  for (; value >= 0x80; value >>= 7)
    text[n++] = (guint8) (value | 0x80);
  text[n++] = (guint8) value;
  g_byte_array_append (bytes, text, n);
}

static guint64
get (const guint8 **at)
{
  guint64 value = 0;
  guint shift = 0;

  for (; **at & 0x80; shift += 7)
    value |= (guint64) (*(*at)++ & 0x7f) << shift;
  return value | (guint64) * (*at)++ << shift;
}

/* Small ones below 0 stay short, too. */
static void
put_signed (GByteArray *bytes, gint64 value)
{
  put (bytes, (guint64) value << 1 ^ (guint64) (value >> 63));
}

static gint64
get_signed (const guint8 **at)
{
  guint64 value = get (at);

  return (gint64) (value >> 1) ^ -(gint64) (value & 1);
}

/* One that is a whole number of 1/@scale as that number, any other bit by bit. */
static void
put_double (GByteArray *bytes, double value, double scale)
{
  double scaled = value * scale;
  guint64 whole = scaled >= 0 && scaled < EXACT_LIMIT ? (guint64) llround (scaled) : 0;

  if ((double) whole / scale == value && !signbit (value))
    {
      put (bytes, whole << 1);
      return;
    }
  put (bytes, 1);
  g_byte_array_append (bytes, (const guint8 *) &value, sizeof value);
}

static double
get_double (const guint8 **at, double scale)
{
  guint64 whole = get (at);
  double value;

  if ((whole & 1) == 0)
    return (double) (whole >> 1) / scale;
  memcpy (&value, *at, sizeof value);
  *at += sizeof value;
  return value;
}

/* Its keys are codes, as 200 and 1212, unless somebody else wrote the document. */
static gboolean
put_counts (GByteArray *bytes, const LfCounts *counts)
{
  put (bytes, counts->n);
  for (guint i = 0; i < counts->n; i++)
    {
      const LfCount *count = &counts->entries[i];
      guint64 code;

      if ((*count->key == '0' && count->key[1] != '\0') ||
          !g_ascii_string_to_unsigned (count->key, 10, 0, KEY_LIMIT, &code, NULL))
        return FALSE;
      put (bytes, code);
      put_signed (bytes, count->count);
    }
  return TRUE;
}

static void
get_counts (const guint8 **at, LfCounts **counts)
{
  guint64 n = get (at);

  if ((*counts)->n > 0)
    {
      lf_counts_free (*counts);
      *counts = lf_counts_new ();
    }
  for (guint64 i = 0; i < n; i++)
    {
      char key[16];

      g_snprintf (key, sizeof key, "%u", (guint) get (at));
      lf_counts_add (*counts, key, get_signed (at));
    }
}

static void
put_latency (GByteArray *bytes, const LfSampleLatency *latency)
{
  for (guint i = 0; i < G_N_ELEMENTS (percentiles); i++)
    put_double (bytes, G_STRUCT_MEMBER (double, latency, percentiles[i]), 1e3);
}

static void
get_latency (const guint8 **at, LfSampleLatency **latency)
{
  if (*latency == NULL)
    *latency = lf_sample_latency_new ();
  for (guint i = 0; i < G_N_ELEMENTS (percentiles); i++)
    G_STRUCT_MEMBER (double, *latency, percentiles[i]) = get_double (at, 1e3);
}

static guint8
flags_of (const LfSample *sample)
{
  guint8 flags = sample->warmup ? WARMUP : 0;

  if (sample->duration != NULL)
    flags |= DURATION;
  if (sample->response_time != NULL)
    flags |= lf_record_equal (sample->duration, sample->response_time) ? SAME : RESPONSE_TIME;
  return flags;
}

/* FALSE where it has something that has no place in here. */
static gboolean
put_sample (GByteArray *bytes, const LfSample *sample)
{
  guint8 flags = flags_of (sample);

  g_byte_array_append (bytes, &flags, 1);
  put_signed (bytes, sample->step);
  put_double (bytes, sample->t, 1e6);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    put_signed (bytes, G_STRUCT_MEMBER (gint64, sample, numbers[i]));
  if (flags & DURATION)
    put_latency (bytes, sample->duration);
  if (flags & RESPONSE_TIME)
    put_latency (bytes, sample->response_time);
  return put_counts (bytes, sample->status_codes) && put_counts (bytes, sample->error_codes);
}

static void
put_document (GByteArray *bytes, const LfSample *sample)
{
  const guint8 flags = DOCUMENT;
  g_autoptr (LfSample) bare = lf_sample_copy (sample);
  g_autofree char *text = NULL;

  lf_set_string (&bare->run_id, NULL);
  g_clear_pointer (&bare->histograms, lf_sample_histograms_free);
  text = lf_record_to_text (bare, FALSE);
  g_byte_array_append (bytes, &flags, 1);
  put_signed (bytes, sample->step);
  g_byte_array_append (bytes, (const guint8 *) text, (guint) strlen (text) + 1);
}

/* Whether @sample comes out as it went in: no field is lost that somebody adds to samples later. */
static gboolean
is_whole (const guint8 *at, const LfSample *sample)
{
  g_autoptr (LfSample) out = lf_sample_new ();
  gboolean equal;

  lf_sample_unpack (at, out);
  out->run_id = sample->run_id; /* lent */
  out->histograms = sample->histograms;
  equal = lf_record_equal (out, sample);
  out->run_id = NULL;
  out->histograms = NULL;
  return equal;
}

void
lf_sample_pack (GByteArray *bytes, const LfSample *sample)
{
  guint begin = bytes->len;

  if (put_sample (bytes, sample) && is_whole (bytes->data + begin, sample))
    return;
  g_byte_array_set_size (bytes, begin);
  put_document (bytes, sample);
}

static void
forget_latency (LfSampleLatency **latency)
{
  lf_record_free (*latency);
  *latency = NULL;
}

static void
get_latencies (const guint8 **at, guint8 flags, LfSample *sample)
{
  const guint8 *first = *at;

  if (flags & DURATION)
    get_latency (at, &sample->duration);
  else
    forget_latency (&sample->duration);
  if (flags & RESPONSE_TIME)
    get_latency (at, &sample->response_time);
  else if (flags & SAME)
    get_latency (&first, &sample->response_time);
  else
    forget_latency (&sample->response_time);
}

/* The document takes the place of all that @sample has but what is kept elsewhere. */
static void
get_document (const guint8 *at, LfSample *sample)
{
  LfSample *read = lf_record_from_text (&lf_sample_type, (const char *) at, -1, NULL);
  LfSample old = *sample;

  g_return_if_fail (read != NULL); /* it was written here */
  *sample = *read;
  sample->run_id = g_steal_pointer (&old.run_id);
  sample->histograms = g_steal_pointer (&old.histograms);
  *read = old;
  lf_record_free (read);
}

void
lf_sample_unpack (const guint8 *at, LfSample *sample)
{
  guint8 flags = *at++;
  gint64 step = get_signed (&at);

  if (flags & DOCUMENT)
    {
      get_document (at, sample);
      return;
    }
  sample->warmup = (flags & WARMUP) != 0;
  sample->step = step;
  sample->t = get_double (&at, 1e6);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    G_STRUCT_MEMBER (gint64, sample, numbers[i]) = get_signed (&at);
  get_latencies (&at, flags, sample);
  get_counts (&at, &sample->status_codes);
  get_counts (&at, &sample->error_codes);
}

gint64
lf_sample_unpack_step (const guint8 *at)
{
  at++;
  return get_signed (&at);
}
