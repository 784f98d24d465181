// SPDX-License-Identifier: Apache-2.0
#include "engine/gguf_file.h"

#include <utility>

#include "engine/model/gguf_parser.h"

namespace tl {
namespace {

Error lookupError(const GgufFile& file, std::string_view key, std::string_view what) {
    return {ErrorCode::kCorrupt,
            file.name() + ": metadata " + quotedName(key) + " " + std::string(what)};
}

Error missing(const GgufFile& file, std::string_view key) {
    return lookupError(file, key, "is missing");
}

}  // namespace

int64_t GgufTensor::elementCount() const {
    int64_t count = 1;
    for (const int64_t size : shape) {
        count *= size;
    }
    return count;
}

Result<GgufFile> GgufFile::open(const std::filesystem::path& path) {
    Result<MappedFile> mapped = MappedFile::open(path);
    if (!mapped.ok()) {
        return mapped.error();
    }
    Result<GgufFile> file = parse(mapped.value().bytes(), path.string());
    if (file.ok()) {
        // Names, texts and tensors point into the mapping, which stays where it is when it is
        // moved.
        file.value().m_file.push_back(std::move(mapped).value());
    }
    return file;
}

Result<GgufFile> GgufFile::parse(std::span<const std::byte> bytes, std::string name) {
    GgufFile file;
    file.m_name = std::move(name);
    GgufParser parser(bytes, file.m_name);
    if (!parser.parse()) {
        return parser.error();
    }
    file.m_version = parser.version;
    file.m_metadata = std::move(parser.metadata);
    file.m_tensors = std::move(parser.tensors);
    file.m_tensorIndex = std::move(parser.tensorIndex);
    return file;
}

void GgufFile::releaseMemory() const {
    for (const MappedFile& file : m_file) {
        file.releaseMemory();
    }
}

const GgufValue* GgufFile::find(std::string_view key) const {
    const auto found = m_metadata.find(key);
    return found == m_metadata.end() ? nullptr : &found->second;
}

const GgufTensor* GgufFile::findTensor(std::string_view name) const {
    const auto found = m_tensorIndex.find(name);
    return found == m_tensorIndex.end() ? nullptr : &m_tensors[found->second];
}

Result<int64_t> GgufFile::integer(std::string_view key) const {
    const GgufValue* value = find(key);
    if (value == nullptr) {
        return missing(*this, key);
    }
    if (const int64_t* integer = std::get_if<int64_t>(value)) {
        return *integer;
    }
    return lookupError(*this, key, "is no integer");
}

Result<double> GgufFile::number(std::string_view key) const {
    const GgufValue* value = find(key);
    if (value == nullptr) {
        return missing(*this, key);
    }
    if (const int64_t* integer = std::get_if<int64_t>(value)) {
        return static_cast<double>(*integer);
    }
    if (const double* number = std::get_if<double>(value)) {
        return *number;
    }
    return lookupError(*this, key, "is no number");
}

Result<std::string_view> GgufFile::string(std::string_view key) const {
    const GgufValue* value = find(key);
    if (value == nullptr) {
        return missing(*this, key);
    }
    if (const std::string_view* text = std::get_if<std::string_view>(value)) {
        return *text;
    }
    return lookupError(*this, key, "is no string");
}

Result<GgufTensor> GgufFile::tensor(std::string_view name) const {
    const GgufTensor* found = findTensor(name);
    if (found == nullptr) {
        return Error{ErrorCode::kCorrupt, m_name + ": tensor " + quotedName(name) + " is missing"};
    }
    return *found;
}

}  // namespace tl
