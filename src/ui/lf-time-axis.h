#pragma once

#include <glib-object.h>

/*
 * The time axis that charts side by side share: how far samples reach, the part of that which is
 * looked at, the cursor, the range that a hand is choosing, and what happened when. It begins as the
 * whole run and grows with it; a part that ends where the run does follows it. Main thread.
 *
 * All times are seconds since the start of the run.
 *
 * Property: "cursor" (double, -1: none).
 * Signals: "changed" (): the part that is looked at, or a mark; "selecting" (): the chosen range.
 */
#define LF_TYPE_TIME_AXIS (lf_time_axis_get_type ())
G_DECLARE_FINAL_TYPE (LfTimeAxis, lf_time_axis, LF, TIME_AXIS, GObject)

typedef struct
{
  double from, to;
} LfTimeRange;

LfTimeAxis   *lf_time_axis_new            (void) G_GNUC_WARN_UNUSED_RESULT;
void          lf_time_axis_clear          (LfTimeAxis *self); /* as new */
void          lf_time_axis_extend         (LfTimeAxis *self, double t); /* there is a sample at @t */

LfTimeRange   lf_time_axis_get_view       (LfTimeAxis *self); /* never empty */
gboolean      lf_time_axis_is_zoomed      (LfTimeAxis *self);
/* Shows this part, as far as there are samples; too little for a line is widened. */
void          lf_time_axis_zoom           (LfTimeAxis *self, double from, double to);
/* @factor: below 1 shows less time. The cursor stays where it is, else the middle does. */
void          lf_time_axis_zoom_by        (LfTimeAxis *self, double factor);
void          lf_time_axis_move           (LfTimeAxis *self, double seconds);
void          lf_time_axis_reset          (LfTimeAxis *self); /* the whole run */

double        lf_time_axis_get_cursor     (LfTimeAxis *self);
void          lf_time_axis_set_cursor     (LfTimeAxis *self, double cursor);
/* FALSE where nothing is being chosen. */
gboolean      lf_time_axis_get_selection  (LfTimeAxis *self, LfTimeRange *range);
void          lf_time_axis_select         (LfTimeAxis *self, double from, double to); /* in any order */
void          lf_time_axis_unselect       (LfTimeAxis *self);

void          lf_time_axis_add_stage      (LfTimeAxis *self, double t); /* a stage of the profile begins; ascending */
const GArray *lf_time_axis_get_stages     (LfTimeAxis *self); /* double */
void          lf_time_axis_set_warmup     (LfTimeAxis *self, double t); /* ends there; 0: there was none */
double        lf_time_axis_get_warmup     (LfTimeAxis *self);

/* Charts below each other are read together: each asks for the room that the numbers on a side of its plot
 * need, and all get the most that any of them asked for since lf_time_axis_clear(). @side: 0 left, 1 right. */
double        lf_time_axis_ask_room       (LfTimeAxis *self, guint side, double pixels);
