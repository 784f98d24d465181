// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "base/result.h"
#include "kernels/backend.h"

namespace tl {

// Keys and values of kKvPagePositions positions of one layer.
class KvPageMemory {
public:
    static Result<std::shared_ptr<KvPageMemory>> create(Backend& backend,
                                                        KvType type,
                                                        int64_t kvHeads,
                                                        int64_t headDim);
    const KvPage& page() const { return m_page; }
    void copyFrom(Backend& backend, const KvPageMemory& other);

private:
    KvPageMemory() = default;

    std::unique_ptr<Buffer> m_memory;
    KvPage m_page = {};
};

// The keys and values of one attention layer and one sequence. Pages are only ever appended to, so
// snapshots share them: a snapshot at position p looks at positions before p alone. A session
// that is restored gets a copy of the page that p lies in, since both may write behind p.
class KvCache {
public:
    using Pages = std::vector<std::shared_ptr<KvPageMemory>>;

    KvCache(Backend& backend, KvType type, int64_t kvHeads, int64_t headDim, int64_t maxTokens);

    // Makes room for positions below `positions`. kOutOfMemory.
    Status reserve(int64_t positions);
    KvView view() const;

    const Pages& pages() const { return m_pages; }
    // Takes over a snapshot's pages up to `position`. kOutOfMemory; the cache is as before then.
    Status restore(const Pages& pages, int64_t position);

private:
    Backend& m_backend;
    KvType m_type;
    int64_t m_kvHeads, m_headDim;
    Pages m_pages;
    std::vector<KvPage> m_table;  // m_pages as ops want them; reserved once
};

}  // namespace tl
