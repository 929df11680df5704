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
read_all (const char *data,
          gsize length,
          gboolean head_request,
          gsize piece,
          gboolean skips,
          LfHttpHeadMemo *memo)
{
  LfHttpResponse response = { .memo = memo };
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
  outcome.status = response.status;
  outcome.facts = response.facts;
  outcome.keep_alive = response.keep_alive;
  outcome.body_size = response.body_size;
  /* An error may be found before its line has ended, and says nothing else. */
  if (outcome.read == LF_HTTP_READ_ERROR)
    outcome = (Outcome){ .read = LF_HTTP_READ_ERROR };
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
  gsize piece;
  LfHttpHeadMemo memo = { 0 };
  Outcome whole, other;

  if (size == 0)
    return 0;
  head_request = (*data & 1) != 0;
  piece = (gsize) (*data >> 1) + 1;
  whole = read_all (text, size - 1, head_request, size, FALSE, NULL);
  other = read_all (text, size - 1, head_request, piece, FALSE, NULL);
  g_assert (is_same (&whole, &other));
  other = read_all (text, size - 1, head_request, piece, TRUE, NULL);
  g_assert (is_same (&whole, &other));
  /* The second time the head is recalled. */
  for (guint i = 0; i < 2; i++)
    {
      other = read_all (text, size - 1, head_request, size, FALSE, &memo);
      g_assert (is_same (&whole, &other));
    }
  other = read_all (text, size - 1, head_request, piece, TRUE, &memo);
  g_assert (is_same (&whole, &other));
  if (whole.read == LF_HTTP_READ_END)
    g_assert (whole.status >= 200 && whole.status <= 999);
  return 0;
}
