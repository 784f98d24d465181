// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace tl {

// A PDF text string (UTF-16 or PDFDocEncoding) as one line of UTF-8 without blank ends.
std::string fromPdfString(const std::string& text);

// The same for characters.
std::string fromPdfCharacters(const unsigned int* codes, int count);

// A text string from left to right as it is seen: turned round where it has right-to-left letters,
// else as it is.
std::string asSeen(const std::string& text);

// "D:20240305101500+01'00'" as "2024-03-05"; empty for what is no date.
std::string isoDateOf(const std::string& pdfDate);

}  // namespace tl
