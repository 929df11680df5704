#include "fuzz-http-response.h"

#include "lf-http-response.h"

/* What must not depend on how the bytes arrive. */
typedef struct
{
  LfHttpRead read;
  guint status;
  LfHttpFacts facts;
  gboolean keep_alive;
  guint64 body_size;
  gsize taken;
} Outcome;

/* The body is skipped where @skips, as from a socket, else fed. */
static LfHttpRead
take (LfHttpResponse *response, const char *data, gsize length, gboolean skips, gsize *taken)
{
  guint64 skippable = lf_http_response_get_skippable (response);

  if (!skips || skippable == 0)
    return lf_http_response_feed (response, data, length, taken);
  *taken = (gsize) MIN (skippable, length);
  return lf_http_response_skip (response, *taken);
}

static Outcome
read_all (const char *data, gsize length, gboolean head_request, gsize piece, gboolean skips)
{
  LfHttpResponse response = { 0 };
  Outcome outcome = { .read = LF_HTTP_READ_MORE };

  lf_http_response_begin (&response, head_request, LF_HTTP_HAS_COOKIE | LF_HTTP_HAS_LOCATION);
  while (outcome.taken < length && outcome.read == LF_HTTP_READ_MORE)
    {
      gsize n = MIN (piece, length - outcome.taken);
      gsize taken = 0;

      outcome.read = take (&response, data + outcome.taken, n, skips, &taken);
      g_assert (taken <= n && (taken > 0 || outcome.read == LF_HTTP_READ_ERROR));
      outcome.taken += taken;
    }
  g_assert (response.body_size <= outcome.taken);
  if (outcome.read == LF_HTTP_READ_MORE)
    outcome.read = lf_http_response_feed_end (&response);
  if (outcome.read == LF_HTTP_READ_ERROR)
    outcome.taken = 0; /* an error may be found before its line has ended */
  outcome.status = response.status;
  outcome.facts = response.facts;
  outcome.keep_alive = response.keep_alive;
  outcome.body_size = response.body_size;
  lf_http_response_clear (&response);
  return outcome;
}

static gboolean
is_same (const Outcome *a, const Outcome *b)
{
  return a->read == b->read && a->taken == b->taken && a->status == b->status &&
         a->facts == b->facts && a->keep_alive == b->keep_alive && a->body_size == b->body_size;
}

/* The first byte says how the rest comes: of a HEAD or not, in what pieces. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const char *text = (const char *) data + 1;
  gboolean head_request;
  Outcome whole, pieces, skipped;

  if (size == 0)
    return 0;
  head_request = (*data & 1) != 0;
  whole = read_all (text, size - 1, head_request, size, FALSE);
  pieces = read_all (text, size - 1, head_request, (gsize) (*data >> 1) + 1, FALSE);
  skipped = read_all (text, size - 1, head_request, (gsize) (*data >> 1) + 1, TRUE);
  g_assert (is_same (&whole, &pieces));
  g_assert (is_same (&whole, &skipped));
  if (whole.read == LF_HTTP_READ_END)
    g_assert (whole.status >= 200 && whole.status <= 999);
  return 0;
}
