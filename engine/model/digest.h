// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace tl {

// BLAKE2b (RFC 7693) over values of which each says where it ends, so that no two sequences of them
// run together to the same bytes.
class Digest {
public:
    Digest();
    ~Digest();
    Digest(const Digest&) = delete;
    Digest& operator=(const Digest&) = delete;

    void add(std::span<const std::byte> bytes);
    void add(std::string_view text);
    void add(int64_t number);
    void add(double number);

    // 64 hexadecimal digits; nothing is added afterwards.
    std::string hex();

private:
    void update(const void* bytes, size_t size);

    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace tl
