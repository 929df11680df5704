#pragma once

#include <glib.h>

#define LF_ERROR (lf_error_quark ())

/**
 * LfError:
 * @LF_ERROR_SYNTAX: not JSON, or not the JSON that was asked for
 * @LF_ERROR_VALUE: a value is out of its range or of a wrong type; the message begins with its JSON pointer
 * @LF_ERROR_UNSUPPORTED: well formed, but this version of LoadForge cannot run it
 * @LF_ERROR_NOT_FOUND: no such spec, run or attachment
 * @LF_ERROR_TOO_LARGE: over a limit that the message names
 * @LF_ERROR_CONFLICT: somebody else changed it meanwhile
 * @LF_ERROR_CORRUPT: stored data cannot be read
 * @LF_ERROR_NEWER: stored data is of a newer version of LoadForge
 * @LF_ERROR_READ_ONLY: the store cannot be written
 * @LF_ERROR_FULL: no space left
 * @LF_ERROR_UNREACHABLE: a server or store does not answer
 * @LF_ERROR_BUSY: an address is in use, or another process holds a lock
 * @LF_ERROR_LIMIT: the machine's limits (files, ports) do not allow it
 * @LF_ERROR_STATE: the run is not in a state that allows it
 * @LF_ERROR_FAILED: anything else
 *
 * One domain for all floors. Messages name the place and the cure.
 */
typedef enum
{
  LF_ERROR_SYNTAX,
  LF_ERROR_VALUE,
  LF_ERROR_UNSUPPORTED,
  LF_ERROR_NOT_FOUND,
  LF_ERROR_TOO_LARGE,
  LF_ERROR_CONFLICT,
  LF_ERROR_CORRUPT,
  LF_ERROR_NEWER,
  LF_ERROR_READ_ONLY,
  LF_ERROR_FULL,
  LF_ERROR_UNREACHABLE,
  LF_ERROR_BUSY,
  LF_ERROR_LIMIT,
  LF_ERROR_STATE,
  LF_ERROR_FAILED,
} LfError;

GQuark lf_error_quark (void);
