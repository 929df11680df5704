#pragma once

#include "lf-http-reader.h"

/* What a request asked for, as far as the answer needs it; kept until its body has ended. */
typedef struct
{
  GString *method;
  GString *path;     /* with the query */
  GString *headers;  /* JSON members, made while the head was at hand */
  gboolean keep_alive;
  gboolean old;      /* HTTP/1.0, whose clients keep a connection only where the answer says so */
  gboolean head;     /* HEAD: an answer without its body */
  guint64 body_length;
  GChecksum *sha256; /* of the body; NULL where nothing came */
  char digest[65];   /* that its Content-Digest names, in hexadecimal; "": none */
} LfTargetRequest;

void  lf_target_request_init  (LfTargetRequest *self);
void  lf_target_request_clear (LfTargetRequest *self);
void  lf_target_request_begin (LfTargetRequest *self, const LfHttpRequest *request);
void  lf_target_request_hash  (LfTargetRequest *self, const char *data, gsize length);

/* Milliseconds that the path asks to wait ("/delay/250"), 60,000 at most. */
guint lf_target_answer_delay  (const LfTargetRequest *request);
/* Appends the whole answer to @out and returns its status. @fail: 500, whatever was asked. */
guint lf_target_answer_append (GString *out, const LfTargetRequest *request, gboolean fail);
/* An answer to what is not a request; the connection closes behind it. */
void  lf_target_answer_refuse (GString *out, guint status);
