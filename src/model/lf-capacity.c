#include "config.h"

#include "lf-capacity.h"
#include "lf-record-private.h"

#define AMOUNT(Type, member, key) _LF_NUMBER (Type, member, key, 0, 1e15, 0)

/* clang-format off */
_LF_DEFINE_RESULT (LfCapacityTry, lf_capacity_try,
  AMOUNT (LfCapacityTry, rate, "rate"),
  AMOUNT (LfCapacityTry, p95, "p95"),
  AMOUNT (LfCapacityTry, fail_rate, "failRate"),
  _LF_BOOLEAN (LfCapacityTry, held, "held", FALSE),
  _LF_BOOLEAN (LfCapacityTry, confirmation, "confirmation", FALSE))

_LF_DEFINE_RESULT (LfCapacity, lf_capacity,
  AMOUNT (LfCapacity, rate, "rate"),
  AMOUNT (LfCapacity, p95, "p95"),
  AMOUNT (LfCapacity, fail_rate, "failRate"),
  _LF_BOOLEAN (LfCapacity, confirmed, "confirmed", FALSE),
  _LF_LIST (LfCapacity, tries, "tries", lf_capacity_try_type))
/* clang-format on */
