#include "lf-test-store.h"

#include "lf-error.h"

#include <string.h>

static GBytes *
new_content (gsize length)
{
  guint8 *data = g_malloc (length + 1);
  guint32 word = 2463534242u;

  for (gsize i = 0; i < length; i++)
    {
      word ^= word << 13;
      word ^= word >> 17;
      word ^= word << 5;
      data[i] = word;
    }
  return g_bytes_new_take (data, length);
}

static LfAttachment *
add (LfTestStore *self, const char *name, GBytes *content, GError **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (content);

  return LF_CALL (self->store, add_attachment, error, name, "application/octet-stream", stream,
                  NULL, NULL);
}

static void
assert_content (LfTestStore *self, const LfAttachment *attachment, GBytes *content)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;
  g_autoptr (LfAttachment) read = NULL;
  g_autoptr (LfAttachment) known = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content);

  known = LF_CALL (self->store, load_attachment, &error, attachment->id);
  g_assert_no_error (error);
  g_assert_cmpstr (known->sha256, ==, sha256);
  g_assert_cmpint (known->size, ==, g_bytes_get_size (content));
  g_assert_cmpstr (known->name, ==, attachment->name);
  g_assert_cmpstr (known->content_type, ==, "application/octet-stream");
  g_assert_cmpint (known->created_at, ==, attachment->created_at);

  read = LF_CALL (self->store, read_attachment, &error, attachment->id, stream);
  g_assert_no_error (error);
  g_assert_cmpstr (read->id, ==, attachment->id);
  g_assert_false (g_output_stream_is_closed (stream));
  g_assert_true (g_output_stream_close (stream, NULL, &error));
  bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
  g_assert_true (g_bytes_equal (bytes, content));
}

