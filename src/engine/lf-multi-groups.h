#pragma once

#include <curl/curl.h>
#include <glib.h>

/*
 * CURLMs in one epoll loop. libcurl searches a multi's connections one by one, so that its members
 * come in groups of 64. One thread.
 */
typedef struct
{
  gpointer owner;   /* as init() was told */
  guint index;
  CURLM *multi;
  guint n_members;  /* choose() adds one; who leaves takes one off */
  gint64 deadline;  /* monotonic us; G_MAXINT64: none */
  gboolean dirty;   /* something may have ended */
} LfMultiGroup;

typedef struct
{
  GPtrArray *all;   /* of LfMultiGroup */
  gsize size;
  curl_socket_callback socket_cb;
  gpointer owner;
} LfMultiGroups;

/* @size: of a struct that begins with an LfMultiGroup. @socket_cb is told the group. */
void          lf_multi_groups_init         (LfMultiGroups *self, gsize size, curl_socket_callback socket_cb, gpointer owner);
void          lf_multi_groups_clear        (LfMultiGroups *self); /* after the last member has left */
LfMultiGroup *lf_multi_groups_get          (const LfMultiGroups *self, guint index);
/* One with room for another member, which is counted. */
LfMultiGroup *lf_multi_groups_choose       (LfMultiGroups *self);
gint64        lf_multi_groups_get_deadline (const LfMultiGroups *self);
void          lf_multi_groups_expire       (LfMultiGroups *self, gint64 now);
gboolean      lf_multi_groups_is_due       (const LfMultiGroups *self); /* expire() wants to be called now */
/* @events: of epoll, for @fd. */
void          lf_multi_group_act           (LfMultiGroup *group, int fd, guint32 events);
/* A transfer that has ended; NULL where there is none left. */
CURL         *lf_multi_group_take_ended    (LfMultiGroup *group, CURLcode *result);
