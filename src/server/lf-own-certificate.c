#include "config.h"

#include "lf-own-certificate.h"

#include "lf-error.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#define DAYS       "825"
#define LEAST_LEFT 30 /* days */

static gboolean
is_good (const char *path)
{
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_file (path, NULL);
  g_autoptr (GDateTime) end =
      certificate != NULL ? g_tls_certificate_get_not_valid_after (certificate) : NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) wanted = g_date_time_add_days (now, LEAST_LEFT);
  g_autofree char *key = NULL;

  if (end == NULL || g_date_time_compare (end, wanted) < 0)
    return FALSE;
  g_object_get (certificate, "private-key-pem", &key, NULL);
  return key != NULL;
}

static gboolean
fail (int code, const char *reason, GError **error)
{
  g_set_error (error, LF_ERROR, code, _ ("No certificate could be made: %s"), reason);
  return FALSE;
}

/* Key and certificate, as openssl writes them to its standard output. (transfer full) or NULL. */
static char *
make (GError **error)
{
  g_autofree char *names = g_strdup_printf (
      "subjectAltName=DNS:%s,DNS:localhost,IP:127.0.0.1,IP:::1", g_get_host_name ());
  g_autofree char *subject = g_strconcat ("/CN=", g_get_host_name (), NULL);
  const char *const words[] = { "openssl",
                                "req",
                                "-x509",
                                "-newkey",
                                "ec",
                                "-pkeyopt",
                                "ec_paramgen_curve:P-256",
                                "-nodes",
                                "-days",
                                DAYS,
                                "-subj",
                                subject,
                                "-addext",
                                names,
                                "-keyout",
                                "/dev/stdout",
                                "-out",
                                "/dev/stdout",
                                NULL };
  g_autoptr (GError) failure = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_newv (
      words, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &failure);
  g_autofree char *text = NULL;
  g_autofree char *said = NULL;

  if (process == NULL)
    {
      fail (LF_ERROR_FAILED, _ ("the program openssl is missing; install it, or name files"),
            error);
      return NULL;
    }
  if (g_subprocess_communicate_utf8 (process, NULL, NULL, &text, &said, &failure) &&
      g_subprocess_get_successful (process))
    return g_steal_pointer (&text);
  fail (LF_ERROR_FAILED, failure != NULL ? failure->message : g_strstrip (said), error);
  return NULL;
}

char *
lf_own_certificate_ensure (GError **error)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "loadforge", NULL);
  g_autofree char *path = g_build_filename (folder, "remote-certificate.pem", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) failure = NULL;

  if (is_good (path))
    return g_steal_pointer (&path);
  text = make (error);
  if (text == NULL)
    return NULL;
  g_mkdir_with_parents (folder, 0700); /* else writing tells why */
  if (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &failure))
    return g_steal_pointer (&path);
  fail (LF_ERROR_READ_ONLY, failure->message, error);
  return NULL;
}

static void
ensure_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  char *path = lf_own_certificate_ensure (&error);

  if (path != NULL)
    g_task_return_pointer (task, path, g_free);
  else
    g_task_return_error (task, error);
}

void
lf_own_certificate_ensure_async (GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_run_in_thread (task, ensure_in_thread);
}

char *
lf_own_certificate_ensure_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

char *
lf_own_certificate_fingerprint (const char *path)
{
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_file (path, NULL);
  g_autoptr (GByteArray) bytes = NULL;
  g_autofree char *hash = NULL;
  GString *text;

  if (certificate == NULL)
    return NULL;
  g_object_get (certificate, "certificate", &bytes, NULL);
  hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, bytes->data, bytes->len);
  text = g_string_new (NULL);
  for (gsize i = 0; hash[i] != '\0'; i++)
    {
      if (i > 0 && i % 2 == 0)
        g_string_append_c (text, ':');
      g_string_append_c (text, g_ascii_toupper (hash[i]));
    }
  return g_string_free (text, FALSE);
}
