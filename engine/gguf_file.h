// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/mapped_file.h"
#include "base/result.h"
#include "kernels/weight_type.h"

namespace tl {

// A metadata array. Numbers are widened: integers and booleans to int64_t, floats to double.
using GgufArray =
    std::variant<std::vector<int64_t>, std::vector<double>, std::vector<std::string_view>>;
// A metadata value; strings point into the mapped file.
using GgufValue = std::variant<int64_t, double, bool, std::string_view, GgufArray>;

// One tensor; `bytes` points into the mapped file and has exactly the size its type and shape need.
struct GgufTensor {
    std::string_view name;
    WeightType type = WeightType::kF32;
    std::vector<int64_t> shape;  // GGUF order: fastest dimension first; 1 to 4 entries, each >= 1
    std::span<const std::byte> bytes;

    int64_t elementCount() const;
    // Columns (fastest dimension) and rows (product of the others).
    int64_t columns() const { return shape.front(); }
    int64_t rows() const { return elementCount() / columns(); }
};

// A GGUF v2/v3 file, memory-mapped. Every offset, count, size, string and type is checked before
// use, so a hostile file gives one Error and never a read outside the mapping.
// Immutable after open, so safe to share between threads. Source: ggml docs/gguf.md.
class GgufFile {
public:
    // kNotFound, kIo as MappedFile; kCorrupt for a broken file; kUnsupported for a version,
    // metadata or tensor type it does not know, named in the message. Every message starts with the
    // path.
    static Result<GgufFile> open(const std::filesystem::path& path);
    // The same from bytes that outlive the object (fuzzing, tests); `name` starts the messages.
    static Result<GgufFile> parse(std::span<const std::byte> bytes, std::string name);

    // Gives back the memory of what was read of a mapped file; nothing else changes.
    void releaseMemory() const;

    const std::string& name() const { return m_name; }
    uint32_t version() const { return m_version; }
    const std::map<std::string_view, GgufValue>& metadata() const { return m_metadata; }
    const std::vector<GgufTensor>& tensors() const { return m_tensors; }

    // Null when absent.
    const GgufValue* find(std::string_view key) const;
    const GgufTensor* findTensor(std::string_view name) const;

    // Typed look-ups: kCorrupt naming file and key when the key is missing or of another type.
    // Integers are taken for floats, floats never for integers.
    Result<int64_t> integer(std::string_view key) const;
    Result<double> number(std::string_view key) const;
    Result<std::string_view> string(std::string_view key) const;
    Result<GgufTensor> tensor(std::string_view name) const;

private:
    GgufFile() = default;

    std::string m_name;
    uint32_t m_version = 0;
    std::map<std::string_view, GgufValue> m_metadata;
    std::vector<GgufTensor> m_tensors;                 // in file order
    std::map<std::string_view, size_t> m_tensorIndex;  // name -> index in m_tensors
    std::vector<MappedFile> m_file;                    // empty when parsed from bytes
};

}  // namespace tl
