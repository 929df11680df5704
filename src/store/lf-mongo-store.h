#pragma once

#include "lf-store-private.h"

/*
 * A store on a MongoDB server, local or remote. Collections: specs, revisions (the claims of spec
 * revisions), runs, samples, logs, schedules, claims (of due times), uploads, meta, and attachments as a GridFS bucket. A
 * client, used on one thread alone, for each lane.
 */
#define LF_TYPE_MONGO_STORE (lf_mongo_store_get_type ())
G_DECLARE_FINAL_TYPE (LfMongoStore, lf_mongo_store, LF, MONGO_STORE, LfStore)

/* @uri: mongodb:// or mongodb+srv://; its database is "loadforge" where it names none. */
LfStore *lf_mongo_store_new (const char *uri) G_GNUC_WARN_UNUSED_RESULT;
