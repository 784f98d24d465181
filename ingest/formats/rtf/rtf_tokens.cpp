// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/rtf/rtf_tokens.h"

#include <algorithm>
#include <cctype>
#include <charconv>

#include "base/ascii.h"

namespace tl {
namespace {}  // namespace

RtfToken RtfTokens::next() {
    while (!m_rest.empty() && (m_rest[0] == '\r' || m_rest[0] == '\n' || m_rest[0] == '\0')) {
        m_rest.remove_prefix(1);
    }
    RtfToken token;
    if (m_rest.empty()) {
        return token;
    }
    const char first = m_rest[0];
    if (first == '\\') {
        return control();
    }
    if (first == '{' || first == '}') {
        token.kind = first == '{' ? RtfToken::Kind::kOpen : RtfToken::Kind::kClose;
        m_rest.remove_prefix(1);
        return token;
    }
    constexpr std::string_view kEnds("\\{}\r\n\0", 6);
    const size_t end = std::min(m_rest.find_first_of(kEnds), m_rest.size());
    token.kind = RtfToken::Kind::kText;
    token.text = m_rest.substr(0, end);
    m_rest.remove_prefix(end);
    return token;
}

RtfToken RtfTokens::control() {
    RtfToken token;
    if (m_rest.size() < 2) {
        m_rest = {};
        return token;
    }
    if (isAsciiLetter(m_rest[1])) {
        return word();
    }
    unsigned int byte = 0;
    if (m_rest[1] == '\'' && m_rest.size() >= 4) {
        const char* digits = m_rest.data() + 2;
        const auto [end, error] = std::from_chars(digits, digits + 2, byte, 16);
        if (error == std::errc() && end == digits + 2) {
            token.kind = RtfToken::Kind::kByte;
            token.byte = static_cast<unsigned char>(byte);
            m_rest.remove_prefix(4);
            return token;
        }
    }
    token.kind = RtfToken::Kind::kSymbol;
    token.text = m_rest.substr(1, 1);
    m_rest.remove_prefix(2);
    return token;
}

RtfToken RtfTokens::word() {
    RtfToken token;
    token.kind = RtfToken::Kind::kWord;
    size_t end = 1;
    while (end < m_rest.size() && isAsciiLetter(m_rest[end])) {
        ++end;
    }
    token.text = m_rest.substr(1, end - 1);
    const char* begin = m_rest.data() + end;
    const auto [after, error] = std::from_chars(begin, m_rest.data() + m_rest.size(), token.number);
    if (after != begin) {
        token.hasNumber = error == std::errc();
        end = static_cast<size_t>(after - m_rest.data());
    }
    if (end < m_rest.size() && m_rest[end] == ' ') {
        ++end;  // belongs to the word
    }
    m_rest.remove_prefix(end);
    return token;
}

bool RtfTokens::skipBytes(int count) {
    const auto wanted = static_cast<size_t>(std::max(0, count));
    const size_t skipped = std::min(wanted, m_rest.size());
    m_rest.remove_prefix(skipped);
    return skipped == wanted;
}

}  // namespace tl
