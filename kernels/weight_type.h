// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tl {

// Number formats of stored weights; the values are GGUF's type ids (ggml.h, enum ggml_type).
enum class WeightType : uint32_t {
    kF32 = 0,
    kF16 = 1,
    // NOLINTBEGIN(readability-identifier-naming): the formats' published names
    kQ4_0 = 2,
    kQ4_1 = 3,
    kQ5_0 = 6,
    kQ5_1 = 7,
    kQ8_0 = 8,
    kQ4_K = 12,
    kQ5_K = 13,
    kQ6_K = 14,
    // NOLINTEND(readability-identifier-naming)
    kBF16 = 30,
};

// How a format is laid out: rows are whole blocks of `blockElements` values in `blockBytes` bytes.
struct WeightTypeInfo {
    WeightType type;
    std::string_view name;  // "Q4_0"
    int64_t blockElements;
    int64_t blockBytes;
};

// Null for an id this program does not handle.
const WeightTypeInfo* weightTypeInfo(uint32_t id);
inline const WeightTypeInfo& weightTypeInfo(WeightType type) {
    return *weightTypeInfo(static_cast<uint32_t>(type));
}

// Name of any GGUF tensor type id for messages: "IQ4_XS", or "type 77" where unknown.
std::string ggufTypeName(uint32_t id);

// Decodes one row of `count` values (a multiple of blockElements) to f32. Scalar and exact to
// the format's definition (ggml-quants.c, dequantize_row_*): the reference every kernel is
// tested against, and the path by which weights are repacked at load.
void decodeRow(WeightType type, const void* row, int64_t count, float* out);

}  // namespace tl
