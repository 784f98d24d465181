// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <type_traits>

namespace tl {

// Reads little-endian values off a span of untrusted bytes. A read past the end moves nothing,
// gives zero and makes failed() true for good, so that a run of reads needs one check at its end.
class ByteCursor {
public:
    explicit ByteCursor(std::span<const std::byte> bytes) : m_bytes(bytes) {}

    bool failed() const { return m_failed; }
    uint64_t position() const { return m_position; }
    uint64_t remaining() const { return m_failed ? 0 : m_bytes.size() - m_position; }

    template <typename T>
    T read() {
        static_assert(std::is_arithmetic_v<T>);
        T value{};
        const std::span<const std::byte> raw = take(sizeof(T));
        if (!raw.empty()) {
            std::memcpy(&value, raw.data(), sizeof(T));
        }
        return value;
    }

    // A string of `length` bytes; points into the span.
    std::string_view readString(uint64_t length) {
        const std::span<const std::byte> raw = take(length);
        return {reinterpret_cast<const char*>(raw.data()), raw.size()};
    }

private:
    std::span<const std::byte> take(uint64_t count) {
        if (count > remaining()) {
            m_failed = true;
            return {};
        }
        const std::span<const std::byte> taken = m_bytes.subspan(m_position, count);
        m_position += count;
        return taken;
    }

    std::span<const std::byte> m_bytes;
    uint64_t m_position = 0;
    bool m_failed = false;
};

}  // namespace tl
