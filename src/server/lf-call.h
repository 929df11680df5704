#pragma once

#include "lf-guard.h"
#include "lf-spool.h"

#include <json-glib/json-glib.h>

/*
 * One request on its way to its answer. A handler keeps a reference while it waits for something, and gives exactly one
 * answer; where the client has gone meanwhile, the answer goes nowhere. Used in the server's thread.
 */
typedef struct _LfCall LfCall;
typedef struct _LfRoute LfRoute;
typedef struct _LfServer LfServer;

#define LF_CALL_MOST_IDS 2

struct _LfCall
{
  LfServer *server;           /* lives longer */
  SoupServerMessage *message; /* NULL once it is over */
  char *address;              /* of the client, without its port */
  const LfRoute *route;       /* NULL where none fits */
  char *ids[LF_CALL_MOST_IDS]; /* what stands at {…} in the route's path */
  GHashTable *query;          /* name -> value, checked by the route */
  LfAccess access;
  JsonNode *body;             /* of a route that takes JSON */
  LfSpool *spool;             /* an uploaded body; or the answer's, while it is sent */
  gint64 received;            /* bytes of the body */
  gint64 sent;                /* bytes of the spool */
  gboolean gzip;              /* the spool is to be, or is, compressed */
  gboolean paused;
  gboolean answered;
  char *once;                 /* its Idempotency-Key, while that is unsettled */
  char *detail;               /* why it was refused, for the log */
};

LfCall     *lf_call_new          (LfServer *server, SoupServerMessage *message) G_GNUC_WARN_UNUSED_RESULT;
LfCall     *lf_call_ref          (LfCall *self);
void        lf_call_unref        (LfCall *self);
/* Holds the message back until it is answered. */
void        lf_call_pause        (LfCall *self);

/* "NAME (ADDRESS)", or the address alone. (transfer full) */
char       *lf_call_describe_client (LfCall *self) G_GNUC_WARN_UNUSED_RESULT;

/* Before the answer. */
void        lf_call_set_header   (LfCall *self, const char *name, const char *value);
const char *lf_call_get_header   (LfCall *self, const char *name); /* of the request; NULL */
gboolean    lf_call_takes_gzip   (LfCall *self);
const char *lf_call_get_query    (LfCall *self, const char *name); /* NULL */
gint64      lf_call_get_number   (LfCall *self, const char *name, gint64 preset);

void        lf_call_answer_empty (LfCall *self, guint status);
void        lf_call_answer_json  (LfCall *self, guint status, JsonNode *node);                      /* takes @node */
void        lf_call_answer_text  (LfCall *self, guint status, const char *type, char *text);        /* takes @text */
void        lf_call_answer_bytes (LfCall *self, guint status, const char *type, GBytes *bytes);
void        lf_call_answer_spool (LfCall *self, const char *type, LfSpool *spool);                  /* takes @spool */
/* The same with what may be compressed, as lf_call_takes_gzip() had said for @self->gzip. */
void        lf_call_answer_packed (LfCall *self, const char *type, LfSpool *spool);
/* As application/problem+json; what begins with a JSON pointer is told in `errors`, too. */
void        lf_call_refuse       (LfCall *self, guint status, const char *detail);
void        lf_call_refuse_at    (LfCall *self, guint status, GPtrArray *problems);                 /* of LfProblem */
void        lf_call_fail         (LfCall *self, GError *error);                                     /* takes @error */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LfCall, lf_call_unref)
