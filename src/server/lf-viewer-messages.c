#include "config.h"

#include "lf-viewer-private.h"

#include "lf-answers.h"
#include "lf-json-read.h"
#include "lf-problem-json.h"

#include <string.h>

#define MOST_SEATS 100 /* runs that one viewer watches at once */

/* A place in a room. */
typedef struct
{
  gint64 sent; /* seq up to which all was sent, or told as a gap */
} Seat;

/* A message that was not acknowledged yet. */
typedef struct
{
  gint64 seq;
  gsize bytes;
} Sent;

void
_lf_viewer_seat_free (gpointer seat)
{
  g_free (seat);
}

void
_lf_viewer_sent_free (gpointer sent)
{
  g_free (sent);
}

static void
send (LfViewer *self, gint64 seq, GBytes *text)
{
  Sent *sent;

  if (soup_websocket_connection_get_state (self->connection) != SOUP_WEBSOCKET_STATE_OPEN)
    return;
  sent = g_new (Sent, 1);
  *sent = (Sent){ seq, g_bytes_get_size (text) };
  g_queue_push_tail (&self->unread, sent);
  self->unread_bytes += sent->bytes;
  soup_websocket_connection_send_message (self->connection, SOUP_WEBSOCKET_DATA_TEXT, text);
}

static void
send_json (LfViewer *self, const char *type, const char *run_id, gint64 seq, JsonNode *data)
{
  g_autoptr (GBytes) text = lf_room_text (type, run_id, seq, data);

  send (self, seq, text);
}

static gboolean
has_credit (LfViewer *self)
{
  return g_queue_get_length (&self->unread) < LF_VIEWER_CREDIT &&
         self->unread_bytes < LF_VIEWER_CREDIT_BYTES;
}

static void
send_gap (LfViewer *self, Seat *seat, const LfRoom *room, gint64 to)
{
  JsonObject *gap = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_int_member (gap, "after", seat->sent);
  json_object_set_int_member (gap, "until", to);
  json_node_take_object (node, gap);
  send_json (self, "gap", room->run->id, to, node);
  seat->sent = to;
}

/* The first message that comes after @seq. */
static GList *
find_next (LfRoom *room, gint64 seq)
{
  GList *found = NULL;

  for (GList *link = room->messages.tail; link != NULL; link = link->prev)
    {
      if (((LfRoomMessage *) link->data)->seq <= seq)
        break;
      found = link;
    }
  return found;
}

/* Sends what is next, as far as credit goes. */
static void
pump (LfViewer *self, Seat *seat, LfRoom *room)
{
  GList *link;

  if (has_credit (self) && seat->sent < room->forgotten)
    {
      send_gap (self, seat, room, room->forgotten);
      send_json (self, "state", room->run->id, seat->sent, lf_answer_run_brief (room->run));
    }
  link = find_next (room, seat->sent);
  while (link != NULL && has_credit (self))
    {
      LfRoomMessage *message = link->data;

      send (self, message->seq, message->text);
      seat->sent = message->seq;
      link = link->next;
    }
}

/* The end is sent to whoever has no credit, too: it skips what comes before it. */
static void
send_end (LfViewer *self, Seat *seat, LfRoom *room)
{
  LfRoomMessage *last = g_queue_peek_tail (&room->messages);
  GList *before = room->messages.tail->prev;
  gint64 previous = before != NULL ? ((LfRoomMessage *) before->data)->seq : 0;

  if (last->kind != LF_FEED_END || seat->sent >= last->seq)
    return;
  if (seat->sent < previous)
    send_gap (self, seat, room, previous);
  send (self, last->seq, last->text);
  seat->sent = last->seq;
}

void
lf_viewer_take (LfRoom *room, gpointer viewer)
{
  LfViewer *self = viewer;
  Seat *seat = g_hash_table_lookup (self->seats, room->run->id);

  if (seat == NULL)
    return;
  pump (self, seat, room);
  if (room->ended)
    send_end (self, seat, room);
}

/* What is waited for while the store is asked for a run that does not go on here. */
typedef struct
{
  LfServer *server;
  LfViewer *viewer; /* compared only: it may have gone */
  gint64 opened;
  char *run_id;
} Question;

static void ask_next (LfViewer *self);

static void
run_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Question *question = user_data;
  LfServer *server = question->server;
  LfViewer *viewer = question->viewer;
  g_autoptr (GError) error = NULL;
  g_autoptr (LfRun) run = lf_store_load_run_finish (LF_STORE (source), result, &error);
  gboolean goes_on = run != NULL && lf_run_is_active (run);

  server->waiting--;
  if (server->viewers != NULL && g_ptr_array_find (server->viewers, viewer, NULL) &&
      viewer->opened == question->opened)
    {
      send_json (viewer, goes_on ? "state" : "end", question->run_id,
                 lf_rooms_next_seq (server->rooms),
                 run != NULL ? lf_answer_run_brief (run) : lf_problem_json (404, error->message));
      g_free (g_queue_pop_head (&viewer->questions));
      if (goes_on)
        g_hash_table_add (viewer->elsewhere, g_strdup (question->run_id));
      else
        g_hash_table_remove (viewer->elsewhere, question->run_id);
      ask_next (viewer);
    }
  g_free (question->run_id);
  g_free (question);
}

