#pragma once

#include "lf-chart.h"
#include "lf-run-charts.h"
#include "lf-test-run.h"

/* The charts of a run in a window of their own. */
typedef struct
{
  GtkWidget *window;
  LfRunCharts *charts;
} LfTestRunCharts;

enum /* the charts, as they are read */
{
  LOAD,
  LATENCY,
  ANSWERS,
  HEAT,
};

/* A load profile. */
#define LF_TEST_USERS "{\"rampUp\":12,\"users\":500,\"steady\":36,\"rampDown\":12}"

void         lf_test_run_charts_set_up         (LfTestRunCharts *self, gconstpointer data);
void         lf_test_run_charts_tear_down      (LfTestRunCharts *self, gconstpointer data);
LfChart     *lf_test_run_charts_get            (LfTestRunCharts *self, guint n);
void         lf_test_run_charts_set_spec       (LfTestRunCharts *self, guint n_steps, const char *profile);
void         lf_test_run_charts_set_samples    (LfTestRunCharts *self, GPtrArray *samples);
void         lf_test_run_charts_put_cursor     (LfTestRunCharts *self, double t);
/* What is chosen in the bar above the charts; NULL: there is nothing to choose. */
GtkDropDown *lf_test_run_charts_find_choice    (LfTestRunCharts *self, const char *label);
GtkWidget   *lf_test_run_charts_find_button    (GtkWidget *root, const char *label);
/* Whether that is what is read of it. */
gboolean     lf_test_run_charts_is_called      (LfChart *chart, const char *label);

/* A share of the total for each step; some of the answers went wrong in the middle. */
GPtrArray   *lf_test_run_charts_make_samples   (guint seconds, guint n_steps);
/* Most answers near p50, some in a second hump, few far above. */
void         lf_test_run_charts_add_histograms (GPtrArray *samples);
