// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace tl {

// The code page of a font's \fcharset; 0 for those that leave it to the document, kRtfSymbolPage
// for symbol fonts.
int codePageOfCharset(int charset);
constexpr int kRtfSymbolPage = 42;

// Bytes of a code page ("1252", 932, 65001) as UTF-8. An unknown one is read as Windows-1252.
std::string textOfCodePage(std::string_view bytes, int codePage);

}  // namespace tl
