#include "config.h"

#include "lf-histogram-private.h"

#include "lf-error.h"

#include <glib/gi18n.h>
#include <zlib.h>

/*
 * HdrHistogram's V2 form, as its Java library defines it: a head of 40 bytes in network order, then
 * the counters as ZigZag LEB128 with runs of zeros as one negative number; deflated, with a head of
 * 8 bytes; in base64.
 */
#define COOKIE               0x1c849313u /* V2, 8-byte words */
#define COMPRESSED_COOKIE    0x1c849314u
#define HEAD_SIZE            40
#define COMPRESSED_HEAD_SIZE 8
#define VARINT_SIZE          9         /* at most: eight times 7 bits, then 8 */
#define PAYLOAD_LIMIT        (1 << 20) /* far over what 5 digits and an hour need */

static void
put32 (GByteArray *bytes, guint32 value)
{
  guint32 network = GUINT32_TO_BE (value);

  g_byte_array_append (bytes, (const guint8 *) &network, sizeof network);
}

static void
put64 (GByteArray *bytes, guint64 value)
{
  guint64 network = GUINT64_TO_BE (value);

  g_byte_array_append (bytes, (const guint8 *) &network, sizeof network);
}

static void
put_zigzag (GByteArray *bytes, gint64 value)
{
  guint64 rest = ((guint64) value << 1) ^ (guint64) (value >> 63);
  guint8 coded[VARINT_SIZE];
  guint n = 0;

  while (n < VARINT_SIZE - 1 && rest >= 0x80)
    {
      coded[n++] = (guint8) (rest | 0x80);
      rest >>= 7;
    }
  coded[n++] = (guint8) rest;
  g_byte_array_append (bytes, coded, n);
}

static void
put_counts (GByteArray *bytes, const LfHistogram *self)
{
  guint high = _lf_histogram_high (self);
  gint64 zeros = _lf_histogram_low (self);

  if (self->total == 0)
    return;
  for (guint i = _lf_histogram_low (self); i <= high; i++)
    {
      if (self->counts[i] == 0)
        {
          zeros++;
          continue;
        }
      if (zeros > 0)
        put_zigzag (bytes, zeros == 1 ? 0 : -zeros);
      zeros = 0;
      put_zigzag (bytes, (gint64) self->counts[i]);
    }
}

char *
lf_histogram_encode (const LfHistogram *self)
{
  g_autoptr (GByteArray) counts = g_byte_array_new ();
  g_autoptr (GByteArray) payload = g_byte_array_new ();
  g_autoptr (GByteArray) whole = g_byte_array_new ();
  uLongf size;
  double ratio = 1;
  guint64 ratio_bits;

  put_counts (counts, self);
  memcpy (&ratio_bits, &ratio, sizeof ratio);
  put32 (payload, COOKIE);
  put32 (payload, counts->len);
  put32 (payload, 0); /* normalizing index offset */
  put32 (payload, LF_HISTOGRAM_DIGITS);
  put64 (payload, LF_HISTOGRAM_LOWEST);
  put64 (payload, LF_HISTOGRAM_HIGHEST);
  put64 (payload, ratio_bits);
  g_byte_array_append (payload, counts->data, counts->len);

  size = compressBound (payload->len);
  g_byte_array_set_size (whole, COMPRESSED_HEAD_SIZE + (guint) size);
  if (compress2 (whole->data + COMPRESSED_HEAD_SIZE, &size, payload->data, payload->len,
                 Z_BEST_SPEED) != Z_OK)
    g_return_val_if_reached (NULL);
  ((guint32 *) (gpointer) whole->data)[0] = GUINT32_TO_BE (COMPRESSED_COOKIE);
  ((guint32 *) (gpointer) whole->data)[1] = GUINT32_TO_BE ((guint32) size);
  return g_base64_encode (whole->data, COMPRESSED_HEAD_SIZE + size);
}

typedef struct
{
  const guint8 *data;
  gsize left;
} Reader;

static gboolean
get_bytes (Reader *reader, gpointer into, gsize size)
{
  if (reader->left < size)
    return FALSE;
  memcpy (into, reader->data, size);
  reader->data += size;
  reader->left -= size;
  return TRUE;
}

static gboolean
get32 (Reader *reader, guint32 *value)
{
  if (!get_bytes (reader, value, sizeof *value))
    return FALSE;
  *value = GUINT32_FROM_BE (*value);
  return TRUE;
}

static gboolean
get64 (Reader *reader, guint64 *value)
{
  if (!get_bytes (reader, value, sizeof *value))
    return FALSE;
  *value = GUINT64_FROM_BE (*value);
  return TRUE;
}

