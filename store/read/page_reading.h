// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>

#include "base/result.h"
#include "store/project_reader.h"
#include "store/sqlite/statement.h"

namespace tl {

// Puts pages together from the parts in their rows, and sees that each layer's pages follow each
// other without a gap.
class PageAssembly {
public:
    explicit PageAssembly(const PageSink& sink) : m_sink(sink) {}

    // Takes a row of the table `page`, which come in the order of first, layer and part. kCorrupt
    // with what is wrong; or the sink's error.
    Status add(const Statement& row);

    // kCorrupt unless every layer reaches exactly to `position`.
    Status finish(int64_t position);

    // Whether an error was about the rows, and not the sink's.
    bool isBroken() const { return m_isBroken; }

private:
    Status broken(int64_t layer, int64_t position);

    const PageSink& m_sink;
    StoredPage m_page;
    int64_t m_nextPart = 0;                // of m_page; 0: none is begun
    std::map<int64_t, int64_t> m_reached;  // by layer: where the next page begins
    bool m_isBroken = false;
};

}  // namespace tl
