// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "kernels/kernel_args.h"

namespace tl {

// Zeroed pages for keys and values of one layer.
class KvStore {
public:
    KvStore(KvType type, int64_t kvHeads, int64_t headDim, int64_t positions)
        : m_view{nullptr, type, kvHeads, headDim} {
        const int64_t pages = (positions + kKvPagePositions - 1) / kKvPagePositions;
        const int64_t rows = kvHeads * kKvPagePositions;
        m_keys.resize(static_cast<size_t>(2 * pages * rows * headDim));  // room for f16
        m_values = m_keys;
        m_keyScales.resize(static_cast<size_t>(pages * rows));
        m_valueScales = m_keyScales;
        for (int64_t p = 0; p < pages; ++p) {
            m_pages.push_back({m_keys.data() + 2 * p * rows * headDim,
                               m_values.data() + 2 * p * rows * headDim,
                               m_keyScales.data() + p * rows,
                               m_valueScales.data() + p * rows});
        }
        m_view.pages = m_pages.data();
    }
    KvStore(const KvStore&) = delete;
    KvStore& operator=(const KvStore&) = delete;

    const KvView& view() const { return m_view; }

private:
    std::vector<uint8_t> m_keys, m_values;
    std::vector<float> m_keyScales, m_valueScales;
    std::vector<KvPage> m_pages;
    KvView m_view;
};

}  // namespace tl
