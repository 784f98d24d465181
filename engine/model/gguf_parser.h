// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/gguf_file.h"
#include "engine/model/byte_cursor.h"

namespace tl {

// A name from the file between quotes, fit for a one-line message: short and printable.
std::string quotedName(std::string_view name);

// One pass over a GGUF file; the results are public fields, valid once parse() returned true.
// Every step returns false and leaves the reason in m_error when the file is refused.
class GgufParser {
public:
    // `name` starts the messages; both arguments must outlive the parser.
    GgufParser(std::span<const std::byte> bytes, const std::string& name)
        : m_bytes(bytes), m_cursor(bytes), m_name(name) {}

    bool parse() { return parseHeader() && parseMetadata() && parseTensors() && checkOverlaps(); }
    // REQUIRES: parse() returned false
    const Error& error() const { return *m_error; }

    uint32_t version = 0;
    std::map<std::string_view, GgufValue> metadata;
    std::vector<GgufTensor> tensors;
    std::map<std::string_view, size_t> tensorIndex;

private:
    enum class ValueType : uint32_t;

    bool fail(ErrorCode code, const std::string& what);
    bool corrupt(const std::string& what) { return fail(ErrorCode::kCorrupt, what); }

    bool parseHeader();
    bool parseMetadata();
    bool parsePair();
    bool parseValue(ValueType type, std::string_view key, GgufValue& value);
    bool parseInteger(ValueType type, std::string_view key, int64_t& value);
    bool parseArray(std::string_view key, GgufArray& array);
    bool parseElements(ValueType type, uint64_t count, std::string_view key, GgufArray& array);
    bool readAlignment();
    bool parseTensors();
    bool parseTensorInfo();
    bool parseShape(GgufTensor& tensor);
    bool parseType(GgufTensor& tensor);
    bool locate(GgufTensor& tensor, uint64_t offset);
    bool checkOverlaps();

    static uint64_t minValueBytes(ValueType type);

    std::span<const std::byte> m_bytes;
    ByteCursor m_cursor;
    const std::string& m_name;
    std::optional<Error> m_error;
    uint64_t m_tensorCount = 0;
    uint64_t m_metadataCount = 0;
    uint64_t m_alignment = 0;
    std::vector<uint64_t> m_offsets;  // of each tensor, from the start of the tensor data
};

}  // namespace tl
