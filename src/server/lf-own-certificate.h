#pragma once

#include <gio/gio.h>

/*
 * A certificate of our own for the remote endpoint, signed by nobody else: a PEM file with its key, for P-256, named after
 * this machine, good for 825 days (what browsers take at most). It is made by the program openssl, once: later calls
 * find it, as long as it is good for a month. Whoever connects compares its fingerprint, or takes it over.
 */

/* (transfer full): the file, remote-certificate.pem in $XDG_DATA_HOME/loadforge, readable for nobody else.
 * LF_ERROR_FAILED where there is no openssl; LF_ERROR_READ_ONLY where the file cannot be written. */
char *lf_own_certificate_ensure        (GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same in a thread. */
void  lf_own_certificate_ensure_async  (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
char *lf_own_certificate_ensure_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* SHA-256 of the certificate in @path as browsers show it: "AB:01:…". NULL where that cannot be read. (transfer full) */
char *lf_own_certificate_fingerprint   (const char *path) G_GNUC_WARN_UNUSED_RESULT;
