// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace tl {

// True for what points to passages and is none: lines with runs of dots, as tables of contents have
// them, numbered headings with page numbers, rules of dashes and the like without a word.
bool isNoPassage(std::string_view text);

// True for a file that tells of code without being its source: patches, symbol lists, generated
// files, change logs, translations, tests. By its path alone, in any case.
bool isSecondHand(std::string_view fileName);

}  // namespace tl
