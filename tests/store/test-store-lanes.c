#include "lf-test-store.h"

#include "lf-store-order-private.h"

#include <string.h>

/* A store of three lanes whose changes wait until they are let go, and what all of its lanes share.
 */

typedef struct
{
  GMutex lock;
  GCond changed;
  gboolean stuck;  /* changes wait */
  gboolean refuse; /* no lane can be opened */
  guint n_changes; /* that were carried out */
  guint n_open;
} Shared;

#define FAKE_TYPE_STORE (fake_store_get_type ())
G_DECLARE_FINAL_TYPE (FakeStore, fake_store, FAKE, STORE, LfStore)

struct _FakeStore
{
  LfStore parent_instance;
  Shared *shared;
};

G_DEFINE_FINAL_TYPE (FakeStore, fake_store, LF_TYPE_STORE)

static gpointer
fake_store_open (LfStore *store, LfStoreCall *call, GError **error)
{
  Shared *shared = FAKE_STORE (store)->shared;
  gboolean well;

  g_mutex_lock (&shared->lock);
  well = !shared->refuse;
  if (well)
    shared->n_open++;
  else
    g_set_error (error, LF_ERROR, LF_ERROR_UNREACHABLE, "nobody is there");
  g_mutex_unlock (&shared->lock);
  return well ? LF_STORE_DONE : NULL;
}

static gpointer
fake_store_close (LfStore *store, LfStoreCall *call, GError **error)
{
  Shared *shared = FAKE_STORE (store)->shared;

  g_mutex_lock (&shared->lock);
  shared->n_open--;
  g_mutex_unlock (&shared->lock);
  return LF_STORE_DONE;
}

static gpointer
fake_store_put_spec (LfStore *store, LfStoreCall *call, GError **error)
{
  Shared *shared = FAKE_STORE (store)->shared;

  g_mutex_lock (&shared->lock);
  while (shared->stuck)
    g_cond_wait (&shared->changed, &shared->lock);
  shared->n_changes++;
  g_mutex_unlock (&shared->lock);
  return LF_STORE_DONE;
}

static gpointer
fake_store_save_run (LfStore *store, LfStoreCall *call, GError **error)
{
  return LF_STORE_DONE;
}

/* As many as there were changes. */
static gpointer
fake_store_list_specs (LfStore *store, LfStoreCall *call, GError **error)
{
  Shared *shared = FAKE_STORE (store)->shared;
  GPtrArray *specs = g_ptr_array_new_with_free_func (lf_record_free);

  g_mutex_lock (&shared->lock);
  while (specs->len < shared->n_changes)
    g_ptr_array_add (specs, lf_spec_new_default ());
  g_mutex_unlock (&shared->lock);
  return specs;
}

static void
fake_store_class_init (FakeStoreClass *klass)
{
  LfStoreClass *store_class = LF_STORE_CLASS (klass);

  store_class->open = fake_store_open;
  store_class->close = fake_store_close;
  store_class->put_spec = fake_store_put_spec;
  store_class->save_run = fake_store_save_run;
  store_class->list_specs = fake_store_list_specs;
}

static void
fake_store_init (FakeStore *self)
{
}

static LfStore *
new_lane (Shared *shared)
{
  FakeStore *self = g_object_new (FAKE_TYPE_STORE, NULL);

  self->shared = shared;
  _lf_store_take_name (LF_STORE (self), g_strdup ("fake"));
  return LF_STORE (self);
}

typedef struct
{
  Shared shared;
  LfStore *store;
  LfSpec *spec;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_mutex_init (&fixture->shared.lock);
  g_cond_init (&fixture->shared.changed);
  fixture->store = new_lane (&fixture->shared);
  for (LfStoreLane lane = LF_STORE_CHANGES + 1; lane < LF_STORE_N_LANES; lane++)
    _lf_store_take_lane (fixture->store, new_lane (&fixture->shared));
  fixture->spec = lf_spec_new_default ();
}

/* The lanes may look at what they share until they have closed. */
static void
tear_down (Fixture *fixture, gconstpointer data)
{
  lf_test_close (fixture->store);
  g_assert_cmpuint (fixture->shared.n_open, ==, 0);
  g_object_unref (fixture->store);
  lf_spec_free (fixture->spec);
  g_mutex_clear (&fixture->shared.lock);
  g_cond_clear (&fixture->shared.changed);
}

