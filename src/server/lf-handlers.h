#pragma once

#include "lf-call.h"

/* What the routes do; each gives its call one answer, at once or later. */
void lf_handle_health             (LfCall *call);
void lf_handle_metrics            (LfCall *call);
void lf_handle_openapi            (LfCall *call);

void lf_handle_specs_list         (LfCall *call);
void lf_handle_specs_add          (LfCall *call);
void lf_handle_spec_show          (LfCall *call);
void lf_handle_spec_replace       (LfCall *call);
void lf_handle_spec_delete        (LfCall *call);
void lf_handle_spec_validate      (LfCall *call);

void lf_handle_attachment_add     (LfCall *call);
void lf_handle_attachment_read    (LfCall *call);
void lf_handle_attachment_delete  (LfCall *call);

void lf_handle_schedules_list     (LfCall *call);
void lf_handle_schedule_add       (LfCall *call);
void lf_handle_schedule_delete    (LfCall *call);

void lf_handle_run_start          (LfCall *call);
void lf_handle_runs_list          (LfCall *call);
void lf_handle_run_show           (LfCall *call);
void lf_handle_run_change         (LfCall *call);
void lf_handle_run_delete         (LfCall *call);

void lf_handle_run_summary        (LfCall *call);
void lf_handle_run_samples        (LfCall *call);
void lf_handle_run_logs           (LfCall *call);
void lf_handle_run_histograms     (LfCall *call);
void lf_handle_run_csv            (LfCall *call);
void lf_handle_run_compare        (LfCall *call);
