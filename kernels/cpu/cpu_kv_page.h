// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "base/result.h"
#include "kernels/backend.h"
#include "kernels/cpu/aligned_memory.h"
#include "kernels/cpu/page_layout.h"

namespace tl::cpu {

// A page as page_layout.h says.
class CpuKvPage final : public KvPage {
public:
    // Zeroed. kOutOfMemory.
    static Result<std::unique_ptr<CpuKvPage>> create(const PageShape& shape);
    static int64_t bytesFor(const PageShape& shape);

    const PageParts& parts() const { return m_parts; }

    // The first `positions` positions; see Backend. What comes after them stays as it is.
    void copyFrom(const CpuKvPage& other, int64_t positions);
    // Positions [first, first + count). What stands around them stays as it is.
    void exportTo(int64_t first, int64_t count, std::byte* to) const;
    void importFrom(int64_t first, int64_t count, const std::byte* from);

private:
    CpuKvPage() = default;

    AlignedMemory m_memory;
    PageParts m_parts = {};
};

}  // namespace tl::cpu
