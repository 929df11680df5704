#include "config.h"

#include "lf-handlers.h"

#include "lf-answers.h"
#include "lf-error.h"
#include "lf-http-error.h"
#include "lf-list-spool.h"
#include "lf-redact.h"
#include "lf-secret-marks.h"
#include "lf-server-private.h"
#include "lf-spec-file.h"

static char *
make_etag (const LfSpec *spec)
{
  return g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", spec->revision);
}

static void
answer_spec (LfCall *call, guint status, const LfSpec *spec)
{
  g_autofree char *etag = make_etag (spec);
  g_autofree char *place = g_strconcat ("/api/specs/", spec->id, NULL);

  lf_call_set_header (call, "ETag", etag);
  if (status == 201)
    lf_call_set_header (call, "Location", place);
  if (status == 200 && g_strcmp0 (lf_call_get_header (call, "If-None-Match"), etag) == 0)
    lf_call_answer_empty (call, 304);
  else
    lf_call_answer_json (call, status, lf_answer_spec (spec));
}

/* FALSE with LF_HTTP_ERROR 412 where the client changes another revision than it has read. */
static gboolean
check_etag (LfCall *call, const LfSpec *stored, GError **error)
{
  const char *wanted = lf_call_get_header (call, "If-Match");
  g_autofree char *etag = make_etag (stored);

  if (wanted == NULL || g_strcmp0 (wanted, "*") == 0 || g_strcmp0 (wanted, etag) == 0)
    return TRUE;
  g_set_error (error, LF_HTTP_ERROR, 412,
               "the spec is now %s: read it again, and send your change with that If-Match", etag);
  return FALSE;
}

/* Whether what the client has read matters to it. */
static gboolean
names_revision (LfCall *call)
{
  const char *wanted = lf_call_get_header (call, "If-Match");

  return wanted != NULL && strcmp (wanted, "*") != 0;
}

static const LfVariable *
find_variable (const LfSpec *spec, const char *name)
{
  for (guint i = 0; i < spec->variables->len; i++)
    if (strcmp (((LfVariable *) spec->variables->pdata[i])->name, name) == 0)
      return spec->variables->pdata[i];
  return NULL;
}

/* Who may not see a secret must not make it public either, by calling it none. */
static void
keep_secret (LfSpec *spec, const LfSpec *stored)
{
  for (guint i = 0; stored != NULL && i < spec->variables->len; i++)
    {
      LfVariable *variable = spec->variables->pdata[i];
      const LfVariable *before = find_variable (stored, variable->name);

      if (before != NULL && before->secret && g_strcmp0 (before->value, variable->value) == 0)
        variable->secret = TRUE;
    }
}

/* The spec in the body, with the secrets of @stored (nullable) where it has their marks. */
static LfSpec *
read_body (LfCall *call, const LfSpec *stored, GError **error)
{
  g_autoptr (JsonNode) before = stored != NULL ? lf_record_to_json (stored) : NULL;
  g_autoptr (JsonNode) redacted = stored != NULL ? lf_redact_spec (stored) : NULL;
  g_autoptr (JsonNode) filled = NULL;
  g_autoptr (LfSpec) spec = NULL;

  if (call->body == NULL)
    {
      g_set_error_literal (error, LF_HTTP_ERROR, 400, "a spec is missing: the body is empty");
      return NULL;
    }
  filled = lf_secret_marks_fill (call->body, before, redacted, error);
  spec = filled != NULL ? lf_spec_from_json (filled, error) : NULL;
  if (spec == NULL || !lf_targets_check_files (spec, stored, error))
    return NULL;
  keep_secret (spec, stored);
  return g_steal_pointer (&spec);
}

/* What a thread writes down. */
typedef struct
{
  GPtrArray *specs;
  gboolean gzip;
} Listing;

static void
listing_free (gpointer data)
{
  Listing *listing = data;

  g_ptr_array_unref (listing->specs);
  g_free (listing);
}

