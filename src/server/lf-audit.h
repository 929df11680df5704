#pragma once

#include <glib.h>

/*
 * Lines that tell who changed something and who was refused; so many a second at most, the others are counted. One thread.
 */
typedef struct _LfAudit LfAudit;
typedef void (*LfAuditFunc) (const char *line, gpointer user_data);

#define LF_AUDIT_RATE 50 /* lines a second */

LfAudit *lf_audit_new  (LfAuditFunc func, gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
void     lf_audit_free (LfAudit *self);
/* @what may come from anywhere: control characters are taken out. */
void     lf_audit_tell (LfAudit *self, const char *who, const char *what);
