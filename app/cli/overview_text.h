// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <iosfwd>

#include "app/overview_types.h"

namespace tl {

// For people: a heading for each topic, a line for each statement with its place after it.
void printOverview(const Overview& overview, std::ostream& out);

}  // namespace tl
