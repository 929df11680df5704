#include "config.h"

#include "lf-room.h"

#include "lf-json.h"
#include "lf-answers.h"

struct _LfRooms
{
  GHashTable *rooms; /* run's id -> LfRoom */
  LfRoomFunc func;
  gint64 seq;
};

static void
message_clear (gpointer data)
{
  LfRoomMessage *message = data;

  g_free (message->run_id);
  g_bytes_unref (message->text);
}

LfRoomMessage *
lf_room_message_ref (LfRoomMessage *self)
{
  return g_rc_box_acquire (self);
}

void
lf_room_message_unref (LfRoomMessage *self)
{
  g_rc_box_release_full (self, message_clear);
}

static void
room_free (gpointer data)
{
  LfRoom *room = data;

  g_clear_pointer (&room->run, lf_run_free);
  g_queue_clear_full (&room->messages, (GDestroyNotify) lf_room_message_unref);
  g_ptr_array_unref (room->viewers);
  lf_histogram_free (room->duration);
  lf_histogram_free (room->response);
  lf_sample_free (room->sums);
  g_free (room);
}

LfRooms *
lf_rooms_new (LfRoomFunc func)
{
  LfRooms *self = g_new0 (LfRooms, 1);

  self->rooms = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, room_free);
  self->func = func;
  self->seq = g_get_real_time (); /* an earlier server of this clock told lower ones */
  return self;
}

void
lf_rooms_free (LfRooms *self)
{
  g_hash_table_unref (self->rooms);
  g_free (self);
}

gint64
lf_rooms_next_seq (LfRooms *self)
{
  return ++self->seq;
}

LfRoom *
lf_rooms_find (LfRooms *self, const char *run_id)
{
  return g_hash_table_lookup (self->rooms, run_id);
}

LfRoom *
lf_rooms_find_live (LfRooms *self, const char *run_id)
{
  LfRoom *room = lf_rooms_find (self, run_id);

  return room != NULL && !room->ended ? room : NULL;
}

void
lf_rooms_forget (LfRooms *self, const char *run_id)
{
  LfRoom *room = lf_rooms_find (self, run_id);

  if (room != NULL && room->ended && room->viewers->len == 0)
    g_hash_table_remove (self->rooms, run_id);
}

void
lf_room_join (LfRoom *self, gpointer viewer)
{
  if (!g_ptr_array_find (self->viewers, viewer, NULL))
    g_ptr_array_add (self->viewers, viewer);
}

void
lf_room_leave (LfRoom *self, gpointer viewer)
{
  g_ptr_array_remove (self->viewers, viewer);
}

GBytes *
lf_room_text (const char *type, const char *run_id, gint64 seq, JsonNode *data)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;
  char *text;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "type");
  json_builder_add_string_value (builder, type);
  json_builder_set_member_name (builder, "runId");
  json_builder_add_string_value (builder, run_id);
  json_builder_set_member_name (builder, "seq");
  json_builder_add_int_value (builder, seq);
  json_builder_set_member_name (builder, "data");
  json_builder_add_value (builder, data);
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);
  text = lf_json_to_text (node, FALSE);
  return g_bytes_new_take (text, strlen (text));
}

static gboolean
is_over (gpointer key, gpointer value, gpointer user_data)
{
  const LfRoom *room = value;

  return room->ended && room->viewers->len == 0 &&
         g_get_monotonic_time () - room->ended_at > LF_ROOM_AFTERLIFE * G_USEC_PER_SEC;
}

static LfRoom *
add_room (LfRooms *self, const LfRun *run)
{
  LfRoom *room = g_new0 (LfRoom, 1);

  g_hash_table_foreach_remove (self->rooms, is_over, NULL);
  room->run = lf_run_copy (run);
  g_queue_init (&room->messages);
  room->viewers = g_ptr_array_new ();
  room->duration = lf_histogram_new ();
  room->response = lf_histogram_new ();
  room->sums = lf_sample_new ();
  g_hash_table_insert (self->rooms, room->run->id, room);
  return room;
}

/* Takes @data. */
static void
tell (LfRooms *self, LfRoom *room, LfFeedKind kind, JsonNode *data)
{
  static const char *const types[] = { "state", "progress", "logLine", "end" };
  LfRoomMessage *message = g_rc_box_new0 (LfRoomMessage);

  message->seq = lf_rooms_next_seq (self);
  message->kind = kind;
  message->run_id = g_strdup (room->run->id);
  message->text = lf_room_text (types[kind], message->run_id, message->seq, data);
  room->seq = message->seq;
  g_queue_push_tail (&room->messages, message);
  if (g_queue_get_length (&room->messages) > LF_ROOM_MESSAGES)
    {
      LfRoomMessage *oldest = g_queue_pop_head (&room->messages);

      room->forgotten = oldest->seq;
      lf_room_message_unref (oldest);
    }
  for (guint i = room->viewers->len; i > 0; i--)
    self->func (room, room->viewers->pdata[i - 1]);
}

