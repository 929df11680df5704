#include "config.h"

#include "lf-multi-groups.h"

#include <sys/epoll.h>

#define GROUP_SIZE 64

static int
timer_cb (CURLM *multi, long timeout_ms, void *user_data)
{
  LfMultiGroup *group = user_data;

  group->deadline =
      timeout_ms < 0 ? G_MAXINT64 : g_get_monotonic_time () + (gint64) timeout_ms * 1000;
  return 0;
}

void
lf_multi_groups_init (LfMultiGroups *self,
                      gsize size,
                      curl_socket_callback socket_cb,
                      gpointer owner)
{
  *self = (LfMultiGroups){ g_ptr_array_new (), size, socket_cb, owner };
}

void
lf_multi_groups_clear (LfMultiGroups *self)
{
  for (guint i = 0; i < self->all->len; i++)
    {
      curl_multi_cleanup (lf_multi_groups_get (self, i)->multi);
      g_free (self->all->pdata[i]);
    }
  g_clear_pointer (&self->all, g_ptr_array_unref);
}

LfMultiGroup *
lf_multi_groups_get (const LfMultiGroups *self, guint index)
{
  return self->all->pdata[index];
}

static LfMultiGroup *
add (LfMultiGroups *self)
{
  LfMultiGroup *group = g_malloc0 (self->size);

  group->owner = self->owner;
  group->index = self->all->len;
  group->deadline = G_MAXINT64;
  group->multi = curl_multi_init ();
  curl_multi_setopt (group->multi, CURLMOPT_SOCKETFUNCTION, self->socket_cb);
  curl_multi_setopt (group->multi, CURLMOPT_SOCKETDATA, group);
  curl_multi_setopt (group->multi, CURLMOPT_TIMERFUNCTION, timer_cb);
  curl_multi_setopt (group->multi, CURLMOPT_TIMERDATA, group);
  g_ptr_array_add (self->all, group);
  return group;
}

LfMultiGroup *
lf_multi_groups_choose (LfMultiGroups *self)
{
  LfMultiGroup *group = NULL;

  for (guint i = self->all->len; i > 0 && group == NULL; i--)
    if (lf_multi_groups_get (self, i - 1)->n_members < GROUP_SIZE)
      group = lf_multi_groups_get (self, i - 1);
  if (group == NULL)
    group = add (self);
  group->n_members++;
  return group;
}

gint64
lf_multi_groups_get_deadline (const LfMultiGroups *self)
{
  gint64 deadline = G_MAXINT64;

  for (guint i = 0; i < self->all->len; i++)
    deadline = MIN (deadline, lf_multi_groups_get (self, i)->deadline);
  return deadline;
}

void
lf_multi_groups_expire (LfMultiGroups *self, gint64 now)
{
  for (guint i = 0; i < self->all->len; i++)
    {
      LfMultiGroup *group = lf_multi_groups_get (self, i);
      int running;

      if (group->deadline > now)
        continue;
      group->deadline = G_MAXINT64;
      curl_multi_socket_action (group->multi, CURL_SOCKET_TIMEOUT, 0, &running);
      group->dirty = TRUE;
    }
}

gboolean
lf_multi_groups_is_due (const LfMultiGroups *self)
{
  return lf_multi_groups_get_deadline (self) <= g_get_monotonic_time ();
}

void
lf_multi_group_act (LfMultiGroup *group, int fd, guint32 events)
{
  int mask = (events & (EPOLLIN | EPOLLHUP) ? CURL_CSELECT_IN : 0) |
             (events & EPOLLOUT ? CURL_CSELECT_OUT : 0) |
             (events & EPOLLERR ? CURL_CSELECT_ERR : 0);
  int running;

  curl_multi_socket_action (group->multi, fd, mask, &running);
  group->dirty = TRUE;
}

CURL *
lf_multi_group_take_ended (LfMultiGroup *group, CURLcode *result)
{
  int left;
  const CURLMsg *message = curl_multi_info_read (group->multi, &left);

  if (message == NULL)
    return NULL;
  *result = message->data.result;
  return message->easy_handle;
}