static void
set_stuck (Fixture *fixture, gboolean stuck)
{
  g_mutex_lock (&fixture->shared.lock);
  fixture->shared.stuck = stuck;
  g_cond_broadcast (&fixture->shared.changed);
  g_mutex_unlock (&fixture->shared.lock);
}

static void
assert_specs (Fixture *fixture, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) specs = LF_CALL (fixture->store, list_specs, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (specs->len, ==, n);
}

static void
end_put (Fixture *fixture, GAsyncResult *put)
{
  g_autoptr (GAsyncResult) owned = put;
  g_autoptr (GError) error = NULL;

  g_assert_true (lf_store_put_spec_finish (fixture->store, put, &error));
  g_assert_no_error (error);
}

/* A read comes after the changes before it, though another thread carries it out. */
static void
test_order (Fixture *fixture, gconstpointer data)
{
  GAsyncResult *puts[20] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (puts); i++)
    lf_store_put_spec_async (fixture->store, fixture->spec, NULL, lf_test_got_cb, &puts[i]);
  assert_specs (fixture, G_N_ELEMENTS (puts));
  for (guint i = 0; i < G_N_ELEMENTS (puts); i++)
    end_put (fixture, puts[i]); /* each was told before */
}

/* ...but not after one that stands still; and what a run writes waits for none. */
static void
test_stuck (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LfRun) run = lf_test_new_run (NULL, LF_RUN_RUNNING);
  g_autoptr (GError) error = NULL;
  GAsyncResult *put = NULL;

  set_stuck (fixture, TRUE);
  lf_store_put_spec_async (fixture->store, fixture->spec, NULL, lf_test_got_cb, &put);
  g_assert_true (LF_CALL (fixture->store, save_run, &error, run));
  g_assert_no_error (error);
  assert_specs (fixture, 0);
  assert_specs (fixture, 0);
  g_assert_null (put);
  set_stuck (fixture, FALSE);
  lf_test_wait (&put);
  end_put (fixture, put);
  assert_specs (fixture, 1);
}

/* What was called before is done on all lanes; what comes after is refused by each. */
static void
test_close (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LfRun) run = lf_test_new_run (NULL, LF_RUN_RUNNING);
  g_autoptr (GAsyncResult) closed = NULL;
  g_autoptr (GAsyncResult) saved = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *put = NULL;

  set_stuck (fixture, TRUE);
  lf_store_put_spec_async (fixture->store, fixture->spec, NULL, lf_test_got_cb, &put);
  lf_store_save_run_async (fixture->store, run, NULL, lf_test_got_cb, &saved);
  lf_store_close_async (fixture->store, lf_test_got_cb, &closed);
  g_assert_null (LF_CALL (fixture->store, list_specs, &error));
  g_assert_error (error, LF_ERROR, LF_ERROR_STATE);
  g_assert_null (closed);
  set_stuck (fixture, FALSE);
  lf_test_wait (&closed);
  g_assert_true (lf_store_close_finish (fixture->store, closed, NULL));
  end_put (fixture, put);
  g_assert_true (lf_store_save_run_finish (fixture->store, saved, NULL));
  g_clear_error (&error);
  g_assert_false (LF_CALL (fixture->store, save_run, &error, run));
  g_assert_error (error, LF_ERROR, LF_ERROR_STATE);
}

/* A lane is opened by its first call, which tells why that did not work; the next tries again. */
static void
test_lane_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->shared.refuse = TRUE;
  g_assert_null (LF_CALL (fixture->store, list_specs, &error));
  g_assert_error (error, LF_ERROR, LF_ERROR_UNREACHABLE);
  g_assert_cmpstr (error->message, ==, "fake: cannot list the specs: nobody is there");
  fixture->shared.refuse = FALSE;
  assert_specs (fixture, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add ("/store/lanes/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("order", test_order);
  ADD ("stuck", test_stuck);
  ADD ("close", test_close);
  ADD ("lane-refused", test_lane_refused);
  return g_test_run ();
}
