#pragma once

#include "lf-transport.h"

/* Whole libcurl transfers: users in groups, each group a CURLM, all in the worker's one epoll. */
const LfTransportClass *lf_curl_transport_get_class (void);
