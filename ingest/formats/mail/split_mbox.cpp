// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/mail/split_mbox.h"

#include <algorithm>

#include "ingest/formats/mail/mbox_line.h"

namespace tl {
namespace {

// Where the next message's "From " line starts after `from`; the end when there is none.
size_t nextMboxLine(std::string_view text, size_t from) {
    constexpr std::string_view kStart = "\nFrom";
    for (size_t at = text.find(kStart, from); at != std::string_view::npos;
         at = text.find(kStart, at + 1)) {
        const MboxLine line = mboxLineOf(text.substr(at + 1));
        const bool isBehindEmptyLine = at > 0 && (text[at - 1] == '\n' || text[at - 1] == '\r');
        if (line == MboxLine::kDated || (line == MboxLine::kBare && isBehindEmptyLine)) {
            return at + 1;
        }
    }
    return text.size();
}

std::string_view withoutLastEmptyLine(std::string_view text) {
    for (const std::string_view ending : {"\r\n\r\n", "\n\n"}) {
        if (text.ends_with(ending)) {
            text.remove_suffix(ending.size() / 2);
            break;
        }
    }
    return text;
}

bool isQuotedFromLine(std::string_view rest) {
    const size_t from = rest.find_first_not_of('>');
    return from != std::string_view::npos && from > 0 && rest.substr(from).starts_with("From ");
}

}  // namespace

std::optional<std::string_view> MboxMessages::next() {
    if (m_rest.empty()) {
        return std::nullopt;
    }
    const size_t begin = std::min(m_rest.find('\n'), m_rest.size() - 1) + 1;
    // One back: a message may be empty, and the next line's line end be that of the first.
    const size_t end = nextMboxLine(m_rest, begin - 1);
    const std::string_view message = m_rest.substr(begin, end - begin);
    m_rest.remove_prefix(end);
    return withoutLastEmptyLine(message);
}

std::string unquoteFromLines(std::string_view message) {
    std::string text;
    text.reserve(message.size());
    while (!message.empty()) {
        if (message.front() == '>' && isQuotedFromLine(message)) {
            message.remove_prefix(1);
        }
        const size_t length = std::min(message.find('\n'), message.size() - 1) + 1;
        text += message.substr(0, length);
        message.remove_prefix(length);
    }
    return text;
}

}  // namespace tl
