#pragma once

#include "lf-record.h"

/* Where @field lives in @record, as the type that its kind says. */
#define _lf_record_place(record, field, Type) ((Type *) (gpointer) ((char *) (record) + (field)->offset))

static inline const LfRecordType *
_lf_record_type (gconstpointer record)
{
  return ((const LfRecord *) record)->type;
}

gboolean _lf_record_is_preset (gconstpointer record, const LfField *field);
/* Puts into @record every field that the document of @override has; records within field by field. */
void     _lf_record_override  (gpointer record, gconstpointer override);
/* Lengthens @pointer by @key, with "~" and "/" escaped as RFC 6901 says. */
void     _lf_pointer_append   (GString *pointer, const char *key);
/* NULL, or why @number is not one that @field takes. (transfer full) */
char    *_lf_field_refuse     (const LfField *field, double number) G_GNUC_WARN_UNUSED_RESULT;

/* Lines of the tables of fields: the struct, its member, the JSON key. */
#define _LF_FIELD(Type, member, key, of_kind, ...) \
  { .name = key, .kind = of_kind, .offset = G_STRUCT_OFFSET (Type, member), __VA_ARGS__ }
#define _LF_STRING(Type, member, key) _LF_FIELD (Type, member, key, LF_FIELD_STRING)
#define _LF_STRINGS(Type, member, key) _LF_FIELD (Type, member, key, LF_FIELD_STRINGS)
#define _LF_TIME(Type, member, key) _LF_FIELD (Type, member, key, LF_FIELD_TIME)
#define _LF_JSON(Type, member, key) _LF_FIELD (Type, member, key, LF_FIELD_JSON)
#define _LF_COUNTS(Type, member, key) _LF_FIELD (Type, member, key, LF_FIELD_COUNTS)
#define _LF_BOOLEAN(Type, member, key, default_value) \
  _LF_FIELD (Type, member, key, LF_FIELD_BOOLEAN, .preset = default_value)
#define _LF_INTEGER(Type, member, key, low, high, default_value) \
  _LF_FIELD (Type, member, key, LF_FIELD_INTEGER, .minimum = low, .maximum = high, .preset = default_value)
#define _LF_NUMBER(Type, member, key, low, high, default_value) \
  _LF_FIELD (Type, member, key, LF_FIELD_NUMBER, .minimum = low, .maximum = high, .preset = default_value)
#define _LF_ENUM(Type, member, key, the_words, default_value) \
  _LF_FIELD (Type, member, key, LF_FIELD_ENUM, .words = the_words, .preset = default_value)
#define _LF_OBJECT(Type, member, key, record_type) \
  _LF_FIELD (Type, member, key, LF_FIELD_OBJECT, .type = &record_type)
#define _LF_LIST(Type, member, key, record_type) \
  _LF_FIELD (Type, member, key, LF_FIELD_LIST, .type = &record_type)
#define _LF_MAP(Type, member, key, record_type) \
  _LF_FIELD (Type, member, key, LF_FIELD_MAP, .type = &record_type)

#define _LF_COUNT_LIMIT 9007199254740992.0 /* 2^53: exact in every reader of JSON */
#define _LF_SECONDS_LIMIT 31536000.0       /* a year */

/* Defines the type @Name with the fields between. */
#define _LF_DEFINE_RECORD(Name, prefix, ...) _LF_DEFINE_ANY_RECORD (Name, prefix, FALSE, __VA_ARGS__)
/* The same for results, which are written whole. */
#define _LF_DEFINE_RESULT(Name, prefix, ...) _LF_DEFINE_ANY_RECORD (Name, prefix, TRUE, __VA_ARGS__)

#define _LF_DEFINE_ANY_RECORD(Name, prefix, is_whole, ...) \
  static const LfField prefix##_fields[] = { __VA_ARGS__, { .name = NULL } }; \
  const LfRecordType prefix##_type = { #Name, sizeof (Name), prefix##_fields, is_whole };
