#include "config.h"

#include "lf-redact.h"

#include <string.h>

static void
redact (char **secret)
{
  if (*secret != NULL && **secret != '\0')
    lf_set_string (secret, LF_REDACTED);
}

static void
redact_in_place (char **url)
{
  char *redacted = lf_redact_url (*url);

  g_free (*url);
  *url = redacted;
}

static void
redact_auth (LfAuth *auth)
{
  if (auth == NULL)
    return;
  redact (&auth->password);
  redact (&auth->token);
  redact (&auth->value);
  redact_in_place (&auth->token_url);
  redact (&auth->client_secret);
  redact (&auth->secret_key);
  redact (&auth->session_token);
}

static gboolean
carries_credentials (const char *header)
{
  /* As X-Api-Key, X-Amz-Security-Token, Ocp-Apim-Subscription-Key: each service has its own. */
  static const char *const parts[] = { "authorization", "cookie", "token", "secret",
                                       "password",      "apikey", "-key",  NULL };
  g_autofree char *lower = header != NULL ? g_ascii_strdown (header, -1) : NULL;

  for (guint i = 0; lower != NULL && parts[i] != NULL; i++)
    if (strstr (lower, parts[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* What was read from a file beside the spec has an id of this run only, which means nothing later.
 */
static void
forget_ids (LfBody *body)
{
  if (body->file != NULL)
    lf_set_string (&body->attachment_id, NULL);
  for (guint i = 0; i < body->parts->len; i++)
    {
      LfBodyPart *part = body->parts->pdata[i];

      if (part->file != NULL)
        lf_set_string (&part->attachment_id, NULL);
    }
}

static void
redact_step (LfStep *step)
{
  redact_in_place (&step->url);
  redact_auth (step->auth);
  for (guint i = 0; i < step->headers->len; i++)
    {
      LfRow *row = step->headers->pdata[i];

      if (carries_credentials (row->name))
        redact (&row->value);
    }
  if (step->http != NULL)
    redact_in_place (&step->http->proxy);
  if (step->body != NULL)
    forget_ids (step->body);
}

JsonNode *
lf_redact_spec (const LfSpec *spec)
{
  g_autoptr (LfSpec) copy = lf_spec_copy (spec);

  for (guint i = 0; i < copy->variables->len; i++)
    {
      LfVariable *variable = copy->variables->pdata[i];

      if (variable->secret)
        redact (&variable->value);
    }
  if (copy->http != NULL)
    redact_in_place (&copy->http->proxy);
  for (guint i = 0; i < lf_spec_get_n_steps (copy); i++)
    redact_step (lf_spec_get_step (copy, i));
  return lf_record_to_json (copy);
}

char *
lf_redact_url (const char *url)
{
  const char *scheme = url != NULL ? strstr (url, "://") : NULL;
  const char *authority, *end, *at, *colon, *secret;

  if (url == NULL)
    return NULL;
  authority = scheme != NULL ? scheme + strlen ("://") : url; /* a proxy needs no scheme */
  end = authority + strcspn (authority, "/?#");
  at = memrchr (authority, '@', (gsize) (end - authority));
  if (at == NULL || at == authority)
    return g_strdup (url);
  colon = memchr (authority, ':', (gsize) (at - authority));
  /* One without a colon is as often a token as it is a name. */
  secret = colon != NULL ? colon + 1 : authority;
  return g_strdup_printf ("%.*s" LF_REDACTED "%s", (int) (secret - url), url, at);
}

char *
lf_redact_head (const char *head)
{
  g_auto (GStrv) lines = g_strsplit (head, "\r\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *colon = i > 0 ? strchr (lines[i], ':') : NULL;
      g_autofree char *name = colon != NULL ? g_strndup (lines[i], colon - lines[i]) : NULL;

      if (!carries_credentials (name))
        continue;
      g_free (lines[i]);
      lines[i] = g_strdup_printf ("%s: " LF_REDACTED, name);
    }
  return g_strjoinv ("\r\n", lines);
}
