#pragma once

#include "lf-attachment.h"
#include "lf-log-line.h"
#include "lf-run-schedule.h"
#include "lf-run.h"
#include "lf-sample.h"
#include "lf-spec.h"

#include <gio/gio.h>

/*
 * Where specs, runs, samples, log lines and attachments are kept. LfSqliteStore and LfMongoStore
 * implement it. Calls are carried out on threads of the store, so that a stalled database blocks
 * nobody else, and in their order where they are of one kind: reads, what a run writes (the record,
 * samples and log lines of lf_store_save_run_async() and its kin), or all other writes. A read sees
 * the writes that were called before it, except that where one of these takes longer than half a
 * second, as on a connection that stalls, reads may overtake it. Callbacks come
 * in the caller's thread-default main context. Arguments are copied before the call returns.
 *
 * Errors (LF_ERROR_*) name the store, the operation and what to do. An id that nothing is stored
 * under is LF_ERROR_NOT_FOUND, also where samples or log lines of a run are written or listed.
 */
#define LF_TYPE_STORE (lf_store_get_type ())
G_DECLARE_DERIVABLE_TYPE (LfStore, lf_store, LF, STORE, GObject)

/* NULL fields: any. Newest first. */
typedef struct
{
  const char *spec_id;
  gboolean active; /* only runs that have not ended */
  guint limit;     /* 0: all */
  const char *before_id; /* only runs older than this one */
  gboolean brief; /* without the spec, steps and histograms of summaries: for lists, never to be saved */
} LfRunQuery;

#define LF_SAMPLES_OF_ALL (-2) /* steps, and the total */

/* Which samples of a run. */
typedef struct
{
  double after;   /* s since its start: later ones only; below 0: from the beginning */
  gint64 step;    /* -1: the total; LF_SAMPLES_OF_ALL */
  guint least;    /* reads on, in whole minutes, until there are as many; 0: to the end */
  gboolean plain; /* without their histograms, which are most of them */
} LfSampleQuery;

/* How much room what is kept takes, in bytes; -1 where the store cannot tell. */
typedef struct
{
  gint64 runs;  /* of the spec that was asked for, with samples and log lines: an estimate */
  gint64 total; /* the whole store */
} LfStoreUsage;

/* Opens (and makes) it: sqlite:PATH, mongodb://..., mongodb+srv://... Errors: LF_ERROR_CORRUPT,
 * NEWER, READ_ONLY, FULL, UNREACHABLE (within 5 s), VALUE for a URI that is none of them. */
