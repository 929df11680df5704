#include "config.h"

#include "lf-lean-private.h"

#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

/* Skipped with one call where the kernel does it: nothing is copied, so more than a buffer may go.
 */
#define MOST_SKIPPED (1024 * 1024)

gboolean
_lf_lean_connection_open (LfLeanConnection *self, int fd)
{
  struct epoll_event event = { .events = EPOLLIN };

  event.data.u64 = _LF_LEAN_TAG | GPOINTER_TO_SIZE (self);
  self->fd = fd;
  self->used = FALSE;
  self->wants_to_write = FALSE;
  return epoll_ctl (self->exchange->transport->epoll, EPOLL_CTL_ADD, fd, &event) == 0;
}

void
_lf_lean_connection_watch (LfLeanConnection *self, gboolean to_write)
{
  struct epoll_event event = { .events = EPOLLIN | (to_write ? EPOLLOUT : 0) };

  if (self->wants_to_write == to_write)
    return;
  event.data.u64 = _LF_LEAN_TAG | GPOINTER_TO_SIZE (self);
  epoll_ctl (self->exchange->transport->epoll, EPOLL_CTL_MOD, self->fd, &event);
  self->wants_to_write = to_write;
}

void
_lf_lean_connection_close (LfLeanConnection *self)
{
  if (self->fd >= 0)
    epoll_ctl (self->exchange->transport->epoll, EPOLL_CTL_DEL, self->fd, NULL);
  if (self->fd >= 0 && self->dial == NULL)
    close (self->fd);
  self->fd = -1;
  if (self->dial != NULL)
    _lf_lean_dial_cancel (g_steal_pointer (&self->dial));
}

int
_lf_lean_connection_release (LfLeanConnection *self)
{
  int fd = self->fd;

  if (fd < 0 || self->dial != NULL)
    {
      _lf_lean_connection_close (self);
      return -1;
    }
  epoll_ctl (self->exchange->transport->epoll, EPOLL_CTL_DEL, fd, NULL);
  self->fd = -1;
  return fd;
}

gboolean
_lf_lean_connection_has_more (LfLeanConnection *self)
{
  char byte;

  return self->dial == NULL && recv (self->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) > 0;
}

gssize
_lf_lean_connection_skip (LfLeanConnection *self,
                          void *buffer,
                          gsize size,
                          guint64 length,
                          gboolean *last)
{
  gssize n;

  if (self->dial != NULL)
    return _lf_lean_connection_recv (self, buffer, (gsize) MIN (size, length), last);
  /* tcp(7): the bytes are thrown away, and the buffer is not written to. */
  length = MIN (length, MOST_SKIPPED);
  n = recv (self->fd, buffer, (gsize) length, MSG_TRUNC);
  *last = n >= 0 && (guint64) n < length;
  return n;
}
