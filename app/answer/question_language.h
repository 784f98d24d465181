// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace tl {

// What a question is written in, where it is not English: "German", or "Cyrillic script". Decided
// by the script of most letters and, for Latin script, by function words: another language must
// have two of its own and more than English has. Empty for English, and where nothing
// tells (names, code).
std::string foreignLanguage(std::string_view question);

}  // namespace tl
