// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "base/result.h"
#include "kernels/backend.h"

namespace tl {

// The keys and values of one attention layer and one sequence. Pages are only ever appended to, so
// snapshots share them: a snapshot at position p looks at positions before p alone. A session
// that is restored gets a copy of the page that p lies in, since both may write after p.
class KvCache {
public:
    using Pages = std::vector<std::shared_ptr<KvPage>>;

    // Room for the table of `maxTokens` positions; pages come with reserve(). kOutOfMemory.
    static Result<KvCache> create(Backend& backend, const PageShape& shape, int64_t maxTokens);

    // Makes room for positions below `positions`. kOutOfMemory.
    Status reserve(int64_t positions);
    KvView view() const;

    const PageShape& shape() const { return m_shape; }
    const Pages& pages() const { return m_pages; }

    // A snapshot's pages up to `position` as this cache would own them: the page that position lies
    // in is copied. kOutOfMemory. What is copied is there after the backend's next sync().
    Result<Pages> pagesFrom(const Pages& pages, int64_t position) const;
    // Goes over to such pages.
    void replacePages(Pages pages);

private:
    KvCache(Backend& backend, const PageShape& shape, std::unique_ptr<Buffer> table);

    void append(std::shared_ptr<KvPage> page);

    Backend* m_backend;
    PageShape m_shape;
    Pages m_pages;
    std::unique_ptr<Buffer> m_table;  // m_pages as ops look them up, for all of maxTokens
};

}  // namespace tl
