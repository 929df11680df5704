#include "lf-test-store.h"

#include "lf-error.h"
#include "lf-time.h"
#include "lf-zone.h"

#include <string.h>

#define DAY ((gint64) 86400 * 1000)

static LfSpec *
save_spec (LfTestStore *self, LfSpec *spec)
{
  g_autoptr (GError) error = NULL;
  LfSpec *saved = LF_CALL (self->store, save_spec, &error, spec);

  g_assert_no_error (error);
  lf_spec_free (spec);
  return saved;
}

/* @cron NULL: without a schedule. */
static LfSpec *
schedule_spec (LfTestStore *self, LfSpec *spec, const char *cron, gboolean enabled)
{
  g_clear_pointer (&spec->schedule, lf_spec_schedule_free);
  if (cron != NULL)
    {
      spec->schedule = lf_spec_schedule_new ();
      lf_set_string (&spec->schedule->cron, cron);
      lf_set_string (&spec->schedule->time_zone, "Europe/Berlin");
      spec->schedule->enabled = enabled;
    }
  return save_spec (self, spec);
}

static LfRunSchedule *
new_schedule (const char *spec_id, const char *cron)
{
  LfRunSchedule *schedule = lf_run_schedule_new ();

  lf_set_string (&schedule->spec_id, spec_id);
  lf_set_string (&schedule->cron, cron);
  lf_set_string (&schedule->time_zone, "UTC");
  return schedule;
}

static LfRunSchedule *
save (LfTestStore *self, const LfRunSchedule *schedule)
{
  g_autoptr (GError) error = NULL;
  LfRunSchedule *saved = LF_CALL (self->store, save_schedule, &error, schedule);

  g_assert_no_error (error);
  return saved;
}

static GPtrArray *
list (LfTestStore *self, guint n)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *schedules = LF_CALL (self->store, list_schedules, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (schedules->len, ==, n);
  return schedules;
}

static void
test_save (LfTestStore *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LfSpec) spec = save_spec (self, lf_spec_new_default ());
  g_autoptr (LfRunSchedule) schedule = new_schedule (spec->id, "@daily");
  g_autoptr (LfRunSchedule) saved = save (self, schedule);
  g_autoptr (GPtrArray) schedules = NULL;
  gint64 now = lf_time_now ();

  g_assert_cmpuint (strlen (saved->id), ==, 24);
  g_assert_cmpint (saved->next_run_at % DAY, ==, 0);
  g_assert_cmpint (saved->next_run_at, >, now - DAY);
  g_assert_cmpint (saved->next_run_at, <=, now + DAY);
  lf_test_reopen (self);
  schedules = list (self, 1);
  g_assert_true (lf_record_equal (schedules->pdata[0], saved));

  g_assert_true (LF_CALL (self->store, delete_schedule, &error, saved->id));
  g_assert_no_error (error);
  g_ptr_array_unref (list (self, 0));
  g_assert_false (LF_CALL (self->store, delete_schedule, &error, saved->id));
  g_assert_error (error, LF_ERROR, LF_ERROR_NOT_FOUND);
}

/* Whoever runs it, and wherever: at the same time. */
static void
test_zone (LfTestStore *self, gconstpointer data)
{
  g_autofree char *local = lf_zone_local_name ();
  g_autoptr (LfSpec) spec = save_spec (self, lf_spec_new_default ());
  g_autoptr (LfRunSchedule) schedule = new_schedule (spec->id, "@daily");
  g_autoptr (LfRunSchedule) saved = NULL;

  lf_set_string (&schedule->time_zone, NULL);
  saved = save (self, schedule);
  g_assert_cmpstr (saved->time_zone, ==, local);
}

static void
assert_zone (LfTestStore *self, const char *zone)
{
  g_autoptr (GPtrArray) schedules = list (self, 1);

  g_assert_cmpstr (((LfRunSchedule *) schedules->pdata[0])->time_zone, ==, zone);
}

/* Who saves the spec from another part of the world does not move what it is run by. */
static void
test_zone_elsewhere (LfTestStore *self, gconstpointer data)
{
  g_autofree char *before = g_strdup (g_getenv ("TZ"));
  LfSpec *spec = lf_spec_new_default ();

  spec->schedule = lf_spec_schedule_new ();
  lf_set_string (&spec->schedule->cron, "30 2 * * *");
  spec->schedule->enabled = TRUE;
  g_setenv ("TZ", "Asia/Tokyo", TRUE);
  spec = save_spec (self, spec);
  assert_zone (self, "Asia/Tokyo");
  g_setenv ("TZ", "America/New_York", TRUE);
  lf_set_string (&spec->name, "Another name");
  spec = save_spec (self, spec);
  assert_zone (self, "Asia/Tokyo");
  lf_set_string (&spec->schedule->cron, "45 2 * * *");
  spec = save_spec (self, spec);
  assert_zone (self, "Asia/Tokyo");
  lf_set_string (&spec->schedule->time_zone, "Europe/Berlin");
  spec = save_spec (self, spec);
  assert_zone (self, "Europe/Berlin");
  lf_spec_free (spec);
  if (before != NULL)
    g_setenv ("TZ", before, TRUE);
  else
    g_unsetenv ("TZ");
}

