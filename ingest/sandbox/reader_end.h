// SPDX-License-Identifier: Apache-2.0
// Why a reader process was ended, or ended by itself.
#pragma once

#include "ingest/reader.h"
#include "ingest/reason.h"

namespace tl {

Failure timeOut(const ReadLimits& limits);

// Of a reader that ended by a signal.
Failure signalFailure(int signal, const ReadLimits& limits);

}  // namespace tl
