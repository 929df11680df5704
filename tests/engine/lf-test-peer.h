#pragma once

#include <gio/gio.h>

/*
 * A server that keeps every request as it came over the wire and answers what the test says, so
 * that what was sent is judged by other code than the engine's. One thread per connection.
 */
typedef struct _LfTestPeer LfTestPeer;

typedef struct
{
  char *head;        /* all lines, each with \r\n, without the empty one */
  char *method;
  char *target;      /* "/path?query" */
  GBytes *body;      /* NULL where it has more than 1 MiB */
  guint64 length;    /* of the body */
  char *sha256;      /* of the body */
  guint connection;  /* counted from 0 */
  guint n;           /* among those of its connection, from 0 */
  gint64 time;       /* monotonic us, when it was there as a whole */
} LfTestRequest;

/* Writes the answer to @socket; FALSE closes the connection. In a thread of the connection's. */
typedef gboolean (*LfTestAnswer) (GSocket *socket, const LfTestRequest *request);

typedef enum
{
  LF_TEST_READ_BODY,
  LF_TEST_NO_BODY, /* the request has been answered: its body will not come */
  LF_TEST_CLOSE,
} LfTestGoOn;

/* Called between head and body, of which @n_read bytes are there already. */
typedef LfTestGoOn (*LfTestInterim) (GSocket *socket, const LfTestRequest *request, gsize n_read);

/* @answer: (nullable): NULL for 200 and "ok" */
LfTestPeer *lf_test_peer_new           (LfTestAnswer answer);
/* Before the first request. */
void        lf_test_peer_set_interim   (LfTestPeer *self, LfTestInterim interim);
void        lf_test_peer_free          (LfTestPeer *self);
guint16     lf_test_peer_get_port      (LfTestPeer *self);
guint       lf_test_peer_n_connections (LfTestPeer *self);
guint       lf_test_peer_n_requests    (LfTestPeer *self);
/* Request @n in the order they came; it stays the peer's. */
const LfTestRequest *lf_test_peer_get  (LfTestPeer *self, guint n);
/* The first request whose path, without the query, is @path. The test fails where there is none. */
const LfTestRequest *lf_test_peer_find (LfTestPeer *self, const char *path);

/* All values of the header @name joined with "|", as they came; NULL where there is none. */
char       *lf_test_request_header     (const LfTestRequest *request, const char *name);
gboolean    lf_test_send               (GSocket *socket, const char *text);
/* 200 with "ok" as its body. */
gboolean    lf_test_answer_ok          (GSocket *socket, const LfTestRequest *request);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LfTestPeer, lf_test_peer_free)
