#pragma once

#include "lf-error.h"
#include "lf-store.h"

/*
 * What LfStore's implementations fill in. Each of them runs on the store's own thread, one call at
 * a time in the order in which they were made, so it may block and needs no lock. A store may have
 * lanes: more stores of its kind, each with a thread (and a connection) of its own, that carry out
 * some of its calls.
 */

/* What a call must not wait behind. */
typedef enum
{
  LF_STORE_CHANGES, /* on the store itself */
  LF_STORE_READS,
  LF_STORE_RUNS, /* what a run writes while it goes on */
  LF_STORE_N_LANES,
} LfStoreLane;

typedef struct _LfStoreCall LfStoreCall;

/* Carries out one call. Returns what the finish function hands out (LF_STORE_DONE where that is
 * only TRUE), or NULL with @error set; the store's name and the operation are put before the
 * error's message by the caller. */
typedef gpointer (*LfStoreWork) (LfStore *self, LfStoreCall *call, GError **error);

#define LF_STORE_DONE GINT_TO_POINTER (TRUE)

/* One call under way and all arguments that calls have, copied; each uses what it needs. */
struct _LfStoreCall
{
  LfStoreLane lane;
  LfStore *store; /* that carries it out: the task's source, or a lane of it, which that keeps */
  gboolean late;  /* it was made after the store was closed */
  guint64 behind[LF_STORE_N_LANES]; /* how many calls of the other lanes were made before it */
  LfStoreWork work;
  const char *operation;      /* N_ ("save the spec"): after "cannot" in an error */
  GDestroyNotify free_result; /* NULL where the result is LF_STORE_DONE */
  GTask *task;                /* which owns this call */
  GCancellable *cancellable;  /* belongs to the task */

  char *id;           /* of the spec, run or attachment; what a query's spec_id and run_id become, too */
  gpointer record;    /* LfSpec, LfRun, LfRunSchedule or LfAttachment, the call's own */
  GPtrArray *records; /* LfSample or LfLogLine, the call's own */

  gboolean active;    /* LfRunQuery; limit, too, is how many of each spec are its last runs */
  gboolean brief;
  char *before_id;
  guint limit;
  gint64 after;

  gboolean queries; /* samples, by the following; else all */
  LfSampleQuery samples;
  gint64 revision;  /* of the spec to delete; 0: any */

  gint64 due, next; /* of a schedule, ms since 1970 */
  gboolean runs;    /* whether what was due at @due is run, and not only told as missed */
  char *token;      /* of the claim */

  char *name; /* of an attachment */
  char *content_type;
  GInputStream *input;
  GOutputStream *output;
  GFileProgressCallback progress;
  gpointer progress_data;
};

struct _LfStoreClass
{
  GObjectClass parent_class;

  LfStoreWork open;
  LfStoreWork close;

  LfStoreWork save_spec;
  LfStoreWork load_spec;
  LfStoreWork list_specs;
  LfStoreWork list_revisions;
  LfStoreWork delete_spec;
  LfStoreWork put_spec; /* the record as it is */

  LfStoreWork put_schedule; /* the record as it is */
  LfStoreWork load_schedule;
  LfStoreWork list_schedules;
  LfStoreWork delete_schedule;
  LfStoreWork claim_schedule;

  LfStoreWork save_run;
  LfStoreWork load_run;
  LfStoreWork list_runs;
  LfStoreWork list_last_runs;
  LfStoreWork delete_run;

  LfStoreWork append_samples;
  LfStoreWork list_samples;
  LfStoreWork append_logs;
  LfStoreWork list_logs;

  LfStoreWork measure;
  LfStoreWork check_itself; /* what the database can tell of its own; problems go to _lf_store_note(). May be NULL */

  LfStoreWork add_attachment; /* under the identity of the call's record, if any, replacing what is there */
  LfStoreWork list_attachments;
  LfStoreWork read_attachment;
  LfStoreWork load_attachment;
  LfStoreWork delete_attachment;
};

/* What the class of @self does for a call. */
#define LF_STORE_WORK(self, name) (LF_STORE_GET_CLASS (self)->name)

/* The store's name in errors and on screen; never with a password. Before the store is used. */
void         _lf_store_take_name    (LfStore *self, char *name);

/* Before the store is used: who carries out the calls of the next lane, of the same class. Takes @lane, which is opened by
 * the first of them. Without lanes all calls are carried out by @self. */