static void
test_refused (LfTestStore *self, gconstpointer data)
{
  g_autoptr (LfSpec) spec = save_spec (self, lf_spec_new_default ());
  const struct
  {
    const char *spec_id, *cron;
    int code;
    const char *words;
  } wrong[] = {
    { spec->id, "61 * * * *", LF_ERROR_VALUE, "/cron: minute" },
    { "0123456789abcdef01234567", "@daily", LF_ERROR_NOT_FOUND, "0123456789abcdef01234567" },
    { NULL, "@daily", LF_ERROR_NOT_FOUND, "spec" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LfRunSchedule) schedule = new_schedule (wrong[i].spec_id, wrong[i].cron);

      g_assert_null (LF_CALL (self->store, save_schedule, &error, schedule));
      g_assert_error (error, LF_ERROR, wrong[i].code);
      g_assert_nonnull (strstr (error->message, wrong[i].words));
    }
  g_ptr_array_unref (list (self, 0));
}

/* A spec's own schedule follows it, and keeps its times while it stays the same. */
static void
test_of_spec (LfTestStore *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  LfSpec *spec = schedule_spec (self, lf_spec_new_default (), "30 2 * * *", TRUE);
  g_autoptr (GPtrArray) first = list (self, 1);
  g_autoptr (GPtrArray) renamed = NULL;
  g_autoptr (GPtrArray) changed = NULL;
  g_autoptr (GPtrArray) off = NULL;
  const LfRunSchedule *schedule = first->pdata[0];
  gint64 due = schedule->next_run_at;

  g_assert_cmpstr (schedule->id, ==, spec->id);
  g_assert_cmpstr (schedule->spec_id, ==, spec->id);
  g_assert_cmpstr (schedule->time_zone, ==, "Europe/Berlin");
  g_assert_cmpint (due, >, lf_time_now ());
  g_assert_true (
      LF_CALL (self->store, claim_schedule, &error, spec->id, due, due + DAY, TRUE, "token"));

  lf_set_string (&spec->name, "Another name");
  spec = schedule_spec (self, spec, "30 2 * * *", TRUE);
  renamed = list (self, 1);
  schedule = renamed->pdata[0];
  g_assert_cmpint (schedule->last_run_at, ==, due);
  g_assert_cmpint (schedule->next_run_at, ==, due + DAY);

  spec = schedule_spec (self, spec, "@yearly", TRUE);
  changed = list (self, 1);
  schedule = changed->pdata[0];
  g_assert_cmpint (schedule->last_run_at, ==, due);
  g_assert_cmpstr (schedule->cron, ==, "@yearly");
  g_assert_cmpint (schedule->next_run_at, !=, due + DAY);

  spec = schedule_spec (self, spec, "not yet", FALSE);
  off = list (self, 1);
  schedule = off->pdata[0];
  g_assert_false (schedule->enabled);
  g_assert_cmpint (schedule->next_run_at, ==, 0);

  spec = schedule_spec (self, spec, NULL, FALSE);
  g_ptr_array_unref (list (self, 0));
  spec = schedule_spec (self, spec, "@daily", TRUE);
  g_assert_true (LF_CALL (self->store, delete_spec, &error, spec->id));
  g_ptr_array_unref (list (self, 0));
  lf_spec_free (spec);
}

/* Two stores on one database: each time is had by one of them, also where it was missed. */
static void
test_claim (LfTestStore *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LfStore) other = lf_test_open (self->uri, &error);
  g_autoptr (LfSpec) spec = save_spec (self, lf_spec_new_default ());
  g_autoptr (LfRunSchedule) schedule = new_schedule (spec->id, "@daily");
  g_autoptr (LfRunSchedule) saved = NULL;
  gint64 last_run = 0;

  schedule->next_run_at = 20000 * DAY;
  saved = save (self, schedule);
  for (int round = 0; round < 10; round++)
    {
      gint64 due = (20000 + round) * DAY;
      gboolean runs = round % 2 == 0;
      g_autoptr (GAsyncResult) one = NULL;
      g_autoptr (GAsyncResult) two = NULL;
      g_autoptr (GError) refusal = NULL;
      g_autoptr (GPtrArray) schedules = NULL;
      gboolean here, there;

      lf_store_claim_schedule_async (self->store, saved->id, due, due + DAY, runs, "one", NULL,
                                     lf_test_got_cb, &one);
      lf_store_claim_schedule_async (other, saved->id, due, due + DAY, runs, "two", NULL,
                                     lf_test_got_cb, &two);
      lf_test_wait (&one);
      lf_test_wait (&two);
      here = lf_store_claim_schedule_finish (self->store, one, &refusal);
      there = lf_store_claim_schedule_finish (other, two, refusal != NULL ? NULL : &refusal);
      g_assert_true (here != there);
      g_assert_error (refusal, LF_ERROR, LF_ERROR_CONFLICT);
      last_run = runs ? due : last_run;
      schedules = list (self, 1);
      g_assert_cmpint (((LfRunSchedule *) schedules->pdata[0])->next_run_at, ==, due + DAY);
      g_assert_cmpint (((LfRunSchedule *) schedules->pdata[0])->last_run_at, ==, last_run);
    }
  g_assert_false (LF_CALL (other, claim_schedule, &error, "none", DAY, 2 * DAY, TRUE, "two"));
  g_assert_error (error, LF_ERROR, LF_ERROR_CONFLICT);
  lf_test_close (other);
}

