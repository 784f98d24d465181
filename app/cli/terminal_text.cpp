// SPDX-License-Identifier: Apache-2.0
#include "app/cli/terminal_text.h"

#include "base/utf8.h"

namespace tl {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// ISO 6429: C0, DEL and C1.
bool isControl(char32_t code) {
    return code < 0x20 || (code >= 0x7F && code < 0xA0);
}

std::string harmless(std::string_view text, std::string_view keptControls) {
    std::string out;
    while (!text.empty()) {
        const Utf8Char c = decodeUtf8(text);
        const bool isKept = keptControls.find(text.front()) != std::string_view::npos;
        const bool isBad = c.status != Utf8Status::kValid || isControl(c.code);
        out += isBad && !isKept ? kReplacement : text.substr(0, c.length);
        text.remove_prefix(c.length);
    }
    return out;
}

}  // namespace

std::string terminalText(std::string_view text) {
    return harmless(text, "\n\t");
}

std::string terminalLine(std::string_view text) {
    return harmless(text, "");
}

}  // namespace tl
