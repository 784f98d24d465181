// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cassert>

#include "ingest/document.h"

namespace tl {

LineIndex::LineIndex(std::string_view text) {
    size_t start = 0;
    while (start < text.size()) {
        m_starts.push_back(static_cast<int64_t>(start));
        const size_t end = text.find('\n', start);
        m_lastEnd = static_cast<int64_t>(std::min(end, text.size()));
        start = static_cast<size_t>(m_lastEnd) + 1;
    }
    m_starts.shrink_to_fit();
}

LinePosition LineIndex::position(int64_t byte) const {
    assert(byte >= 0);
    const auto next = std::upper_bound(m_starts.begin(), m_starts.end(), byte);
    if (next == m_starts.begin()) {
        return {};  // only the empty text has no line that starts at or before byte 0
    }
    return {.line = next - m_starts.begin(), .column = byte - *(next - 1) + 1};
}

int64_t LineIndex::lineBegin(int64_t line) const {
    assert(line >= 1 && line <= lineCount());
    return m_starts[static_cast<size_t>(line - 1)];
}

int64_t LineIndex::lineEnd(int64_t line) const {
    assert(line >= 1 && line <= lineCount());
    return line == lineCount() ? m_lastEnd : m_starts[static_cast<size_t>(line)] - 1;
}

int64_t LineIndex::lineCount() const {
    return static_cast<int64_t>(m_starts.size());
}

}  // namespace tl
