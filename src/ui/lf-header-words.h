#pragma once

/*
 * Names of request headers, and values that are often sent with them: for completion.
 * Source: IANA's registry of HTTP field names and the media types in wide use; NULL-terminated, sorted.
 */
const char *const *lf_header_words_get_names  (void);
const char *const *lf_header_words_get_values (const char *name); /* in any case; empty where there are none */