void         _lf_store_take_lane    (LfStore *self, LfStore *lane);

/* @operation and @tag (the public async function) must be static. */
LfStoreCall *_lf_store_call_new     (LfStoreLane lane, LfStoreWork work, const char *operation, GDestroyNotify free_result) G_GNUC_WARN_UNUSED_RESULT;
/* The same, about what @id names. */
LfStoreCall *_lf_store_call_new_by_id (LfStoreLane lane, LfStoreWork work, const char *operation, GDestroyNotify free_result, const char *id) G_GNUC_WARN_UNUSED_RESULT;
/* Takes @call. */
void         _lf_store_call_push    (LfStoreCall *call, LfStore *self, gpointer tag, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gpointer     _lf_store_call_finish  (LfStore *self, GAsyncResult *result, gpointer tag, GError **error);
/* Tells the caller, in its main context, that @done of @total (-1: nobody knows) have gone by. */
void         _lf_store_call_report  (LfStoreCall *call, gint64 done, gint64 total);

/* On the store's thread: who gets what _lf_store_collect() leaves out, instead of the log; NULL: nobody. */
void         _lf_store_set_problems (LfStore *self, GPtrArray *problems);
/* Takes @problem, a sentence. */
void         _lf_store_note         (LfStore *self, char *problem);

/* lf-store-schedules.c: what saving and deleting a spec are once its schedule is kept with it. */
gpointer     _lf_store_save_spec     (LfStore *self, LfStoreCall *call, GError **error);
gpointer     _lf_store_delete_spec   (LfStore *self, LfStoreCall *call, GError **error);

/* The spec in @call as it is to be stored now: id, revision + 1, createdAt, updatedAt set. */
LfSpec      *_lf_store_next_revision (const LfStoreCall *call) G_GNUC_WARN_UNUSED_RESULT;
/* Sets LF_ERROR_CONFLICT and returns FALSE unless @spec was read as revision @stored. */
gboolean     _lf_store_check_revision (const LfSpec *spec, gint64 stored, GError **error);
/* Sets LF_ERROR_CONFLICT for a spec that is to be deleted as it was. Always NULL. */
gpointer     _lf_store_outdated     (GError **error);
/* Sets LF_ERROR_VALUE and returns FALSE where @run has no id. */
gboolean     _lf_store_check_run    (const LfRun *run, GError **error);
/* Sets LF_ERROR_CONFLICT for a time of a schedule that somebody else claimed. Always NULL. */
gpointer     _lf_store_claimed       (GError **error);
/* Sets LF_ERROR_NOT_FOUND; @what is "spec", "run", "schedule" or "attachment". Always NULL. */
gpointer     _lf_store_not_found    (const char *what, const char *id, GError **error);
/* Turns the error of a stored document that cannot be read into LF_ERROR_CORRUPT. */
void         _lf_store_unreadable   (const char *what, const char *id, GError **error);
/* Keeps @record, or notes why @error keeps it out of a list; takes both. */
void         _lf_store_collect      (LfStore *self, GPtrArray *list, gpointer record, const char *what, const char *id, GError *error);
/* The number of the bucket that a sample belongs to, and the bucket's id: buckets of a run lie
 * between "RUN:" and "RUN;" in their order. */
guint        _lf_store_get_minute   (const LfSample *sample);
char        *_lf_store_get_bucket_id (const char *run_id, guint minute) G_GNUC_WARN_UNUSED_RESULT;
/* As _lf_store_collect(), of those samples that the call asks for. */
void         _lf_store_collect_sample (LfStore *self, const LfStoreCall *call, GPtrArray *samples, LfSample *sample, const char *bucket, GError *error);
/* Whether the call has enough with what is in @samples, which ends with a whole minute. */
gboolean     _lf_store_has_enough   (const LfStoreCall *call, GPtrArray *samples);
/* By t, then the total and each step. One that was written twice, as after a lost answer or by two uploads at once,
 * stays once. */
void         _lf_store_sort_samples (GPtrArray *samples);
void         _lf_store_sort_specs   (GPtrArray *specs); /* by name, as a person would */
/* What lf_store_list_revisions_finish() hands out. */
GHashTable  *_lf_store_new_revisions (void) G_GNUC_WARN_UNUSED_RESULT;
void         _lf_store_add_revision (GHashTable *revisions, const char *id, gint64 revision);
