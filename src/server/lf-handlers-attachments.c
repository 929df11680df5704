#include "config.h"

#include "lf-handlers.h"

#include "lf-http-error.h"
#include "lf-server-private.h"

static void
added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfCall) call = user_data;
  GError *error = NULL;
  g_autoptr (LfAttachment) attachment =
      lf_store_add_attachment_finish (LF_STORE (source), result, &error);
  g_autofree char *place = NULL;

  if (attachment == NULL)
    {
      lf_call_fail (call, error);
      return;
    }
  place = g_strconcat ("/api/attachments/", attachment->id, NULL);
  lf_call_set_header (call, "Location", place);
  lf_call_answer_json (call, 201, lf_record_to_json (attachment));
}

void
lf_handle_attachment_add (LfCall *call)
{
  const char *name = lf_call_get_query (call, "name");
  const char *type = lf_call_get_header (call, "Content-Type");
  g_autoptr (GInputStream) stream = lf_spool_open_read (call->spool);

  lf_store_add_attachment_async (call->server->store, name != NULL && *name != '\0' ? name : "file",
                                 type != NULL ? type : "application/octet-stream", stream, NULL,
                                 NULL, NULL, added_cb, lf_call_ref (call));
}

static void
set_file_headers (LfCall *call, const LfAttachment *attachment)
{
  g_autofree char *escaped = g_uri_escape_string (attachment->name, NULL, FALSE);
  g_autofree char *disposition = g_strconcat ("attachment; filename*=UTF-8''", escaped, NULL);
  g_autofree char *etag = g_strconcat ("\"", attachment->sha256, "\"", NULL);

  lf_call_set_header (call, "Content-Disposition", disposition);
  lf_call_set_header (call, "ETag", etag);
  /* Somebody's file is never a page of ours. */
  lf_call_set_header (call, "Content-Security-Policy", "default-src 'none'; sandbox");
}

/* A type that came in a header goes out in one. */
static const char *
type_of (const LfAttachment *attachment)
{
  const char *type = attachment->content_type;

  if (type == NULL || *type == '\0')
    return "application/octet-stream";
  for (const char *c = type; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c) || (guchar) *c >= 128)
      return "application/octet-stream";
  return type;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfCall) call = user_data;
  GError *error = NULL;
  g_autoptr (LfAttachment) attachment =
      lf_store_read_attachment_finish (LF_STORE (source), result, &error);

  if (attachment == NULL)
    {
      lf_call_fail (call, error);
      return;
    }
  set_file_headers (call, attachment);
  lf_call_answer_spool (call, type_of (attachment), g_steal_pointer (&call->spool));
}

void
lf_handle_attachment_read (LfCall *call)
{
  GError *error = NULL;
  g_autoptr (GOutputStream) stream = NULL;

  call->spool = lf_spool_new (&error);
  if (call->spool == NULL)
    {
      lf_call_fail (call, error);
      return;
    }
  stream = lf_spool_open_write (call->spool, FALSE);
  lf_store_read_attachment_async (call->server->store, call->ids[0], stream, NULL, read_cb,
                                  lf_call_ref (call));
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfCall) call = user_data;
  GError *error = NULL;

  if (lf_store_delete_attachment_finish (LF_STORE (source), result, &error))
    lf_call_answer_empty (call, 204);
  else
    lf_call_fail (call, error);
}

void
lf_handle_attachment_delete (LfCall *call)
{
  lf_store_delete_attachment_async (call->server->store, call->ids[0], NULL, deleted_cb,
                                    lf_call_ref (call));
}
