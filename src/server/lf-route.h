#pragma once

#include "lf-call.h"
#include "lf-record.h"

/*
 * The table of all routes: who may use them, what they take and answer. Requests are matched by it, their parameters
 * checked by it, and the OpenAPI document is written from it.
 */

typedef enum
{
  LF_TAKES_NOTHING,
  LF_TAKES_JSON, /* at most LF_ROUTE_JSON_LIMIT bytes */
  LF_TAKES_FILE, /* any type, at most LF_ATTACHMENT_LIMIT bytes */
} LfTakes;
#define LF_ROUTE_JSON_LIMIT (4 * 1024 * 1024)

typedef struct
{
  const char *name;
  const char *const *words; /* NULL: not one of some words */
  gint64 minimum, maximum;  /* of a whole number; both 0: a text */
  gint64 preset;            /* of a whole number */
  gboolean id;              /* an id of ours */
  const char *about;
} LfRouteParameter;

typedef struct
{
  guint status;
  const char *type;   /* NULL: no body */
  const char *schema; /* its name in the OpenAPI document; NULL: any content of @type */
  gboolean list;      /* @schema is that of the items */
} LfRouteAnswer;

struct _LfRoute
{
  const char *method;
  const char *path; /* "/api/specs/{id}" */
  LfRole role;      /* who may, at least */
  void (*handle) (LfCall *call);
  LfTakes takes;
  const char *schema;                /* of the JSON that it takes */
  const LfRouteParameter *query;     /* ends with one without a name; NULL: none */
  LfRouteAnswer answer;              /* when all is well */
  const guint *problems;             /* other statuses than those of every route; ends with 0; NULL: none */
  const char *name;                  /* operationId */
  const char *about;
};

/* The whole table; *n routes. */
const LfRoute *lf_routes_get  (guint *n);
/* The route of @method and @path (encoded); its ids into @ids, (transfer full). NULL where there is none: *allow
 * then says which methods that path has, NULL for none. HEAD finds GET's. */
const LfRoute *lf_route_find  (const char *method, const char *path, char **ids, char **allow);
/* Whether @query holds only what @self takes. LF_HTTP_ERROR 400 */
gboolean       lf_route_check (const LfRoute *self, GHashTable *query, GError **error);
