#pragma once

#include "lf-http-options.h"

LF_DECLARE_RECORD (LfRow, lf_row)
LF_DECLARE_RECORD (LfAuth, lf_auth)
LF_DECLARE_RECORD (LfBodyPart, lf_body_part)
LF_DECLARE_RECORD (LfBody, lf_body)
LF_DECLARE_RECORD (LfExtract, lf_extract)
LF_DECLARE_RECORD (LfCheck, lf_check)
LF_DECLARE_RECORD (LfThinkTime, lf_think_time)
LF_DECLARE_RECORD (LfStep, lf_step)

/* A line of params[], headers[] or of a form body. */
struct _LfRow
{
  LfRecord record;
  char *name;
  char *value;
  gboolean enabled; /* TRUE where absent */
};

typedef enum
{
  LF_AUTH_NONE,
  LF_AUTH_BASIC,
  LF_AUTH_DIGEST,
  LF_AUTH_BEARER,
  LF_AUTH_API_KEY,
  LF_AUTH_OAUTH2_CLIENT_CREDENTIALS,
  LF_AUTH_AWS_SIG_V4,
} LfAuthType; /* none basic digest bearer apiKey oauth2ClientCredentials awsSigV4 */

struct _LfAuth
{
  LfRecord record;
  LfAuthType auth_type; /* "type" */
  char *username;       /* basic, digest */
  char *password;
  char *token;          /* bearer */
  char *name;           /* apiKey: header or parameter name */
  char *value;
  char *in;             /* apiKey: "header" or "query" */
  char *token_url;      /* oauth2ClientCredentials */
  char *client_id;
  char *client_secret;
  char *scope;
  char *access_key;     /* awsSigV4 */
  char *secret_key;
  char *session_token;
  char *region;
  char *service;
};

typedef enum
{
  LF_BODY_NONE,
  LF_BODY_TEXT,
  LF_BODY_JSON,
  LF_BODY_FORM,
  LF_BODY_MULTIPART,
  LF_BODY_FILE,
  LF_BODY_GRAPHQL,
} LfBodyType; /* none text json form multipart file graphql */

struct _LfBodyPart /* of a multipart body */
{
  LfRecord record;
  char *name;
  char *value;
  char *attachment_id;
  char *file;      /* as LfBody's */
  char *file_name; /* that is sent */
  char *content_type;
  gboolean enabled;
};

struct _LfBody
{
  LfRecord record;
  LfBodyType body_type;  /* "type" */
  char *text;            /* text, json: sent as it stands, UTF-8 */
  char *content_type;    /* NULL: what fits the type (text/plain; charset=utf-8, application/json...) */
  GPtrArray *fields;     /* form: LfRow */
  GPtrArray *parts;      /* multipart: LfBodyPart */
  char *attachment_id;   /* file: "attachmentId" */
  char *file;            /* file: a path beside the spec, for specs in files; the CLI turns it into an attachment */
  char *query;           /* graphql */
  JsonNode *variables;
  char *operation_name;
};

struct _LfExtract
{
  LfRecord record;
  char *variable;
  int from;         /* json regex header cookie */
  char *expression;
  char *preset;     /* "default" */
  int on_missing;   /* keep fail */
};

struct _LfCheck
{
  LfRecord record;
  char *name;
  int on;           /* status header body json duration size */
  char *header;     /* on: header, its name; on: json, unused */
  char *expression; /* on: json */
  char *op;         /* == != < <= > >= in contains matches exists */
  JsonNode *value;
};

struct _LfThinkTime
{
  LfRecord record;
  double min; /* s */
  double max;
};

struct _LfStep
{
  LfRecord record;
  char *name;
  gboolean enabled;  /* TRUE where absent */
  double weight;     /* 1 where absent */
  char *method;      /* "GET" where NULL */
  char *url;
  GPtrArray *params; /* LfRow, added to the URL's query */
  GPtrArray *headers;
  LfAuth *auth;      /* NULL: none */
  LfBody *body;      /* NULL: none */
  GPtrArray *extract;
  GPtrArray *checks;
  LfThinkTime *think_time;
  LfHttpOptions *http; /* overrides the spec's; NULL: nothing */
};

/* "GET" for NULL; never NULL. */
const char *lf_step_get_method (const LfStep *self);
/* The step's name, else "METHOD URL's path". (transfer full) */
char       *lf_step_get_label  (const LfStep *self) G_GNUC_WARN_UNUSED_RESULT;
