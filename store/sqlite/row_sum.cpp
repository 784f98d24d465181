// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/row_sum.h"

#include <array>
#include <bit>
#include <cstring>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace tl {

static_assert(std::endian::native == std::endian::little, "numbers are summed as they lie");

struct RowSum::State {
    XXH3_state_t hash;
};

RowSum::RowSum() : m_state(std::make_unique<State>()) {
    XXH3_64bits_reset(&m_state->hash);
}

RowSum::~RowSum() = default;

void RowSum::addHead(char type, uint64_t number) {
    std::array<char, 1 + sizeof number> head{type};
    std::memcpy(head.data() + 1, &number, sizeof number);
    XXH3_64bits_update(&m_state->hash, head.data(), head.size());
}

void RowSum::add(std::nullptr_t) {
    addHead('n', 0);
}

void RowSum::add(int64_t number) {
    addHead('i', static_cast<uint64_t>(number));
}

void RowSum::add(std::string_view text) {
    addHead('t', text.size());
    XXH3_64bits_update(&m_state->hash, text.data(), text.size());
}

void RowSum::add(std::span<const std::byte> blob) {
    addHead('b', blob.size());
    XXH3_64bits_update(&m_state->hash, blob.data(), blob.size());
}

int64_t RowSum::value() const {
    return static_cast<int64_t>(XXH3_64bits_digest(&m_state->hash));
}

}  // namespace tl
