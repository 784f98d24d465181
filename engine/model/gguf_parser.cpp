// SPDX-License-Identifier: Apache-2.0
// Layout (ggml docs/gguf.md): "GGUF", version, tensor count, metadata count, the metadata pairs,
// the tensor descriptions, padding to the alignment, the tensors' bytes. Nothing in it is trusted:
// counts are compared with what the remaining bytes can hold before anything is reserved, so memory
// stays within a small multiple of the file's size.
#include "engine/model/gguf_parser.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <utility>

namespace tl {
namespace {

static_assert(std::endian::native == std::endian::little, "GGUF values are read as they lie");

// Limits of docs/gguf.md.
constexpr uint64_t kMaxKeyLength = 65535;
constexpr uint64_t kMaxTensorNameLength = 64;
constexpr uint32_t kMaxDimensions = 4;
constexpr int64_t kDefaultAlignment = 32;

constexpr uint64_t kMinMetadataBytes = 14;  // length, key of one byte, type, value of one byte
constexpr uint64_t kMinTensorInfoBytes =
    33;  // length, name of one byte, one dimension, type, offset
constexpr std::string_view kAlignmentKey = "general.alignment";

std::string counted(uint64_t count, std::string_view things) {
    return std::to_string(count) + " " + std::string(things);
}

}  // namespace

enum class GgufParser::ValueType : uint32_t {
    kUint8,
    kInt8,
    kUint16,
    kInt16,
    kUint32,
    kInt32,
    kFloat32,
    kBool,
    kString,
    kArray,
    kUint64,
    kInt64,
    kFloat64,
};

std::string quotedName(std::string_view name) {
    constexpr size_t kMaxShown = 80;
    std::string out = "'";
    for (const char c : name.substr(0, kMaxShown)) {
        out += c >= ' ' && c <= '~' ? c : '?';
    }
    return out + (name.size() > kMaxShown ? "...'" : "'");
}

// Least bytes one value takes; 0 for an unknown type.
uint64_t GgufParser::minValueBytes(ValueType type) {
    switch (type) {
        case ValueType::kUint8:
        case ValueType::kInt8:
        case ValueType::kBool:
            return 1;
        case ValueType::kUint16:
        case ValueType::kInt16:
            return 2;
        case ValueType::kUint32:
        case ValueType::kInt32:
        case ValueType::kFloat32:
            return 4;
        case ValueType::kString:  // its length
        case ValueType::kUint64:
        case ValueType::kInt64:
        case ValueType::kFloat64:
            return 8;
        case ValueType::kArray:  // type and count
            return 12;
    }
    return 0;
}

bool GgufParser::fail(ErrorCode code, const std::string& what) {
    m_error = Error{code, m_name + ": " + what};
    return false;
}

bool GgufParser::parseHeader() {
    if (m_cursor.readString(4) != "GGUF") {
        return corrupt("not a GGUF file");
    }
    version = m_cursor.read<uint32_t>();
    m_tensorCount = m_cursor.read<uint64_t>();
    m_metadataCount = m_cursor.read<uint64_t>();
    if (m_cursor.failed()) {
        return corrupt("ends within its header");
    }
    if (version != 0 && (version & 0xFFFFU) == 0) {
        return fail(ErrorCode::kUnsupported, "big-endian GGUF files are not supported");
    }
    if (version != 2 && version != 3) {
        return fail(ErrorCode::kUnsupported,
                    "GGUF version " + std::to_string(version) + " is not supported");
    }
    if (m_metadataCount > m_cursor.remaining() / kMinMetadataBytes) {
        return corrupt(counted(m_metadataCount, "metadata pairs do not fit in the file"));
    }
    if (m_tensorCount > m_cursor.remaining() / kMinTensorInfoBytes) {
        return corrupt(counted(m_tensorCount, "tensors do not fit in the file"));
    }
    return true;
}

bool GgufParser::parseMetadata() {
    for (uint64_t i = 0; i < m_metadataCount; ++i) {
        if (!parsePair()) {
            return false;
        }
    }
    return readAlignment();
}

bool GgufParser::parsePair() {
    const uint64_t length = m_cursor.read<uint64_t>();
    if (length > kMaxKeyLength) {
        return corrupt("metadata key of " + counted(length, "bytes"));
    }
    const std::string_view key = m_cursor.readString(length);
    const ValueType type{m_cursor.read<uint32_t>()};
    if (m_cursor.failed()) {
        return corrupt("ends within its metadata");
    }
    if (key.empty()) {
        return corrupt("empty metadata key");
    }
    GgufValue value;
    if (!parseValue(type, key, value)) {
        return false;
    }
    if (m_cursor.failed()) {
        return corrupt("ends within metadata " + quotedName(key));
    }
    // Readers differ in which of two they take, so such a file has no one meaning.
    if (!metadata.emplace(key, std::move(value)).second) {
        return corrupt("metadata " + quotedName(key) + " appears twice");
    }
    return true;
}

// True with m_cursor failed where the value is cut off: parsePair() reports that.
bool GgufParser::parseValue(ValueType type, std::string_view key, GgufValue& value) {
    switch (type) {
        case ValueType::kString:
            value = m_cursor.readString(m_cursor.read<uint64_t>());
            return true;
        case ValueType::kFloat32:
            value = static_cast<double>(m_cursor.read<float>());
            return true;
        case ValueType::kFloat64:
            value = m_cursor.read<double>();
            return true;
        case ValueType::kArray:
            return parseArray(key, value.emplace<GgufArray>());
        default:
            break;
    }
    int64_t integer = 0;
    if (!parseInteger(type, key, integer)) {
        return false;
    }
    value = type == ValueType::kBool ? GgufValue(integer != 0) : GgufValue(integer);
    return true;
}

bool GgufParser::parseInteger(ValueType type, std::string_view key, int64_t& value) {
    switch (type) {
        case ValueType::kUint8:
            value = m_cursor.read<uint8_t>();
            return true;
        case ValueType::kInt8:
            // NOLINTNEXTLINE(bugprone-signed-char-misuse): a number, not a character
            value = m_cursor.read<int8_t>();
            return true;
        case ValueType::kUint16:
            value = m_cursor.read<uint16_t>();
            return true;
        case ValueType::kInt16:
            value = m_cursor.read<int16_t>();
            return true;
        case ValueType::kUint32:
            value = m_cursor.read<uint32_t>();
            return true;
        case ValueType::kInt32:
            value = m_cursor.read<int32_t>();
            return true;
        case ValueType::kInt64:
            value = m_cursor.read<int64_t>();
            return true;
        case ValueType::kUint64: {
            const uint64_t wide = m_cursor.read<uint64_t>();
            value = static_cast<int64_t>(wide);
            return std::in_range<int64_t>(wide) ||
                   corrupt("metadata " + quotedName(key) + " is out of range");
        }
        case ValueType::kBool:
            value = m_cursor.read<uint8_t>();
            return value <= 1 || corrupt("metadata " + quotedName(key) + " is no boolean");
        default:
            return fail(ErrorCode::kUnsupported,
                        "metadata " + quotedName(key) + " has unknown type " +
                            std::to_string(static_cast<uint32_t>(type)));
    }
}

bool GgufParser::parseArray(std::string_view key, GgufArray& array) {
    const ValueType type{m_cursor.read<uint32_t>()};
    const uint64_t count = m_cursor.read<uint64_t>();
    if (m_cursor.failed()) {
        return true;
    }
    if (type == ValueType::kArray) {
        return fail(ErrorCode::kUnsupported,
                    "metadata " + quotedName(key) + " is an array of arrays");
    }
    const uint64_t elementBytes = minValueBytes(type);
    if (elementBytes == 0) {
        return fail(ErrorCode::kUnsupported,
                    "metadata " + quotedName(key) + " is an array of unknown type " +
                        std::to_string(static_cast<uint32_t>(type)));
    }
    if (count > m_cursor.remaining() / elementBytes) {
        return corrupt("metadata " + quotedName(key) + ": " +
                       counted(count, "elements do not fit in the file"));
    }
    return parseElements(type, count, key, array);
}

bool GgufParser::parseElements(ValueType type,
                               uint64_t count,
                               std::string_view key,
                               GgufArray& array) {
    if (type == ValueType::kString) {
        auto& strings = array.emplace<std::vector<std::string_view>>();
        strings.reserve(count);
        for (uint64_t i = 0; i < count && !m_cursor.failed(); ++i) {
            strings.push_back(m_cursor.readString(m_cursor.read<uint64_t>()));
        }
        return true;
    }
    if (type == ValueType::kFloat32 || type == ValueType::kFloat64) {
        auto& numbers = array.emplace<std::vector<double>>();
        numbers.reserve(count);
        for (uint64_t i = 0; i < count; ++i) {
            numbers.push_back(type == ValueType::kFloat32 ? m_cursor.read<float>()
                                                          : m_cursor.read<double>());
        }
        return true;
    }
    auto& integers = array.emplace<std::vector<int64_t>>(count);
    return std::all_of(integers.begin(), integers.end(), [&](int64_t& value) {
        return parseInteger(type, key, value);
    });
}

bool GgufParser::readAlignment() {
    m_alignment = kDefaultAlignment;
    const auto found = metadata.find(kAlignmentKey);
    if (found == metadata.end()) {
        return true;
    }
    const int64_t* value = std::get_if<int64_t>(&found->second);
    if (value == nullptr || *value <= 0 || !std::has_single_bit(static_cast<uint64_t>(*value))) {
        return corrupt("metadata 'general.alignment' is no power of two");
    }
    m_alignment = static_cast<uint64_t>(*value);
    return true;
}

bool GgufParser::parseTensors() {
    tensors.reserve(m_tensorCount);
    m_offsets.reserve(m_tensorCount);
    for (uint64_t i = 0; i < m_tensorCount; ++i) {
        if (!parseTensorInfo()) {
            return false;
        }
    }
    for (uint64_t i = 0; i < m_tensorCount; ++i) {
        if (!locate(tensors[i], m_offsets[i])) {
            return false;
        }
    }
    return true;
}

bool GgufParser::parseTensorInfo() {
    GgufTensor tensor;
    const uint64_t length = m_cursor.read<uint64_t>();
    if (length > kMaxTensorNameLength) {
        return corrupt("tensor name of " + counted(length, "bytes"));
    }
    tensor.name = m_cursor.readString(length);
    if (!parseShape(tensor) || !parseType(tensor)) {
        return false;
    }
    m_offsets.push_back(m_cursor.read<uint64_t>());
    if (m_cursor.failed()) {
        return corrupt("ends within its tensor descriptions");
    }
    if (tensor.name.empty()) {
        return corrupt("empty tensor name");
    }
    if (!tensorIndex.emplace(tensor.name, tensors.size()).second) {
        return corrupt("tensor " + quotedName(tensor.name) + " appears twice");
    }
    tensors.push_back(std::move(tensor));
    return true;
}

bool GgufParser::parseShape(GgufTensor& tensor) {
    const uint32_t dimensions = m_cursor.read<uint32_t>();
    if (m_cursor.failed()) {
        return corrupt("ends within its tensor descriptions");
    }
    if (dimensions == 0 || dimensions > kMaxDimensions) {
        return corrupt("tensor " + quotedName(tensor.name) + " has " +
                       counted(dimensions, "dimensions"));
    }
    int64_t room = std::numeric_limits<int64_t>::max();
    for (uint32_t i = 0; i < dimensions; ++i) {
        const int64_t size = m_cursor.read<int64_t>();
        if (m_cursor.failed()) {
            return corrupt("ends within its tensor descriptions");
        }
        if (size < 1 || size > room) {
            return corrupt("tensor " + quotedName(tensor.name) + " has an impossible shape");
        }
        // What may still be multiplied without leaving the range.
        room /= size;
        tensor.shape.push_back(size);
    }
    return true;
}

bool GgufParser::parseType(GgufTensor& tensor) {
    const uint32_t id = m_cursor.read<uint32_t>();
    if (m_cursor.failed()) {
        return corrupt("ends within its tensor descriptions");
    }
    const WeightTypeInfo* info = weightTypeInfo(id);
    if (info == nullptr) {
        return fail(
            ErrorCode::kUnsupported,
            "tensor " + quotedName(tensor.name) + " has the unsupported type " + ggufTypeName(id));
    }
    if (tensor.columns() % info->blockElements != 0) {
        return corrupt("tensor " + quotedName(tensor.name) + ": rows of " +
                       std::to_string(tensor.columns()) + " values are no whole " +
                       std::string(info->name) + " blocks");
    }
    tensor.type = info->type;
    return true;
}

// Sets the tensor's bytes. m_cursor stands after the last description, where the padding starts.
bool GgufParser::locate(GgufTensor& tensor, uint64_t offset) {
    // parseShape() bounded the element count, and a block has at least one byte: nothing here
    // overflows.
    const WeightTypeInfo& info = weightTypeInfo(tensor.type);
    const uint64_t blocks = static_cast<uint64_t>(tensor.elementCount() / info.blockElements);
    const uint64_t blockBytes = static_cast<uint64_t>(info.blockBytes);
    const uint64_t descriptionsEnd = m_cursor.position();
    const uint64_t padding = (m_alignment - descriptionsEnd % m_alignment) % m_alignment;
    const uint64_t dataBytes = m_cursor.remaining() < padding ? 0 : m_cursor.remaining() - padding;
    if (offset % m_alignment != 0) {
        return corrupt("tensor " + quotedName(tensor.name) + " is not aligned to " +
                       counted(m_alignment, "bytes"));
    }
    if (offset > dataBytes || blocks > (dataBytes - offset) / blockBytes) {
        return corrupt("tensor " + quotedName(tensor.name) + " reaches past the end of the file");
    }
    tensor.bytes = m_bytes.subspan(descriptionsEnd + padding + offset, blocks * blockBytes);
    return true;
}

// Tensors that share bytes would let a small file ask for any amount of memory when loaded.
bool GgufParser::checkOverlaps() {
    std::vector<const GgufTensor*> byAddress;
    byAddress.reserve(tensors.size());
    for (const GgufTensor& tensor : tensors) {
        byAddress.push_back(&tensor);
    }
    std::sort(byAddress.begin(), byAddress.end(), [](const GgufTensor* a, const GgufTensor* b) {
        return a->bytes.data() < b->bytes.data();
    });
    for (size_t i = 1; i < byAddress.size(); ++i) {
        const std::span<const std::byte> previous = byAddress[i - 1]->bytes;
        if (previous.data() + previous.size() > byAddress[i]->bytes.data()) {
            return corrupt("tensors " + quotedName(byAddress[i - 1]->name) + " and " +
                           quotedName(byAddress[i]->name) + " overlap");
        }
    }
    return true;
}

}  // namespace tl
