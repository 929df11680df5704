#pragma once

#include "lf-histogram.h"
#include "lf-run-feed.h"

/*
 * What the server knows of the runs of this process: the record of each as it stands, the newest messages to its viewers,
 * and its sums for /metrics. A room stays for a while after its run has ended. Server's thread only.
 */
typedef struct _LfRooms LfRooms;
typedef struct _LfRoom LfRoom;

#define LF_ROOM_MESSAGES 2000 /* that a viewer can catch up with */
#define LF_ROOM_AFTERLIFE 300 /* s after the end */

typedef struct
{
  gint64 seq;        /* over all rooms, and higher than in any earlier life of the server; exact in JavaScript */
  LfFeedKind kind;
  char *run_id;
  GBytes *text;      /* the whole message, as every viewer gets it */
} LfRoomMessage;

typedef void (*LfRoomFunc) (LfRoom *room, gpointer viewer);

struct _LfRoom
{
  LfRun *run;
  GQueue messages;         /* of LfRoomMessage, by seq */
  gint64 seq;              /* of the newest message */
  gint64 forgotten;        /* of the newest that is no longer in @messages, or that would stand before the samples of the
                              past, which are no messages; 0: none */
  gboolean ended;
  gint64 ended_at;         /* us, monotonic */
  GPtrArray *viewers;      /* not owned */
  LfHistogram *duration;   /* us */
  LfHistogram *response;
  LfSample *sums;          /* counts since the start; gauges of the last second */
};

/* @func: hears of every new message, for each viewer of its room. */
LfRooms       *lf_rooms_new      (LfRoomFunc func) G_GNUC_WARN_UNUSED_RESULT;
void           lf_rooms_free     (LfRooms *self);
/* An LfFeedFunc; @user_data: LfRooms */
void           lf_rooms_take     (const LfFeedEvent *event, gpointer user_data);
LfRoom        *lf_rooms_find     (LfRooms *self, const char *run_id); /* (transfer none) or NULL */
/* The same of a run that goes on: of one that has ended, the store knows better. */
LfRoom        *lf_rooms_find_live (LfRooms *self, const char *run_id);
/* Drops those whose time is over. */
void           lf_rooms_expire   (LfRooms *self);
/* (element-type LfRoom), newest run first; those whose time is over are dropped now. */
GPtrArray     *lf_rooms_list     (LfRooms *self) G_GNUC_WARN_UNUSED_RESULT;
/* The run is removed: so is its room, unless somebody is in it. */
void           lf_rooms_forget   (LfRooms *self, const char *run_id);
gint64         lf_rooms_next_seq (LfRooms *self);
void           lf_room_join      (LfRoom *self, gpointer viewer);
void           lf_room_leave     (LfRoom *self, gpointer viewer);
/* {"type": …, "runId": …, "seq": …, "data": …}; takes @data. */
GBytes        *lf_room_text      (const char *type, const char *run_id, gint64 seq, JsonNode *data) G_GNUC_WARN_UNUSED_RESULT;

LfRoomMessage *lf_room_message_ref   (LfRoomMessage *self);
void           lf_room_message_unref (LfRoomMessage *self);
