// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "app/overview_types.h"

namespace tl {

// The overview as one JSON object; the fields are described in docs/app.md.
std::string overviewJson(const Overview& overview);

}  // namespace tl
