// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "kernels/cpu/cpu_kv_page.h"

namespace tl {

// Zeroed pages for keys and values of one layer, and their table, as the CPU's kernels take them.
class KvStore {
public:
    KvStore(KvType type, int64_t kvHeads, int64_t headDim, int64_t positions)
        : m_view{{type, kvHeads, headDim}, nullptr} {
        for (int64_t at = 0; at < positions; at += kKvPagePositions) {
            m_pages.push_back(cpu::CpuKvPage::create(m_view).value());
            m_table.push_back(m_pages.back()->parts());
        }
        m_view.pages = m_table.data();
    }
    KvStore(const KvStore&) = delete;
    KvStore& operator=(const KvStore&) = delete;

    const KvView& view() const { return m_view; }
    cpu::CpuKvPage& page(size_t index) { return *m_pages[index]; }

private:
    std::vector<std::unique_ptr<cpu::CpuKvPage>> m_pages;
    std::vector<cpu::PageParts> m_table;
    KvView m_view;
};

}  // namespace tl
