// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

namespace tl {

// The checksum of a row: XXH3 (64 bits) over its values in order, each with its type and size. It
// finds what a disk or a copy has changed, not what somebody has changed on purpose. XXH3 and not
// BLAKE2b because all keys and values pass through it when a project is opened: 5.4 GB/s against
// 0.83 GB/s.
class RowSum {
public:
    RowSum();
    ~RowSum();
    RowSum(const RowSum&) = delete;
    RowSum& operator=(const RowSum&) = delete;

    void add(std::nullptr_t);
    void add(int64_t number);
    void add(std::string_view text);
    void add(std::span<const std::byte> blob);

    int64_t value() const;

private:
    void addHead(char type, uint64_t number);

    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace tl
