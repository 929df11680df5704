#pragma once

#include "lf-http-response.h"
#include "lf-multipart.h"
#include "lf-plan.h"
#include "lf-schedule.h"
#include "lf-step.h"
#include "lf-token-keeper.h"

#include <curl/curl.h>

/* A request as bytes, for the lean transport. */
typedef struct
{
  char *head;          /* with the empty line, and with a small body behind it */
  gsize head_size;
  const guint8 *body;  /* what of it is not in @head: the step's */
  gsize body_size;
  guint origin;        /* below the plan's n_origins; steps of one may share a connection */
  gboolean tls;
  gboolean head_request;
  LfHttpFacts keep;    /* field lines that must be kept of an answer */
  char *host;
  char *path;
} LfPlanLean;

/* A step as every request of it is sent. */
typedef struct
{
  char *label;
  const char *method;
  char *url;                  /* with params */
  CURLU *parsed_url;          /* @url; NULL: libcurl is to read it itself */
  char *shown_url;            /* the same without user and password */
  struct curl_slist *headers;
  gboolean has_presets;       /* among the headers are those of http options */
  struct curl_slist *resolve;
  GBytes *body;               /* NULL: none, or in @multipart */
  LfMultipart *multipart;     /* of a multipart body that is not small */
  char *userpwd;              /* basic */
  const LfAuth *auth;         /* of the plan's spec; NULL: none */
  const char *secret_header;  /* the header that @auth puts a key in, Authorization aside; NULL: none */
  char *sigv4;                /* awsSigV4: what CURLOPT_AWS_SIGV4 takes */
  LfToken *token;             /* oauth2ClientCredentials: the keeper's; else NULL */
  LfHttpOptions *http;        /* merged: nothing is NULL that has a default */
  gint64 timeout;             /* us, from @http */
  gint64 think_min;           /* us */
  gint64 think_max;
  gint step;                  /* its index among the spec's steps */
  LfPlanLean *lean;           /* NULL: it needs libcurl */
} LfPlanStep;

struct _LfPlan
{
  gatomicrefcount references;
  LfSpec *spec;
  LfSchedule *schedule;
  gboolean arrivals;          /* an arrival-rate profile: on schedule whatever the target does */
  LfArrival arrival;
  guint64 seed;               /* of Poisson arrivals and think times */
  LfPlanStep *steps;          /* the enabled ones */
  guint n_steps;
  guint n_origins;            /* places that the steps connect with: a connection each for a user */
  LfTokenKeeper *keeper;      /* NULL: no step needs a token. Not immutable, but safe in any thread */
  guint n_workers;
  guint agent;
  guint n_agents;
  guint max_users;            /* of this machine */
  guint users_limit;          /* what a manual profile's users may be raised to */
  guint start_users;          /* made before the first arrival */
  gboolean iterates;          /* the run ends with its iterations */
  guint64 iterations_each;    /* of one user; 0 where they share them */
  guint64 iterations;         /* shared: this machine's part of them */
  gint64 warmup;              /* us */
  gint64 graceful_stop;       /* us */
  gint64 head_start;          /* us */
};

/* Bodies up to this size leave with the head, in one write. */
#define LF_SMALL_BODY 16384

/* Fills @step of @plan from the spec; FALSE with an error that names the place. */
gboolean _lf_plan_step_compile (LfPlanStep *step, const LfSpec *spec, guint n, GHashTable *attachments, GError **error);
void     _lf_plan_step_clear   (LfPlanStep *step);
void     _lf_plan_step_add_header (LfPlanStep *step, const char *name, const char *value);
/* @place: the JSON pointer of what names the file. (transfer full) */
GBytes  *_lf_plan_find_attachment (const char *id, GHashTable *attachments, const char *place, GError **error);

/* lf-plan-auth.c: signs @step in as @auth (nullable) says; then, when its body is there, the body. */
void     _lf_plan_compile_auth (LfPlanStep *step, const LfAuth *auth);
void     _lf_plan_sign_body    (LfPlanStep *step);
/* Gives a step that is compiled the token that it needs. */
void     _lf_plan_add_token    (LfPlan *plan, LfPlanStep *step);

/* lf-plan-limits.c: whether the users fit the files and ports of this machine; LF_ERROR_LIMIT. */
gboolean _lf_plan_check_limits     (const LfPlan *plan, guint max_sockets, GError **error);
/* The same where each user connects with several places; after the steps are compiled. */
gboolean _lf_plan_check_places     (const LfPlan *plan, guint max_sockets, GError **error);
/* What may be raised while it runs is not known before: users that this machine can open. */
guint    _lf_plan_count_open_users (const LfPlan *plan, guint max_sockets);
/* What a load that keeps no connection does to the local ports; NULL where there is nothing to fear. (transfer full) */
char    *_lf_plan_warn_of_ports    (const LfPlan *plan);

/* lf-plan-lean.c: which steps can do without libcurl's transfers, and how their requests read. */
void     _lf_plan_compile_lean (LfPlan *plan);
void     _lf_plan_lean_clear   (LfPlanStep *step);

/* lf-plan-url.c; all (transfer full) */
/* The step's URL as it is sent: without its fragment, with the params behind its query. */
char *_lf_plan_join_url  (const LfStep *source);
/* "name=value&name=value" of the enabled rows. */
char *_lf_plan_join_rows (const GPtrArray *rows);
/* @url with its query as AWS signs it: percent-encoded in one way, with a value each, sorted. */
char *_lf_plan_sort_query (const char *url);
/* @url with "name=value" behind its query, both percent-encoded. */
char *_lf_plan_add_param (const char *url, const char *name, const char *value);
/* For logs and summaries, which are kept and shown: no password of a URL belongs there. */
char *_lf_plan_hide_user (const char *url);
