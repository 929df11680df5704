#pragma once

#include "lf-store-private.h"

/*
 * The embedded store: one SQLite database in WAL mode. Every commit is synced, which costs nothing
 * that counts at one or two a second: neither a crash of the process nor of the machine loses what
 * a call was told is written.
 */
#define LF_TYPE_SQLITE_STORE (lf_sqlite_store_get_type ())
G_DECLARE_FINAL_TYPE (LfSqliteStore, lf_sqlite_store, LF, SQLITE_STORE, LfStore)

/* @path: of the database file; it and its folder are made on opening. */
LfStore *lf_sqlite_store_new (const char *path) G_GNUC_WARN_UNUSED_RESULT;
