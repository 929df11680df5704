#pragma once

/* Takes up the user's locale and the catalogs of translations; first thing in main(). $LOADFORGE_LOCALE_DIR names
 * the folder of catalogs of a build that is not installed. */
void lf_locale_begin (void);
