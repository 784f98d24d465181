// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tl {

// The value of a variable in a file of git's configuration ("core", "excludesfile"): the last one
// counts, names are compared without regard to case. Quotes, escapes, comments and lines that go on
// in the next one are taken as git takes them; sections with a sub-section are others. Files that
// it includes are not read. nullopt where it is not set; empty where it is set to nothing.
std::optional<std::string> gitConfigValue(std::string_view text,
                                          std::string_view section,
                                          std::string_view name);

}  // namespace tl
