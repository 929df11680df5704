#include "config.h"

#include "lf-auth-fields.h"

#include <glib/gi18n.h>

#define TEXT(member, pointer, title)                                                               \
  {                                                                                                \
    pointer, title, G_STRUCT_OFFSET (LfAuth, member), FALSE, FALSE                                 \
  }
#define SECRET(member, pointer, title)                                                             \
  {                                                                                                \
    pointer, title, G_STRUCT_OFFSET (LfAuth, member), TRUE, FALSE                                  \
  }
#define PLACE(member, pointer, title)                                                              \
  {                                                                                                \
    pointer, title, G_STRUCT_OFFSET (LfAuth, member), FALSE, TRUE                                  \
  }
#define USER                                                                                       \
  TEXT (username, "/username", N_ ("User na_me")), SECRET (password, "/password", N_ ("Pass_word"))

static const struct
{
  const char *title;
  LfAuthField fields[6];
} types[LF_N_AUTH_TYPES] = {
  [LF_AUTH_NONE] = { N_ ("No Sign-In"), { { 0 } } },
  [LF_AUTH_BASIC] = { N_ ("Basic"), { USER } },
  [LF_AUTH_DIGEST] = { N_ ("Digest"), { USER } },
  [LF_AUTH_BEARER] = { N_ ("Bearer Token"), { SECRET (token, "/token", N_ ("To_ken")) } },
  [LF_AUTH_API_KEY] = { N_ ("API Key"),
                        { TEXT (name, "/name", N_ ("Na_me of the key")),
                          SECRET (value, "/value", N_ ("_Key")),
                          PLACE (in, "/in", N_ ("Sent _in")) } },
  [LF_AUTH_OAUTH2_CLIENT_CREDENTIALS] = { N_ ("OAuth 2 Client Credentials"),
                                          { TEXT (token_url, "/tokenUrl", N_ ("To_ken URL")),
                                            TEXT (client_id, "/clientId", N_ ("Client _ID")),
                                            SECRET (client_secret,
                                                    "/clientSecret",
                                                    N_ ("Client _secret")),
                                            TEXT (scope, "/scope", N_ ("Sc_ope")) } },
  [LF_AUTH_AWS_SIG_V4] = { N_ ("AWS Signature 4"),
                           { TEXT (access_key, "/accessKey", N_ ("Access _key")),
                             SECRET (secret_key, "/secretKey", N_ ("_Secret key")),
                             SECRET (session_token, "/sessionToken", N_ ("Session _token")),
                             TEXT (region, "/region", N_ ("Re_gion")),
                             TEXT (service, "/service", N_ ("Ser_vice")) } },
};

const char *
lf_auth_type_get_title (LfAuthType type)
{
  return _ (types[type].title);
}

const LfAuthField *
lf_auth_type_get_fields (LfAuthType type)
{
  return types[type].fields;
}
