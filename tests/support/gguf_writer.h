// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "kernels/weight_type.h"

namespace tl {

// Builds GGUF files in memory: metadata of every type and tensors of any bytes. Checks nothing, so
// that tests can also build broken files.
class GgufWriter {
public:
    void setVersion(uint32_t version) { m_version = version; }
    // Of the tensors' bytes; says so in metadata only when set() does.
    void setAlignment(uint64_t alignment) { m_alignment = alignment; }

    // Numbers keep their C++ type; bool and text are GGUF's. An earlier value of the key is
    // replaced.
    template <typename T>
    void set(std::string_view key, const T& value) {
        setRaw(key, number(typeId<T>()) + payload(value));
    }
    template <typename T>
    void setArray(std::string_view key, const std::vector<T>& values) {
        std::string raw = number(kArray) + number(typeId<T>()) + number(uint64_t{values.size()});
        for (const auto& value : values) {
            raw += payload(static_cast<const T&>(value));
        }
        setRaw(key, raw);
    }
    // `raw` is type id and value as they will stand in the file.
    void setRaw(std::string_view key, std::string raw) {
        remove(key);
        addRaw(key, std::move(raw));
    }
    // The same without replacing, for duplicate keys.
    void addRaw(std::string_view key, std::string raw) {
        m_metadata.emplace_back(key, std::move(raw));
    }
    void remove(std::string_view key) {
        std::erase_if(m_metadata, [&](const auto& pair) { return pair.first == key; });
    }

    // Shapes in GGUF's order, fastest dimension first. Offsets follow one another, aligned.
    void addTensor(std::string_view name,
                   const std::vector<int64_t>& shape,
                   uint32_t typeId,
                   std::string_view bytes) {
        addTensorAt(name, shape, typeId, alignedSize(m_data.size()));
        m_data.resize(alignedSize(m_data.size()));
        m_data += bytes;
    }
    void addTensor(std::string_view name,
                   const std::vector<int64_t>& shape,
                   std::span<const float> values) {
        const std::string_view bytes(reinterpret_cast<const char*>(values.data()),
                                     values.size_bytes());
        addTensor(name, shape, static_cast<uint32_t>(WeightType::kF32), bytes);
    }
    // Describes a tensor without adding bytes.
    void addTensorAt(std::string_view name,
                     const std::vector<int64_t>& shape,
                     uint32_t typeId,
                     uint64_t offset) {
        m_tensors += payload(name) + number(static_cast<uint32_t>(shape.size()));
        for (const int64_t size : shape) {
            m_tensors += number(size);
        }
        m_tensors += number(typeId) + number(offset);
        ++m_tensorCount;
    }

    // The whole file.
    std::string file() const {
        std::string out = "GGUF" + number(m_version) + number(m_tensorCount) +
                          number(uint64_t{m_metadata.size()});
        for (const auto& [key, raw] : m_metadata) {
            out += payload(key) + raw;
        }
        out += m_tensors;
        out.resize(alignedSize(out.size()));
        return out + m_data;
    }

    // A number as it stands in the file.
    template <typename T>
    static std::string number(T value) {
        std::string raw(sizeof(T), '\0');
        std::memcpy(raw.data(), &value, sizeof(T));
        return raw;
    }
    // A string with its length.
    static std::string text(std::string_view value) {
        return number(uint64_t{value.size()}) + std::string(value);
    }

private:
    static constexpr uint32_t kArray = 9;

    template <typename T>
    static constexpr uint32_t typeId() {
        if constexpr (std::is_same_v<T, bool>) {
            return 7;
        } else if constexpr (std::is_same_v<T, float>) {
            return 6;
        } else if constexpr (std::is_same_v<T, double>) {
            return 12;
        } else if constexpr (std::is_integral_v<T>) {
            // Pairs of unsigned and signed, by size; 64 bits came later.
            const uint32_t pair = sizeof(T) == 8 ? 10 : 2 * std::countr_zero(sizeof(T));
            return pair + (std::is_signed_v<T> ? 1 : 0);
        } else {
            return 8;
        }
    }
    static std::string payload(std::string_view value) { return text(value); }
    template <typename T>
    requires std::is_arithmetic_v<T>
    static std::string payload(T value) { return number(value); }

    uint64_t alignedSize(uint64_t size) const {
        return (size + m_alignment - 1) / m_alignment * m_alignment;
    }

    uint32_t m_version = 3;
    uint64_t m_alignment = 32;
    std::vector<std::pair<std::string, std::string>> m_metadata;  // key, type id and value
    std::string m_tensors;                                        // descriptions
    uint64_t m_tensorCount = 0;
    std::string m_data;
};

}  // namespace tl