/* There may be thousands: each is let go of when it is written. */
static LfSpool *
write_listing (Listing *self, GError **error)
{
  g_autoptr (LfListSpool) list = lf_list_spool_new (self->gzip, error);

  for (guint i = 0; list != NULL && i < self->specs->len; i++)
    {
      g_autoptr (LfSpec) spec = g_steal_pointer (&self->specs->pdata[i]);

      if (!lf_list_spool_add (list, lf_answer_spec (spec), error))
        return NULL;
    }
  return list != NULL ? lf_list_spool_end (list, NULL, error) : NULL;
}

static void
write_thread (GTask *task, gpointer source, gpointer listing, GCancellable *cancellable)
{
  GError *error = NULL;
  LfSpool *spool = write_listing (listing, &error);

  if (spool != NULL)
    g_task_return_pointer (task, spool, (GDestroyNotify) lf_spool_free);
  else
    g_task_return_error (task, error);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfCall) call = user_data;
  GError *error = NULL;
  LfSpool *spool = g_task_propagate_pointer (G_TASK (result), &error);

  if (spool != NULL)
    lf_call_answer_packed (call, "application/json", spool);
  else
    lf_call_fail (call, error);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfCall) call = user_data;
  GError *error = NULL;
  GPtrArray *specs = lf_store_list_specs_finish (LF_STORE (source), result, &error);
  g_autoptr (GTask) task = NULL;
  Listing *listing;

  if (specs == NULL)
    {
      lf_call_fail (call, error);
      return;
    }
  listing = g_new (Listing, 1);
  *listing = (Listing){ specs, call->gzip };
  task = g_task_new (NULL, NULL, written_cb, lf_call_ref (call));
  g_task_set_task_data (task, listing, listing_free);
  g_task_run_in_thread (task, write_thread);
}

void
lf_handle_specs_list (LfCall *call)
{
  call->gzip = lf_call_takes_gzip (call);
  lf_store_list_specs_async (call->server->store, NULL, listed_cb, lf_call_ref (call));
}

static void
added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfCall) call = user_data;
  GError *error = NULL;
  g_autoptr (LfSpec) spec = lf_store_save_spec_finish (LF_STORE (source), result, &error);

  if (spec == NULL)
    {
      lf_call_fail (call, error);
      return;
    }
  _lf_server_tell_change (call->server);
  answer_spec (call, 201, spec);
}

void
lf_handle_specs_add (LfCall *call)
{
  GError *error = NULL;
  g_autoptr (LfSpec) spec = read_body (call, NULL, &error);

  if (spec == NULL)
    {
      lf_call_fail (call, error);
      return;
    }
  lf_spec_file_forget_identity (spec);
  lf_store_save_spec_async (call->server->store, spec, NULL, added_cb, lf_call_ref (call));
}

static void
shown_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfCall) call = user_data;
  GError *error = NULL;
  g_autoptr (LfSpec) spec = lf_store_load_spec_finish (LF_STORE (source), result, &error);

  if (spec != NULL)
    answer_spec (call, 200, spec);
  else
    lf_call_fail (call, error);
}

void
lf_handle_spec_show (LfCall *call)
{
  lf_store_load_spec_async (call->server->store, call->ids[0], NULL, shown_cb, lf_call_ref (call));
}

static void
replaced_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfCall) call = user_data;
  GError *error = NULL;
  g_autoptr (LfSpec) spec = lf_store_save_spec_finish (LF_STORE (source), result, &error);

  if (spec != NULL)
    {
      _lf_server_tell_change (call->server);
      answer_spec (call, 200, spec);
    }
  else if (g_error_matches (error, LF_ERROR, LF_ERROR_CONFLICT) &&
           lf_call_get_header (call, "If-Match") != NULL)
    {
      lf_call_refuse (call, 412, error->message);
      g_error_free (error);
    }
  else
    lf_call_fail (call, error);
}

static void
replace_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfCall) call = user_data;
  GError *error = NULL;
  g_autoptr (LfSpec) stored = lf_store_load_spec_finish (LF_STORE (source), result, &error);
  g_autoptr (LfSpec) spec = NULL;

  if (stored != NULL && check_etag (call, stored, &error))
    spec = read_body (call, stored, &error);
  if (spec == NULL)
    {
      lf_call_fail (call, error);
      return;
    }
  lf_set_string (&spec->id, stored->id);
  spec->revision = stored->revision;
  spec->created_at = stored->created_at;
  lf_store_save_spec_async (LF_STORE (source), spec, NULL, replaced_cb, g_steal_pointer (&call));
}