static gboolean
get_zigzag (Reader *reader, gint64 *value)
{
  guint64 coded = 0;

  for (guint n = 0; n < VARINT_SIZE; n++)
    {
      guint8 byte;

      if (!get_bytes (reader, &byte, 1))
        return FALSE;
      if (n == VARINT_SIZE - 1 || (byte & 0x80) == 0)
        {
          coded |= (guint64) byte << (7 * n);
          *value = (gint64) (coded >> 1) ^ -(gint64) (coded & 1);
          return TRUE;
        }
      coded |= (guint64) (byte & 0x7f) << (7 * n);
    }
  return FALSE;
}

/* How a histogram of other limits lays out its counters. */
typedef struct
{
  guint unit; /* magnitude of the lowest value */
  guint half; /* magnitude of half a bucket */
} Layout;

static gboolean
get_layout (guint32 digits, guint64 lowest, guint64 highest, Layout *layout)
{
  guint64 resolution = 2;

  if (digits < 1 || digits > 5 || lowest < 1 || lowest > (guint64) G_MAXINT64 / 4 ||
      highest < 2 * lowest || highest > (guint64) G_MAXINT64)
    return FALSE;
  for (guint i = 0; i < digits; i++)
    resolution *= 10;
  layout->half = (guint) (64 - __builtin_clzll (resolution - 1)) - 1;
  layout->unit = (guint) (63 - __builtin_clzll (lowest));
  return layout->unit + layout->half <= 61;
}

/* The highest value that the counter @index stands for; FALSE past what an integer holds. */
static gboolean
value_at (const Layout *layout, guint64 index, gint64 *value)
{
  guint64 half_count = G_GUINT64_CONSTANT (1) << layout->half;
  guint64 bucket = index >> layout->half;
  guint64 sub = (index & (half_count - 1)) + half_count;
  guint shift;

  if (bucket == 0)
    sub -= half_count;
  else
    bucket--;
  if (bucket + layout->unit + layout->half + 1 > 62)
    return FALSE;
  shift = (guint) bucket + layout->unit;
  *value = (gint64) (((sub + 1) << shift) - 1);
  return TRUE;
}

static gboolean
get_counts (Reader *reader, const Layout *layout, LfHistogram *histogram)
{
  guint64 index = 0;

  while (reader->left > 0)
    {
      gint64 count;
      gint64 value;

      if (!get_zigzag (reader, &count) || count == G_MININT64)
        return FALSE;
      if (count <= 0)
        {
          index += count == 0 ? 1 : (guint64) -count;
          if (index > G_MAXINT32)
            return FALSE;
          continue;
        }
      if (!value_at (layout, index, &value) ||
          histogram->total + (guint64) count > (guint64) G_MAXINT64)
        return FALSE;
      lf_histogram_record_n (histogram, value, (guint64) count);
      index++;
    }
  return TRUE;
}

static gboolean
get_histogram (Reader *reader, LfHistogram *histogram)
{
  guint32 cookie, length, offset, digits;
  guint64 lowest, highest, ratio;
  Layout layout;

  /* The offset says how the writer's own counters lie; those that follow are in plain order. */
  return get32 (reader, &cookie) && cookie == COOKIE && get32 (reader, &length) &&
         get32 (reader, &offset) && get32 (reader, &digits) && get64 (reader, &lowest) &&
         get64 (reader, &highest) && get64 (reader, &ratio) && length == reader->left &&
         get_layout (digits, lowest, highest, &layout) && get_counts (reader, &layout, histogram);
}

static guint8 *
inflate_payload (Reader *reader, gsize *size)
{
  guint32 cookie, length;
  uLongf inflated = PAYLOAD_LIMIT;
  g_autofree guint8 *payload = NULL;

  if (!get32 (reader, &cookie) || cookie != COMPRESSED_COOKIE || !get32 (reader, &length))
    return NULL;
  payload = g_malloc (PAYLOAD_LIMIT);
  /* hdr-histogram-js writes the inflated length here; zlib knows and checks its own end. */
  if (uncompress (payload, &inflated, reader->data, MIN (length, reader->left)) != Z_OK ||
      inflated < HEAD_SIZE)
    return NULL;
  *size = inflated;
  return g_steal_pointer (&payload);
}

LfHistogram *
lf_histogram_decode (const char *text, GError **error)
{
  gsize size = 0;
  g_autofree guint8 *whole = g_base64_decode (text, &size);
  Reader reader = { whole, size };
  g_autofree guint8 *payload = inflate_payload (&reader, &size);
  g_autoptr (LfHistogram) histogram = NULL;

  if (payload != NULL)
    {
      histogram = lf_histogram_new ();
      reader = (Reader){ payload, size };
      if (get_histogram (&reader, histogram))
        {
          if (histogram->total > 0)
            histogram->min = _lf_histogram_lowest (_lf_histogram_low (histogram));
          return g_steal_pointer (&histogram);
        }
    }
  g_set_error (error, LF_ERROR, LF_ERROR_CORRUPT,
               _ ("not a histogram in HdrHistogram's V2 compressed form"));
  return NULL;
}
