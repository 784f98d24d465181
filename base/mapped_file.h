// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>

#include "base/result.h"

namespace tl {

// A whole file mapped read-only; the bytes live as long as the object. Movable, not copyable.
// Thread-compatible. Truncating the file while it is mapped is outside what any reader can survive.
class MappedFile {
public:
    // kNotFound if it cannot be opened, kUnsupported if it is no regular file, kIo if mapping
    // fails. An empty file maps to zero bytes.
    static Result<MappedFile> open(const std::filesystem::path& path);

    MappedFile(MappedFile&& other) noexcept;
    MappedFile& operator=(MappedFile&& other) noexcept;
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;
    ~MappedFile();

    std::span<const std::byte> bytes() const { return {m_data, m_size}; }
    // Gives back the memory that bytes are in; they are read from the file when they are needed
    // again.
    void releaseMemory() const;

private:
    MappedFile(const std::byte* data, size_t size) : m_data(data), m_size(size) {}

    const std::byte* m_data = nullptr;
    size_t m_size = 0;
};

}  // namespace tl
