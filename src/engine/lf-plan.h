#pragma once

#include "lf-spec.h"

#include <gio/gio.h>

/*
 * A spec compiled for one run: immutable, shared by all workers, reference counted (atomically).
 */
typedef struct _LfPlan LfPlan;

typedef struct
{
  guint workers;     /* 0: one per core, but no more than the users need */
  guint max_sockets; /* 0: no cap but the file limit */
  guint agent;       /* this machine's index among n_agents: 0 of 1 where it is alone */
  guint n_agents;
  gint64 head_start; /* us from lf_load_start() to the first request, at least a moment */
} LfPlanOptions;

/**
 * lf_plan_new:
 * @spec: copied
 * @attachments: (element-type utf8 GBytes): id -> content, shared and never copied
 * @options: (nullable): NULL for the defaults
 *
 * Checks (lf_spec_check(), lf_spec_check_supported()), then compiles. Raises the soft file limit to
 * the hard one and refuses a profile whose users do not fit it or the local ports: LF_ERROR_LIMIT,
 * with the number that would and how to raise it. Certificate files are read here, so that a missing one is told now.
 */
LfPlan *lf_plan_new   (const LfSpec *spec, GHashTable *attachments, const LfPlanOptions *options, GError **error) G_GNUC_WARN_UNUSED_RESULT;
LfPlan *lf_plan_ref   (LfPlan *self);
void    lf_plan_unref (LfPlan *self);
const LfSpec *lf_plan_get_spec (const LfPlan *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LfPlan, lf_plan_unref)