static void
ask_next (LfViewer *self)
{
  const char *run_id = g_queue_peek_head (&self->questions);
  Question *question;

  if (run_id == NULL)
    return;
  question = g_new (Question, 1);
  *question = (Question){ self->server, self, self->opened, g_strdup (run_id) };
  self->server->waiting++;
  lf_store_load_run_async (self->server->store, run_id, NULL, run_loaded_cb, question);
}

/* One at a time, so that nobody's questions hold up what a run writes. */
static void
ask_store (LfViewer *self, const char *run_id)
{
  g_queue_push_tail (&self->questions, g_strdup (run_id));
  if (g_queue_get_length (&self->questions) == 1)
    ask_next (self);
}

void
_lf_viewer_ask_again (LfViewer *self)
{
  GHashTableIter iter;
  gpointer run_id;

  if (!has_credit (self) || !g_queue_is_empty (&self->questions))
    return;
  g_hash_table_iter_init (&iter, self->elsewhere);
  while (g_hash_table_iter_next (&iter, &run_id, NULL))
    g_queue_push_tail (&self->questions, g_strdup (run_id));
  ask_next (self);
}

void
_lf_viewer_join (LfViewer *self, const char *run_id, gint64 since)
{
  LfRoom *room = lf_rooms_find (self->server->rooms, run_id);
  Seat *seat;

  if (room == NULL)
    {
      ask_store (self, run_id);
      return;
    }
  seat = g_new (Seat, 1);
  seat->sent = since >= 0 ? MIN (since, room->seq) : room->seq;
  g_hash_table_replace (self->seats, g_strdup (run_id), seat);
  lf_room_join (room, self);
  send_json (self, "state", run_id, seat->sent, lf_answer_run_brief (room->run));
  if (room->ended) /* its end is told again */
    seat->sent = MIN (seat->sent, room->seq - 1);
  lf_viewer_take (room, self);
}

void
_lf_viewer_leave (LfViewer *self, const char *run_id)
{
  LfRoom *room = lf_rooms_find (self->server->rooms, run_id);

  if (room != NULL)
    lf_room_leave (room, self);
  g_hash_table_remove (self->seats, run_id);
  g_hash_table_remove (self->elsewhere, run_id);
}

static gboolean
was_sent (LfViewer *self, gint64 seq)
{
  for (GList *link = self->unread.head; link != NULL; link = link->next)
    if (((Sent *) link->data)->seq == seq)
      return TRUE;
  return FALSE;
}

/* Messages of several runs may be sent in another order than they were numbered: an ack is for all
 * that was sent before it. */
void
_lf_viewer_ack (LfViewer *self, gint64 seq)
{
  GHashTableIter iter;
  gpointer run_id, seat;

  while (was_sent (self, seq))
    {
      Sent *sent = g_queue_pop_head (&self->unread);

      self->unread_bytes -= sent->bytes;
      g_free (sent);
    }
  g_hash_table_iter_init (&iter, self->seats);
  while (has_credit (self) && g_hash_table_iter_next (&iter, &run_id, &seat))
    {
      LfRoom *room = lf_rooms_find (self->server->rooms, run_id);

      if (room != NULL)
        pump (self, seat, room);
    }
}

static gboolean
hear_auth (LfViewer *self, JsonObject *message, const char **reason)
{
  const char *token = lf_json_read_text (message, "token");

  *reason = "this token is unknown, or was revoked";
  if (self->admitted) /* as where no token is needed */
    return TRUE;
  if (!lf_guard_check_text (self->server->guard, token, self->address, &self->access, NULL))
    return FALSE;
  _lf_viewer_admit (self);
  _lf_server_tell_viewers (self->server);
  return TRUE;
}

static gboolean
hear_run (LfViewer *self, const char *type, JsonObject *message, const char **reason)
{
  const char *run_id = lf_json_read_text (message, "runId");

  *reason = "runId is missing, or too many runs are watched";
  if (run_id == NULL || strlen (run_id) > 64)
    return FALSE;
  if (strcmp (type, "leave") == 0)
    _lf_viewer_leave (self, run_id);
  else if (g_hash_table_size (self->seats) >= MOST_SEATS ||
           g_queue_get_length (&self->questions) >= MOST_SEATS ||
           g_hash_table_size (self->elsewhere) >= MOST_SEATS)
    return FALSE;
  else if (g_queue_get_length (&self->unread) > 2 * LF_VIEWER_CREDIT)
    {
      *reason = "acknowledge what was sent before asking for more";
      return FALSE;
    }
  else
    _lf_viewer_join (self, run_id, lf_json_read_int (message, "since", -1));
  return TRUE;
}

gboolean
_lf_viewer_hear (LfViewer *self, JsonObject *message, const char **reason)
{
  const char *type = lf_json_read_text (message, "type");

  if (g_strcmp0 (type, "auth") == 0)
    return hear_auth (self, message, reason);
  *reason = "a token is needed first: {\"type\": \"auth\", \"token\": …}";
  if (!self->admitted)
    return FALSE;
  if (g_strcmp0 (type, "join") == 0 || g_strcmp0 (type, "leave") == 0)
    return hear_run (self, type, message, reason);
  *reason = "there are the types auth, join, leave and ack";
  if (g_strcmp0 (type, "ack") != 0)
    return FALSE;
  _lf_viewer_ack (self, lf_json_read_int (message, "seq", -1));
  return TRUE;
}
