#pragma once

#include "lf-transport.h"

/*
 * The lean way: libcurl connects (CURLOPT_CONNECT_ONLY), the exchange itself is ours: a request that
 * was compiled to bytes with the plan, and a bounded reader of HTTP/1.1 answers. For the steps that
 * lf-plan-lean.c finds fit; all others go through the curl transport, which this one opens below
 * itself. A user whose answer asks for more (a redirect to follow, a cookie to keep, an encoding to
 * undo) goes that way, too, from then on.
 */
const LfTransportClass *lf_lean_transport_get_class (void);