/* A process died between its claim and the rest: the time is not run twice, and nothing is stuck.
 */
static void
test_left_claim (LfTestStore *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LfSpec) spec = save_spec (self, lf_spec_new_default ());
  g_autoptr (LfRunSchedule) schedule = new_schedule (spec->id, "@daily");
  g_autoptr (LfRunSchedule) saved = NULL;
  g_autoptr (GPtrArray) schedules = NULL;
  g_autofree char *id = NULL;
  mongoc_client_t *client = NULL;
  mongoc_collection_t *claims = lf_test_open_collection (self, &client, "claims");
  bson_t *claim;

  schedule->next_run_at = 20000 * DAY;
  saved = save (self, schedule);
  id = g_strdup_printf ("%s:%" G_GINT64_FORMAT, saved->id, 20000 * DAY);
  claim = BCON_NEW ("_id", BCON_UTF8 (id), "claimedAt", BCON_DATE_TIME (lf_time_now () - 2 * DAY));
  g_assert_true (mongoc_collection_insert_one (claims, claim, NULL, NULL, NULL));
  bson_destroy (claim);

  g_assert_false (LF_CALL (self->store, claim_schedule, &error, saved->id, 20000 * DAY, 20001 * DAY,
                           TRUE, "token"));
  g_assert_error (error, LF_ERROR, LF_ERROR_CONFLICT);
  g_clear_error (&error);
  schedules = list (self, 1);
  g_assert_cmpint (((LfRunSchedule *) schedules->pdata[0])->next_run_at, ==, 20001 * DAY);
  g_assert_cmpint (((LfRunSchedule *) schedules->pdata[0])->last_run_at, ==, 0);

  /* The next claim clears away what is older than a day. */
  g_assert_true (LF_CALL (self->store, claim_schedule, &error, saved->id, 20001 * DAY, 20002 * DAY,
                          TRUE, "token"));
  g_assert_cmpint (lf_test_count_documents (self, "claims"), ==, 1);
  mongoc_collection_destroy (claims);
  mongoc_client_destroy (client);
}

/* The answer of a claim got lost: who asks again with the same token has it, and nobody else. */
static void
test_lost_answer (LfTestStore *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LfSpec) spec = save_spec (self, lf_spec_new_default ());
  g_autoptr (LfRunSchedule) schedule = new_schedule (spec->id, "@daily");
  g_autoptr (LfRunSchedule) saved = NULL;
  g_autoptr (GPtrArray) schedules = NULL;
  gint64 due = 20000 * DAY;

  schedule->next_run_at = due;
  saved = save (self, schedule);
  for (int i = 0; i < 2; i++)
    {
      g_assert_true (
          LF_CALL (self->store, claim_schedule, &error, saved->id, due, due + DAY, TRUE, "mine"));
      g_assert_false (
          LF_CALL (self->store, claim_schedule, &error, saved->id, due, due + DAY, TRUE, "other"));
      g_assert_error (error, LF_ERROR, LF_ERROR_CONFLICT);
      g_clear_error (&error);
    }
  schedules = list (self, 1);
  g_assert_cmpint (((LfRunSchedule *) schedules->pdata[0])->next_run_at, ==, due + DAY);
  g_assert_cmpint (((LfRunSchedule *) schedules->pdata[0])->last_run_at, ==, due);
}

/* A database of the version before. */
static void
test_migration (LfTestStore *self, gconstpointer data)
{
  g_autoptr (LfSpec) spec = NULL;

  lf_test_sql (lf_test_get_path (self), "DROP TABLE schedules; PRAGMA user_version = 1");
  lf_test_reopen (self);
  spec = schedule_spec (self, lf_spec_new_default (), "@daily", TRUE);
  g_ptr_array_unref (list (self, 1));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lf_test_store_add ("/save-schedule", test_save);
  lf_test_store_add ("/zone-of-schedule", test_zone);
  lf_test_store_add ("/zone-elsewhere", test_zone_elsewhere);
  lf_test_store_add ("/refused-schedule", test_refused);
  lf_test_store_add ("/schedule-of-spec", test_of_spec);
  lf_test_store_add ("/claim", test_claim);
  lf_test_store_add_for ("mongo", "/left-claim", test_left_claim);
  lf_test_store_add_for ("mongo", "/lost-answer", test_lost_answer);
  lf_test_store_add_for ("sqlite", "/schedules-migration", test_migration);
  return g_test_run ();
}
