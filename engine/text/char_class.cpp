// SPDX-License-Identifier: Apache-2.0
#include "engine/text/char_class.h"

#include <algorithm>
#include <cassert>
#include <unicode/uchar.h>

namespace tl {
namespace {

using Block = std::array<CharClass, 256>;

CharClass classify(UChar32 code) {
    const uint32_t category = U_GET_GC_MASK(code);
    if ((category & U_GC_L_MASK) != 0) {
        return CharClass::kLetter;
    }
    if ((category & U_GC_N_MASK) != 0) {
        return CharClass::kNumber;
    }
    return u_isUWhiteSpace(code) != 0 ? CharClass::kSpace : CharClass::kOther;
}

Block classifyBlock(size_t index) {
    Block block{};
    for (size_t i = 0; i < block.size(); ++i) {
        block[i] = classify(static_cast<UChar32>(index * block.size() + i));
    }
    return block;
}

}  // namespace

const CharClasses& CharClasses::instance() {
    static const CharClasses classes;
    return classes;
}

CharClasses::CharClasses() {
    std::vector<Block> distinct;
    for (size_t index = 0; index < kBlockCount; ++index) {
        const Block block = classifyBlock(index);
        // Most blocks repeat the one before (ideographs, unassigned planes), so look from the end.
        const auto known = std::find(distinct.rbegin(), distinct.rend(), block);
        if (known != distinct.rend()) {
            m_blocks[index] = static_cast<uint8_t>(distinct.rend() - known - 1);
            continue;
        }
        assert(distinct.size() < 256);  // Unicode 15 needs 96
        m_blocks[index] = static_cast<uint8_t>(distinct.size());
        distinct.push_back(block);
    }
    m_classes.reserve(distinct.size() << kBlockBits);
    for (const Block& block : distinct) {
        m_classes.insert(m_classes.end(), block.begin(), block.end());
    }
}

}  // namespace tl
