// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace tl {

// Why a text is not worth reading because a program wrote it: "generated file (says "DO NOT
// EDIT")", "minified file (3 lines of 41.0 KiB on average)". Empty for all others, among them
// prose, where such words may be talked about, and long lines are usual. `name` tells the kind.
std::string machineMadeRule(std::string_view name, std::string_view text);

}  // namespace tl
