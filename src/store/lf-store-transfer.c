#include "config.h"

#include "lf-store-private.h"

#include <glib/gi18n.h>

/* What it takes to bring the content of one store into another. */

void
lf_store_list_attachments_async (LfStore *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  LfStoreCall *call =
      _lf_store_call_new (LF_STORE_READS, LF_STORE_GET_CLASS (self)->list_attachments,
                          N_ ("list the files"), (GDestroyNotify) g_ptr_array_unref);

  _lf_store_call_push (call, self, lf_store_list_attachments_async, cancellable, callback,
                       user_data);
}

GPtrArray *
lf_store_list_attachments_finish (LfStore *self, GAsyncResult *result, GError **error)
{
  return _lf_store_call_finish (self, result, lf_store_list_attachments_async, error);
}

void
lf_store_put_spec_async (LfStore *self,
                         const LfSpec *spec,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  LfStoreCall *call = _lf_store_call_new (LF_STORE_CHANGES, LF_STORE_GET_CLASS (self)->put_spec,
                                          N_ ("save the spec"), NULL);

  call->record = lf_spec_copy (spec);
  _lf_store_call_push (call, self, lf_store_put_spec_async, cancellable, callback, user_data);
}

gboolean
lf_store_put_spec_finish (LfStore *self, GAsyncResult *result, GError **error)
{
  return _lf_store_call_finish (self, result, lf_store_put_spec_async, error) != NULL;
}

void
lf_store_put_attachment_async (LfStore *self,
                               const LfAttachment *attachment,
                               GInputStream *stream,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  LfStoreCall *call =
      _lf_store_call_new (LF_STORE_CHANGES, LF_STORE_GET_CLASS (self)->add_attachment,
                          N_ ("keep the file"), lf_record_free);

  call->record = lf_attachment_copy (attachment);
  call->name = g_strdup (attachment->name);
  call->input = g_object_ref (stream);
  _lf_store_call_push (call, self, lf_store_put_attachment_async, cancellable, callback, user_data);
}

LfAttachment *
lf_store_put_attachment_finish (LfStore *self, GAsyncResult *result, GError **error)
{
  return _lf_store_call_finish (self, result, lf_store_put_attachment_async, error);
}