void
lf_handle_spec_replace (LfCall *call)
{
  lf_store_load_spec_async (call->server->store, call->ids[0], NULL, replace_cb,
                            lf_call_ref (call));
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfCall) call = user_data;
  GError *error = NULL;

  if (lf_store_delete_revision_finish (LF_STORE (source), result, &error))
    {
      _lf_server_tell_change (call->server);
      lf_call_answer_empty (call, 204);
    }
  else if (g_error_matches (error, LF_ERROR, LF_ERROR_CONFLICT))
    {
      lf_call_refuse (call, 412, error->message);
      g_error_free (error);
    }
  else
    lf_call_fail (call, error);
}

static void
delete_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfCall) call = user_data;
  GError *error = NULL;
  g_autoptr (LfSpec) stored = lf_store_load_spec_finish (LF_STORE (source), result, &error);

  if (stored == NULL || !check_etag (call, stored, &error))
    lf_call_fail (call, error);
  else
    lf_store_delete_revision_async (LF_STORE (source), stored->id,
                                    names_revision (call) ? stored->revision : 0, NULL, deleted_cb,
                                    lf_call_ref (call));
}

void
lf_handle_spec_delete (LfCall *call)
{
  lf_store_load_spec_async (call->server->store, call->ids[0], NULL, delete_cb, lf_call_ref (call));
}

static void
add_problem (JsonBuilder *builder, const char *pointer, const char *detail)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "pointer");
  json_builder_add_string_value (builder, pointer);
  json_builder_set_member_name (builder, "detail");
  json_builder_add_string_value (builder, detail);
  json_builder_end_object (builder);
}

/* What this version cannot run, and what it may not reach, begins with its pointer. */
static void
add_error (JsonBuilder *builder, const GError *error)
{
  const char *colon = strstr (error->message, ": ");
  g_autofree char *pointer = colon != NULL && *error->message == '/'
                                 ? g_strndup (error->message, colon - error->message)
                                 : g_strdup ("");

  add_problem (builder, pointer, *pointer != '\0' ? colon + 2 : error->message);
}

static void
answer_validity (LfCall *call, LfSpec *spec)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GPtrArray) problems = lf_spec_validate (spec);
  g_autoptr (GError) unsupported = NULL;
  g_autoptr (GError) forbidden = NULL;

  lf_spec_check_supported (spec, &unsupported);
  lf_targets_confine (call->server->targets, spec, &forbidden);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "valid");
  json_builder_add_boolean_value (builder,
                                  problems->len == 0 && unsupported == NULL && forbidden == NULL);
  json_builder_set_member_name (builder, "errors");
  json_builder_begin_array (builder);
  for (guint i = 0; i < problems->len; i++)
    {
      const LfProblem *problem = problems->pdata[i];

      add_problem (builder, problem->pointer, problem->message);
    }
  if (unsupported != NULL)
    add_error (builder, unsupported);
  if (forbidden != NULL)
    add_error (builder, forbidden);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  lf_call_answer_json (call, 200, json_builder_get_root (builder));
}

static void
validate_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LfCall) call = user_data;
  GError *error = NULL;
  g_autoptr (LfSpec) stored = lf_store_load_spec_finish (LF_STORE (source), result, &error);
  g_autoptr (LfSpec) spec = NULL;

  if (stored != NULL)
    spec = call->body != NULL ? read_body (call, stored, &error) : lf_spec_copy (stored);
  if (spec != NULL)
    answer_validity (call, spec);
  else
    lf_call_fail (call, error);
}

/* What is stored, or what a body would make of it. */
void
lf_handle_spec_validate (LfCall *call)
{
  lf_store_load_spec_async (call->server->store, call->ids[0], NULL, validate_cb,
                            lf_call_ref (call));
}
