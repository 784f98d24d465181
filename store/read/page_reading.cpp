// SPDX-License-Identifier: Apache-2.0
#include "store/read/page_reading.h"

#include <string>
#include <utility>

namespace tl {

Status PageAssembly::broken(int64_t layer, int64_t position) {
    m_isBroken = true;
    return Error{ErrorCode::kCorrupt,
                 "keys and values of layer " + std::to_string(layer) + " at token " +
                     std::to_string(position) + " are missing"};
}

Status PageAssembly::add(const Statement& row) {
    const int64_t layer = row.integer(0);
    const int64_t first = row.integer(1);
    const int64_t part = row.integer(2);
    if (m_nextPart == 0) {
        m_page = {layer, first, row.integer(4), {}};
    }
    const bool follows = part == m_nextPart && layer == m_page.layer && first == m_page.first &&
                         first == m_reached[layer];
    if (!follows) {
        return broken(m_page.layer, m_reached[m_page.layer]);
    }
    const std::span<const std::byte> bytes = row.blob(5);
    m_page.bytes.insert(m_page.bytes.end(), bytes.begin(), bytes.end());
    ++m_nextPart;
    if (m_nextPart < row.integer(3)) {
        return okStatus();
    }
    m_nextPart = 0;
    m_reached[layer] = first + m_page.count;
    return m_sink(std::exchange(m_page, {}));
}

Status PageAssembly::finish(int64_t position) {
    if (m_nextPart != 0) {
        return broken(m_page.layer, m_page.first);
    }
    for (const auto& [layer, reached] : m_reached) {
        if (reached != position) {
            return broken(layer, reached);
        }
    }
    return okStatus();
}

}  // namespace tl
