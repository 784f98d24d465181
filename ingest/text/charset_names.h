// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace tl {

// The name under which ICU converts what a file, a person or a detector calls `name`: as browsers
// do (the WHATWG's Encoding Standard), an old name means the larger set that is written under it
// in practice, so "gb2312" is GB 18030 and "latin1" Windows-1252. Names that have no such meaning
// come back as they are, in lower case.
std::string icuCharsetName(std::string_view name);

// Whether text can be converted from it. Thread-safe.
bool isKnownCharset(std::string_view name);

// What the text says of its encoding in its first 4 KiB: an XML declaration, the cookie of Emacs
// and Python ("coding: latin-1"), the charset of a message catalogue or a style sheet, LaTeX's
// inputenc. Empty when it says nothing, or a name that nobody knows.
std::string charsetSaidIn(std::string_view bytes);

}  // namespace tl
