#pragma once

#include <libsoup/soup.h>

/*
 * Accepts connections for a SoupServer and keeps them within limits that libsoup has not: how many there are, how
 * long one may say nothing, take for its request, or leave an answer unread. When all places are taken, the
 * connection that has waited longest without a request gives way. All of it in one main context.
 */
typedef struct _LfListener LfListener;

#define LF_LISTENER_MOST 512    /* connections at once */
#define LF_LISTENER_PATIENCE 20 /* s without a request, for its head, and without progress */

typedef struct
{
  GTlsCertificate *certificate; /* (nullable): TLS */
  guint most;                   /* 0: LF_LISTENER_MOST */
  guint patience;               /* s; 0: LF_LISTENER_PATIENCE */
} LfListenerOptions;

/* @soup must not listen itself. */
LfListener *lf_listener_new       (SoupServer *soup, const LfListenerOptions *options) G_GNUC_WARN_UNUSED_RESULT;
/* Stops listening and cuts all connections. */
void        lf_listener_free      (LfListener *self);
/* @address: "ADDRESS:PORT", "[::1]:0", "localhost:80"; port 0 takes a free one. (transfer full), or NULL with
 * LF_ERROR_VALUE. */
GSocketAddress *lf_listener_parse (const char *address, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* LF_ERROR_BUSY or LF_ERROR_VALUE. */
gboolean    lf_listener_bind      (LfListener *self, const char *address, GError **error);
guint16     lf_listener_get_port  (LfListener *self);
guint       lf_listener_get_count (LfListener *self);
/* The connection that came from @address, a message's own, is a WebSocket of somebody who may, whose own rules hold from now
 * on. Until then it gives way like one that waits. */
void        lf_listener_upgrade   (GSocketAddress *address);
/* @message is refused before its body came: it gives way, and the body gets no more time. */
void        lf_listener_give_up   (SoupServerMessage *message);
/* Hangs up on who sent @message. */
void        lf_listener_cut       (SoupServerMessage *message);
void        lf_listener_cut_address (GSocketAddress *address);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LfListener, lf_listener_free)
