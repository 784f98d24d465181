// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/mail/flowed_text.h"

#include <algorithm>

namespace tl {
namespace {

constexpr std::string_view kSignatureLine = "-- ";

struct FlowedLine {
    size_t depth = 0;
    std::string_view text;
};

FlowedLine flowedLineOf(std::string_view line) {
    FlowedLine flowed;
    flowed.depth = std::min(line.find_first_not_of('>'), line.size());
    line.remove_prefix(flowed.depth);
    // One space in front is stuffing: it kept the line from being taken for a quote.
    line.remove_prefix(line.starts_with(' ') ? 1 : 0);
    flowed.text = line;
    return flowed;
}

void beginLine(size_t depth, std::string& out) {
    for (size_t i = 0; i < depth; ++i) {
        out += "> ";
    }
}

}  // namespace

std::string unwrapFlowed(std::string_view text, bool isDelSp) {
    std::string out;
    out.reserve(text.size());
    bool isOpen = false;  // the line before ends in a soft break
    size_t depth = 0;
    while (!text.empty()) {
        const size_t end = std::min(text.find('\n'), text.size());
        const FlowedLine line = flowedLineOf(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        const bool isSignature = line.text == kSignatureLine;
        if (isOpen && (isSignature || line.depth != depth)) {
            out += '\n';
            isOpen = false;
        }
        if (!isOpen) {
            beginLine(line.depth, out);
        }
        out += line.text;
        depth = line.depth;
        isOpen = !isSignature && line.text.ends_with(' ');
        if (!isOpen) {
            out += '\n';
        } else if (isDelSp) {
            out.pop_back();
        }
    }
    if (isOpen) {
        out += '\n';
    }
    return out;
}

}  // namespace tl
