#pragma once

#include "lf-ramp-dot.h"
#include "lf-ramp-plot.h"
#include "lf-ramp.h"
#include "lf-scale.h"

struct _LfRamp
{
  GtkWidget parent_instance;
  LfLoadProfile *profile;
  double warmup;      /* s */
  GArray *points;     /* LfRampPoint, of @profile */
  GArray *line;       /* LfRampPoint */
  GPtrArray *dots;    /* LfRampDot, one a point; children of this widget */
  LfRampPlot plot;    /* as it is drawn */
  LfRampPlot held;    /* as it was when the drag began: what the pointer means */
  LfScale values;     /* of the axes */
  LfScale times;
  int chosen;         /* the point that has, or had, the focus; -1: none */
  int hovered;        /* under the pointer; -1: none */
  int dragged;        /* -1: none */
  double grip_x;      /* px from the pointer to the dragged point */
  double grip_y;
  guint edit;         /* number of the edit that is under way */
  GtkWidget *menu;
  double menu_time;   /* where the menu was opened */
  double menu_value;
};

/* lf-ramp.c */
const LfRampPoint *_lf_ramp_get_point (LfRamp *self, int n); /* NULL where there is none */
void   _lf_ramp_choose       (LfRamp *self, int n); /* with the focus */
void   _lf_ramp_show_looks   (LfRamp *self);
void   _lf_ramp_lay_out      (LfRamp *self, int width, int height);
/* The one that a bubble tells about: dragged, else focused from the keyboard, else hovered; -1: none. */
int    _lf_ramp_get_shown    (LfRamp *self);
void   _lf_ramp_move         (LfRamp *self, int n, double time, double value);
void   _lf_ramp_add          (LfRamp *self, double time, double value);
void   _lf_ramp_remove       (LfRamp *self, int n);
char  *_lf_ramp_point_words  (LfRamp *self, const LfRampPoint *point) G_GNUC_WARN_UNUSED_RESULT;

/* lf-ramp-draw.c */
void   _lf_ramp_draw         (LfRamp *self, GtkSnapshot *snapshot); /* what lies below the dots */
void   _lf_ramp_draw_bubble  (LfRamp *self, GtkSnapshot *snapshot);
int    _lf_ramp_text_width   (LfRamp *self, const char *text, int *height);

/* lf-ramp-input.c */
void _lf_ramp_install_actions (GtkWidgetClass *widget_class);
void _lf_ramp_add_controllers (LfRamp *self);
void _lf_ramp_present_menu    (LfRamp *self);
