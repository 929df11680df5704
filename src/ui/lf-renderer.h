#pragma once

/* Chooses how GTK draws, before GTK starts: through GL where there is a GPU, else by cairo. What the
 * environment says (GSK_RENDERER, GDK_DEBUG, GDK_DISABLE) stays as it is. Call it before any thread. */
void lf_renderer_choose (void);
