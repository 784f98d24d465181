// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

namespace tl {

// Appends numbers and byte strings; what ByteReader takes apart again.
class ByteWriter {
public:
    template <std::integral T>
    void number(T value) {
        static_assert(std::endian::native == std::endian::little);
        m_bytes.append(reinterpret_cast<const char*>(&value), sizeof(T));
    }
    void decimal(float value) { number(std::bit_cast<uint32_t>(value)); }
    void text(std::string_view value) {
        number(static_cast<uint64_t>(value.size()));
        m_bytes += value;
    }
    void reserve(size_t bytes) { m_bytes.reserve(bytes); }
    std::string take() { return std::move(m_bytes); }

private:
    std::string m_bytes;
};

// Reads what ByteWriter wrote. After the first thing that is not there everything reads as zero or
// empty, and ok() is false.
class ByteReader {
public:
    explicit ByteReader(std::string_view bytes) : m_rest(bytes) {}

    template <std::integral T>
    T number() {
        T value{};
        if (!need(sizeof(T))) {
            return value;
        }
        std::memcpy(&value, m_rest.data(), sizeof(T));
        m_rest.remove_prefix(sizeof(T));
        return value;
    }
    float decimal() { return std::bit_cast<float>(number<uint32_t>()); }
    std::string_view text() {
        const auto size = number<uint64_t>();
        if (!need(size)) {
            return {};
        }
        const std::string_view value = m_rest.substr(0, size);
        m_rest.remove_prefix(size);
        return value;
    }
    // A count of things that take `bytesEach` or more: never more than can be there nor than
    // `most`, so that room for all may be made at once. A thing may take more room than bytes.
    size_t count(size_t bytesEach, size_t most) {
        const auto value = number<uint64_t>();
        m_hasTooMany = m_hasTooMany || (value > most && value <= m_rest.size() / bytesEach);
        if (value > most || value > m_rest.size() / bytesEach) {
            m_ok = false;
            return 0;
        }
        return value;
    }
    // 1, to be taken off `most`, which may not be 0 any more.
    size_t room(size_t most) {
        m_hasTooMany = m_hasTooMany || (m_ok && most == 0);
        m_ok = m_ok && most > 0;
        return m_ok ? 1 : 0;
    }
    // 64 bits that an int can hold.
    int smallNumber() {
        const auto value = number<int64_t>();
        m_ok = m_ok && std::in_range<int>(value);
        return m_ok ? static_cast<int>(value) : 0;
    }
    // An enumerator up to `last`.
    template <typename Enum>
    Enum choice(Enum last) {
        const auto value = number<uint8_t>();
        m_ok = m_ok && value <= static_cast<uint8_t>(last);
        return m_ok ? static_cast<Enum>(value) : Enum{};
    }
    // The same of 16 bits.
    template <typename Enum>
    Enum shortChoice(Enum last) {
        const auto value = number<uint16_t>();
        m_ok = m_ok && value <= static_cast<uint16_t>(last);
        return m_ok ? static_cast<Enum>(value) : Enum{};
    }
    bool flag() { return choice(Flag::kYes) == Flag::kYes; }

    std::string_view rest() const { return m_rest; }
    bool ok() const { return m_ok; }
    // Whether a count was over its `most`, though all of it is there.
    bool hasTooMany() const { return m_hasTooMany; }
    bool atEnd() const { return m_ok && m_rest.empty(); }

private:
    enum class Flag : uint8_t { kNo, kYes };

    bool need(uint64_t bytes) {
        m_ok = m_ok && bytes <= m_rest.size();
        return m_ok;
    }

    std::string_view m_rest;
    bool m_ok = true;
    bool m_hasTooMany = false;
};

}  // namespace tl