void         lf_store_open_async   (const char *uri, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
LfStore     *lf_store_open_finish  (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Without a password. */
const char  *lf_store_get_name     (LfStore *self);
/* Waits for what is queued and closes; later calls fail (LF_ERROR_STATE). A store that is dropped
 * unclosed closes with its last reference, which may block that thread. */
void         lf_store_close_async  (LfStore *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean     lf_store_close_finish (LfStore *self, GAsyncResult *result, GError **error);

/* Inserts where @spec has no id or an unknown one, else replaces the stored revision that @spec was
 * read as (LF_ERROR_CONFLICT if that is no longer the newest). Returns what is now stored: id,
 * revision + 1, createdAt, updatedAt set. */
void         lf_store_save_spec_async    (LfStore *self, const LfSpec *spec, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
LfSpec      *lf_store_save_spec_finish   (LfStore *self, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void         lf_store_load_spec_async    (LfStore *self, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
LfSpec      *lf_store_load_spec_finish   (LfStore *self, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* (element-type LfSpec), by name. A document that cannot be read is left out and told by g_message(). */
void         lf_store_list_specs_async   (LfStore *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray   *lf_store_list_specs_finish  (LfStore *self, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* (element-type utf8 gint64): the revision of every spec by its id, without reading the specs: what a list that is shown
 * follows the store by. */
void         lf_store_list_revisions_async  (LfStore *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GHashTable  *lf_store_list_revisions_finish (LfStore *self, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Its runs stay; its own schedule goes. @revision: LF_ERROR_CONFLICT where that is no longer the newest; 0: any
 * will do. */
void         lf_store_delete_spec_async  (LfStore *self, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean     lf_store_delete_spec_finish (LfStore *self, GAsyncResult *result, GError **error);
void         lf_store_delete_revision_async  (LfStore *self, const char *id, gint64 revision, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean     lf_store_delete_revision_finish (LfStore *self, GAsyncResult *result, GError **error);

/* The schedule of a spec is kept under the spec's id, by every save of the spec, in the zone of the
 * computer that saved it first where the spec names none; a deleted spec takes it along. */

/* Inserts, or replaces by id; returns what is now stored: id, timeZone (this computer's), nextRunAt set where they were not. LF_ERROR_VALUE for an
 * expression or zone that cannot be, LF_ERROR_NOT_FOUND for a spec that is not. */
void           lf_store_save_schedule_async    (LfStore *self, const LfRunSchedule *schedule, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
LfRunSchedule *lf_store_save_schedule_finish   (LfStore *self, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* (element-type LfRunSchedule), oldest first. */
void           lf_store_list_schedules_async   (LfStore *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray     *lf_store_list_schedules_finish  (LfStore *self, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void           lf_store_delete_schedule_async  (LfStore *self, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean       lf_store_delete_schedule_finish (LfStore *self, GAsyncResult *result, GError **error);
/* Claims the time @due, the nextRunAt of the schedule, for the caller: of all processes on one database one
 * succeeds, once. nextRunAt becomes @next, and lastRunAt @due where it @runs (it may have been missed).
 * LF_ERROR_CONFLICT where somebody else has it, or the schedule was changed meanwhile. @token: names this claim; after
 * any other error it may have been made, and who asks again with the same token has it. */
void           lf_store_claim_schedule_async   (LfStore *self, const char *id, gint64 due, gint64 next, gboolean runs, const char *token, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean       lf_store_claim_schedule_finish  (LfStore *self, GAsyncResult *result, GError **error);

/* Inserts or replaces by id. */
void         lf_store_save_run_async    (LfStore *self, const LfRun *run, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean     lf_store_save_run_finish   (LfStore *self, GAsyncResult *result, GError **error);
void         lf_store_load_run_async    (LfStore *self, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
LfRun       *lf_store_load_run_finish   (LfStore *self, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void         lf_store_list_runs_async   (LfStore *self, const LfRunQuery *query, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray   *lf_store_list_runs_finish  (LfStore *self, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The newest @each runs of every spec, brief as in a query: what a list of specs tells beside each of them. Newest first;
 * runs without a spec are left out. */
void         lf_store_list_last_runs_async  (LfStore *self, guint each, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray   *lf_store_list_last_runs_finish (LfStore *self, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* With its samples and log lines. */
void         lf_store_delete_run_async  (LfStore *self, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean     lf_store_delete_run_finish (LfStore *self, GAsyncResult *result, GError **error);

/* Samples of one run, in the order of t; kept in buckets of 60 s under computable ids. */
void         lf_store_append_samples_async  (LfStore *self, const char *run_id, GPtrArray *samples, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean     lf_store_append_samples_finish (LfStore *self, GAsyncResult *result, GError **error);
void         lf_store_list_samples_async    (LfStore *self, const char *run_id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray   *lf_store_list_samples_finish   (LfStore *self, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Some of them: fewer than @least of the query where that is the end. */
void         lf_store_query_samples_async   (LfStore *self, const char *run_id, const LfSampleQuery *query, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray   *lf_store_query_samples_finish  (LfStore *self, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

void         lf_store_append_logs_async     (LfStore *self, const char *run_id, GPtrArray *lines, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean     lf_store_append_logs_finish    (LfStore *self, GAsyncResult *result, GError **error);
/* The lines with seq > @after, at most @limit (0: all). */
void         lf_store_list_logs_async       (LfStore *self, const char *run_id, gint64 after, guint limit, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray   *lf_store_list_logs_finish      (LfStore *self, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* @spec_id: whose runs are measured. It reads through them, so it takes as long as that. */
void          lf_store_measure_async  (LfStore *self, const char *spec_id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
LfStoreUsage *lf_store_measure_finish (LfStore *self, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT; /* g_free() it */

/* Streams @stream in, in chunks, on the store's thread; past LF_ATTACHMENT_LIMIT it is refused by
 * name (LF_ERROR_TOO_LARGE) and nothing stays behind. @progress, if any, is called in the caller's
 * main context with bytes so far and -1. Folders before @name are left out. */
void          lf_store_add_attachment_async    (LfStore *self, const char *name, const char *content_type, GInputStream *stream, GFileProgressCallback progress, gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
LfAttachment *lf_store_add_attachment_finish   (LfStore *self, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Streams it out; its SHA-256 is verified at the end (LF_ERROR_CORRUPT), or its size where another program stored it and
 * told no checksum. @stream is not closed. */
void          lf_store_read_attachment_async   (LfStore *self, const char *id, GOutputStream *stream, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
LfAttachment *lf_store_read_attachment_finish  (LfStore *self, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* (element-type LfAttachment), oldest first, without their content. */
void          lf_store_list_attachments_async  (LfStore *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray    *lf_store_list_attachments_finish (LfStore *self, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* What is known of it, without its content. */
void          lf_store_load_attachment_async   (LfStore *self, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
LfAttachment *lf_store_load_attachment_finish  (LfStore *self, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void          lf_store_delete_attachment_async (LfStore *self, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean      lf_store_delete_attachment_finish(LfStore *self, GAsyncResult *result, GError **error);

/* From another store, as it is: id, revision and times stay, and what is here under its id is replaced. */
void          lf_store_put_spec_async          (LfStore *self, const LfSpec *spec, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean      lf_store_put_spec_finish         (LfStore *self, GAsyncResult *result, GError **error);
/* As lf_store_add_attachment_async(). LF_ERROR_CORRUPT where @stream is not what @attachment says; then nothing is replaced. */
void          lf_store_put_attachment_async    (LfStore *self, const LfAttachment *attachment, GInputStream *stream, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
LfAttachment *lf_store_put_attachment_finish   (LfStore *self, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What a store holds, and what of it is of no use. */
typedef struct
{
  guint specs, schedules, runs, attachments; /* that can be read */
  GPtrArray *problems;                       /* (element-type utf8), a sentence each */
} LfStoreAudit;

/* Reads everything: every document, the checksum of every attachment, the database's own check of itself. Other reads wait
 * meanwhile. @progress, if any, is called in the caller's main context with what was read and what there is. Only a store
 * that fails altogether is an error. */
void          lf_store_audit_async             (LfStore *self, GFileProgressCallback progress, gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
LfStoreAudit *lf_store_audit_finish            (LfStore *self, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void          lf_store_audit_free              (LfStoreAudit *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LfStoreAudit, lf_store_audit_free)
