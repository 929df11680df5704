#pragma once

#include <json-glib/json-glib.h>

/*
 * The records of LoadForge (spec, run, sample, log line...) are plain structs
 * that begin with an LfRecord. One table of fields per type describes them;
 * reading, writing, checking, copying, comparing and freeing are done from
 * that table, once for all types.
 *
 * Records belong to one thread at a time; a record that is no longer changed
 * may be read by many.
 */

typedef enum
{
  LF_FIELD_STRING,  /* char *, NULL where absent */
  LF_FIELD_BOOLEAN, /* gboolean */
  LF_FIELD_INTEGER, /* gint64 */
  LF_FIELD_NUMBER,  /* double */
  LF_FIELD_ENUM,    /* int, index into LfField.words */
  LF_FIELD_TIME,    /* gint64, milliseconds since 1970 UTC; ISO 8601 in JSON, 0 where absent */
  LF_FIELD_STRINGS, /* char **, NULL-terminated, NULL where absent */
  LF_FIELD_OBJECT,  /* LfXxx *, a record, NULL where absent */
  LF_FIELD_LIST,    /* GPtrArray * of records, never NULL */
  LF_FIELD_MAP,     /* GPtrArray * of records whose first field is the key; never NULL */
  LF_FIELD_COUNTS,  /* LfCounts *: {"200": 12}; never NULL */
  LF_FIELD_JSON,    /* JsonNode *, kept as it is; NULL where absent */
} LfFieldKind;

typedef struct _LfRecordType LfRecordType;

typedef struct
{
  const char *name;          /* the JSON key */
  LfFieldKind kind;
  guint16 offset;            /* G_STRUCT_OFFSET */
  double minimum;            /* of numbers; no check where minimum == maximum */
  double maximum;
  double preset;             /* the value where absent, of numbers, booleans and enums */
  const char *const *words;  /* of enums: NULL-terminated */
  const LfRecordType *type;  /* of objects, lists and maps */
} LfField;

struct _LfRecordType
{
  const char *name;
  gsize size;
  const LfField *fields; /* ends with a field without a name; at most 64 */
  gboolean whole;        /* results: numbers, words and lists are written even where they are 0 or empty */
};

/* The head of every record. Nobody but lf-record.c touches it. */
typedef struct
{
  const LfRecordType *type;
  guint64 present;     /* bit n: field n stood in the document */
  JsonObject *unknown; /* keys that this version does not know, kept and written back; or NULL */
} LfRecord;

typedef struct
{
  char *key;
  gint64 count;
} LfCount;

/* "200" -> 12, kept in the order of the keys. */
typedef struct
{
  LfCount *entries; /* @n of them; NULL where there are none */
  guint n;
} LfCounts;

gpointer  lf_record_new         (const LfRecordType *type) G_GNUC_WARN_UNUSED_RESULT;
gpointer  lf_record_copy        (gconstpointer record) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *lf_record_copy_all   (const GPtrArray *records) G_GNUC_WARN_UNUSED_RESULT; /* frees its copies with itself */
void      lf_record_free        (gpointer record);
gboolean  lf_record_equal       (gconstpointer a, gconstpointer b);

/* Whether the field at @offset (G_STRUCT_OFFSET) stood in the document or was marked. */
gboolean  lf_record_is_present  (gconstpointer record, gsize offset);
void      lf_record_set_present (gpointer record, gsize offset, gboolean present);

/* (transfer full) or NULL with LF_ERROR_SYNTAX or LF_ERROR_VALUE whose message begins with
 * "@pointer/field: ". @pointer is "" at the root. */
gpointer  lf_record_from_json   (const LfRecordType *type, JsonNode *node, const char *pointer, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gpointer  lf_record_from_text   (const LfRecordType *type, const char *text, gssize length, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Fields in the table's order, then unknown keys; a field is written where it was present, differs
 * from its preset, or belongs to a type that is written whole. */
JsonNode *lf_record_to_json     (gconstpointer record) G_GNUC_WARN_UNUSED_RESULT;
char     *lf_record_to_text     (gconstpointer record, gboolean pretty) G_GNUC_WARN_UNUSED_RESULT;

void      lf_set_string         (char **place, const char *value); /* copies; frees the old one */

LfCounts *lf_counts_new         (void) G_GNUC_WARN_UNUSED_RESULT;
void      lf_counts_free        (LfCounts *self);
void      lf_counts_add         (LfCounts *self, const char *key, gint64 n);
gint64    lf_counts_get         (const LfCounts *self, const char *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LfCounts, lf_counts_free)

/* Declares new, copy, free and autoptr of the record type @Name with the table lf_@name_type. */
#define LF_DECLARE_RECORD(Name, name) \
  typedef struct _##Name Name; \
  extern const LfRecordType name##_type; \
  static inline G_GNUC_UNUSED Name *name##_new (void) { return lf_record_new (&name##_type); } \
  static inline G_GNUC_UNUSED Name *name##_copy (const Name *self) { return lf_record_copy (self); } \
  static inline G_GNUC_UNUSED void name##_free (Name *self) { lf_record_free (self); } \
  G_DEFINE_AUTOPTR_CLEANUP_FUNC (Name, name##_free)