static void
test_sizes (LfTestStore *self, gconstpointer data)
{
  const gsize sizes[] = {
    0, 1, 255 * 1024, 256 * 1024 - 1, 256 * 1024, 256 * 1024 + 1, 1000 * 1000
  };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GBytes) content = new_content (sizes[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (LfAttachment) attachment = add (self, "Käse “1”.bin", content, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (attachment->name, ==, "Käse “1”.bin");
      assert_content (self, attachment, content);
    }
}

static void
test_names (LfTestStore *self, gconstpointer data)
{
  const char *const names[][2] = {
    { "../../etc/passwd", "passwd" },
    { "/tmp/latin1-\xfc.bin", "latin1-\357\277\275.bin" },
    { "", NULL },
    { NULL, NULL },
    { "'; DROP TABLE chunks; --", "'; DROP TABLE chunks; --" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GBytes) content = new_content (300 * 1000);
      g_autoptr (GError) error = NULL;
      g_autoptr (LfAttachment) attachment = add (self, names[i][0], content, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (attachment->name, ==, names[i][1]);
      assert_content (self, attachment, content);
    }
}

static void
test_limit (LfTestStore *self, gconstpointer data)
{
  g_autoptr (GBytes) content = new_content (26214400);
  g_autoptr (GError) error = NULL;
  g_autoptr (LfAttachment) attachment = add (self, "largest.bin", content, &error);

  g_assert_no_error (error);
  lf_test_reopen (self);
  assert_content (self, attachment, content);
  g_assert_true (LF_CALL (self->store, delete_attachment, &error, attachment->id));
  g_assert_no_error (error);
  g_assert_null (LF_CALL (self->store, load_attachment, &error, attachment->id));
  g_assert_error (error, LF_ERROR, LF_ERROR_NOT_FOUND);
}

static void
test_too_large (LfTestStore *self, gconstpointer data)
{
  g_autoptr (GBytes) content = new_content (26214401);
  g_autoptr (GError) error = NULL;

  g_assert_null (add (self, "one-too-many.bin", content, &error));
  g_assert_error (error, LF_ERROR, LF_ERROR_TOO_LARGE);
  g_assert_nonnull (strstr (error->message, "one-too-many.bin"));
  g_assert_nonnull (strstr (error->message, "26214400"));
  lf_test_assert_no_attachments (self);
}

/* A stream that gives 600,000 bytes and then fails, or is cancelled by its own reader. */
typedef struct
{
  GInputStream parent_instance;
  gsize given;
  GCancellable *cancel; /* instead of failing */
} BrokenStream;

typedef GInputStreamClass BrokenStreamClass;

static GType broken_stream_get_type (void);

G_DEFINE_TYPE (BrokenStream, broken_stream, G_TYPE_INPUT_STREAM)

static gssize
broken_stream_read (GInputStream *stream,
                    void *buffer,
                    gsize count,
                    GCancellable *cancellable,
                    GError **error)
{
  BrokenStream *self = (BrokenStream *) stream;

  if (self->given >= 600000)
    {
      if (self->cancel)
        g_cancellable_cancel (self->cancel);
      else
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, "The connection is gone");
      if (!self->cancel)
        return -1;
    }
  count = MIN (count, 50000);
  memset (buffer, 'x', count);
  self->given += count;
  return count;
}

static void
broken_stream_class_init (BrokenStreamClass *klass)
{
  G_INPUT_STREAM_CLASS (klass)->read_fn = broken_stream_read;
}

static void
broken_stream_init (BrokenStream *self)
{
}

static void
test_interrupted (LfTestStore *self, gconstpointer data)
{
  g_autoptr (GInputStream) stream = g_object_new (broken_stream_get_type (), NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (
      LF_CALL (self->store, add_attachment, &error, "half.bin", NULL, stream, NULL, NULL));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
  lf_test_assert_no_attachments (self);
}

static void
test_cancelled (LfTestStore *self, gconstpointer data)
{
  g_autoptr (GInputStream) stream = g_object_new (broken_stream_get_type (), NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  ((BrokenStream *) stream)->cancel = cancellable;
  lf_store_add_attachment_async (self->store, "half.bin", NULL, stream, NULL, NULL, cancellable,
                                 lf_test_got_cb, &result);
  lf_test_wait (&result);
  g_assert_null (lf_store_add_attachment_finish (self->store, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  lf_test_assert_no_attachments (self);
}

typedef struct
{
  GThread *thread;
  goffset last;
  guint calls;
} Progress;

static void
progress_cb (goffset current, goffset total, gpointer user_data)
{
  Progress *progress = user_data;

  g_assert_true (g_thread_self () == progress->thread);
  g_assert_cmpint (total, ==, -1);
  g_assert_cmpint (current, >=, progress->last);
  progress->last = current;
  progress->calls++;
}

static void
test_progress (LfTestStore *self, gconstpointer data)
{
  Progress progress = { .thread = g_thread_self () };
  g_autoptr (GBytes) content = new_content (1000 * 1000);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (content);
  g_autoptr (LfAttachment) attachment = NULL;
  g_autoptr (GError) error = NULL;

  attachment =
      LF_CALL (self->store, add_attachment, &error, "a.bin", NULL, stream, progress_cb, &progress);
  g_assert_no_error (error);
  g_assert_null (attachment->content_type);
  g_assert_cmpint (progress.last, ==, 1000 * 1000);
  g_assert_cmpuint (progress.calls, >, 1);
}

static void
test_full_output (LfTestStore *self, gconstpointer data)
{
  guint8 small[1000];
  g_autoptr (GBytes) content = new_content (1000 * 1000);
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new (small, sizeof small, NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (LfAttachment) attachment = add (self, "a.bin", content, &error);

  g_assert_no_error (error);
  g_assert_null (LF_CALL (self->store, read_attachment, &error, attachment->id, stream));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  assert_content (self, attachment, content);
}

static void
test_damaged (LfTestStore *self, gconstpointer data)
{
  g_autoptr (GBytes) content = new_content (1000 * 1000);
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;
  g_autoptr (LfAttachment) attachment = add (self, "a.bin", content, &error);

  g_assert_no_error (error);
  lf_test_damage_attachment (self, attachment->id);
  g_assert_null (LF_CALL (self->store, read_attachment, &error, attachment->id, stream));
  g_assert_error (error, LF_ERROR, LF_ERROR_CORRUPT);
  g_assert_nonnull (strstr (error->message, "a.bin"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  lf_test_store_add ("/attachments/sizes", test_sizes);
  lf_test_store_add ("/attachments/names", test_names);
  lf_test_store_add ("/attachments/limit", test_limit);
  lf_test_store_add ("/attachments/too-large", test_too_large);
  lf_test_store_add ("/attachments/interrupted", test_interrupted);
  lf_test_store_add ("/attachments/cancelled", test_cancelled);
  lf_test_store_add ("/attachments/progress", test_progress);
  lf_test_store_add ("/attachments/full-output", test_full_output);
  lf_test_store_add ("/attachments/damaged", test_damaged);

  return g_test_run ();
}
