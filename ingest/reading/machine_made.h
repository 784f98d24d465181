// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "ingest/reason.h"

namespace tl {

// Why a text is not worth reading because a program wrote it, or another project: kGeneratedFile,
// kMinifiedFile, kVendoredCopy. None
// for all others, among them prose, where such words may be talked about, and long lines are
// usual. `name` tells the kind.
Reason machineMadeRule(std::string_view name, std::string_view text);

}  // namespace tl