static void
replace_run (LfRoom *room, const LfRun *run)
{
  LfRun *old = room->run;
  LfRun *copy = lf_run_copy (run);

  /* The table's key is the id of the first record. */
  g_free (copy->id);
  copy->id = g_steal_pointer (&old->id);
  room->run = copy;
  lf_run_free (old);
}

static void
add_histogram (LfHistogram *sum, const char *text)
{
  g_autoptr (LfHistogram) histogram = text != NULL ? lf_histogram_decode (text, NULL) : NULL;

  if (histogram != NULL)
    lf_histogram_add (sum, histogram);
}

static void
add_counts (LfCounts *sum, const LfCounts *counts)
{
  for (guint i = 0; i < counts->n; i++)
    {
      const LfCount *entry = &counts->entries[i];

      lf_counts_add (sum, entry->key, entry->count);
    }
}

static void
add_up (LfRoom *room, const LfSample *sample)
{
  LfSample *sums = room->sums;
  const LfSampleHistograms *histograms = sample->histograms;

  sums->users = sample->users;
  sums->users_max = sample->users_max;
  sums->in_flight = sample->in_flight;
  sums->completed += sample->completed;
  sums->failed += sample->failed;
  sums->dropped += sample->dropped;
  sums->resent += sample->resent;
  sums->connections_opened += sample->connections_opened;
  sums->bytes_sent += sample->bytes_sent;
  sums->bytes_received += sample->bytes_received;
  sums->iterations += sample->iterations;
  add_counts (sums->status_codes, sample->status_codes);
  add_counts (sums->error_codes, sample->error_codes);
  if (histograms == NULL)
    return;
  add_histogram (room->duration, histograms->duration);
  add_histogram (room->response, histograms->response_time != NULL ? histograms->response_time
                                                                   : histograms->duration);
}

/* Of what was before anybody could be told, a viewer hears as of a gap: the store has it. */
static void
take_samples (LfRooms *self, LfRoom *room, const LfFeedEvent *event)
{
  g_clear_pointer (&room->run->progress, lf_run_progress_free);
  room->run->progress = lf_run_progress_copy (event->progress);
  if (event->past && room->forgotten == 0)
    room->forgotten = room->seq;
  for (guint i = 0; i < event->records->len; i++)
    {
      const LfSample *sample = event->records->pdata[i];

      if (sample->step < 0)
        add_up (room, sample);
      if (!event->past)
        tell (self, room, LF_FEED_SAMPLES, lf_answer_sample (sample));
    }
}

static void
take_run (LfRooms *self, LfRoom *room, const LfFeedEvent *event)
{
  replace_run (room, event->run);
  room->ended = event->kind == LF_FEED_END;
  room->ended_at = g_get_monotonic_time ();
  tell (self, room, event->kind, lf_answer_run_brief (room->run));
}

void
lf_rooms_take (const LfFeedEvent *event, gpointer user_data)
{
  LfRooms *self = user_data;
  LfRoom *room = lf_rooms_find (self, event->run_id);

  if (room == NULL && event->run != NULL)
    room = add_room (self, event->run);
  if (room == NULL)
    return;
  switch (event->kind)
    {
    case LF_FEED_SAMPLES:
      take_samples (self, room, event);
      break;
    case LF_FEED_LINES:
      for (guint i = 0; i < event->records->len; i++)
        tell (self, room, LF_FEED_LINES, lf_record_to_json (event->records->pdata[i]));
      break;
    case LF_FEED_STATE:
    case LF_FEED_END:
    default:
      take_run (self, room, event);
    }
}

static int
compare_newest (gconstpointer a, gconstpointer b)
{
  const LfRoom *one = *(LfRoom *const *) a;
  const LfRoom *other = *(LfRoom *const *) b;

  return strcmp (other->run->id, one->run->id);
}

void
lf_rooms_expire (LfRooms *self)
{
  g_hash_table_foreach_remove (self->rooms, is_over, NULL);
}

GPtrArray *
lf_rooms_list (LfRooms *self)
{
  GPtrArray *list = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer room;

  lf_rooms_expire (self);
  g_hash_table_iter_init (&iter, self->rooms);
  while (g_hash_table_iter_next (&iter, NULL, &room))
    g_ptr_array_add (list, room);
  g_ptr_array_sort (list, compare_newest);
  return list;
}
