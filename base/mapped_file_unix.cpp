// SPDX-License-Identifier: Apache-2.0
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include "base/mapped_file.h"

namespace tl {
namespace {

// Closes the descriptor on every path out of open(); the mapping itself outlives it.
struct Descriptor {
    int fd;
    ~Descriptor() {
        if (fd >= 0) {
            ::close(fd);
        }
    }
};

Error failure(ErrorCode code, const std::filesystem::path& path, const std::string& what) {
    return Error{code, path.string() + ": " + what};
}

}  // namespace

Result<MappedFile> MappedFile::open(const std::filesystem::path& path) {
    // O_NONBLOCK: opening a FIFO must not hang before the regular-file check below.
    const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
    if (file.fd < 0) {
        return failure(ErrorCode::kNotFound, path, std::strerror(errno));
    }
    struct stat info = {};
    if (::fstat(file.fd, &info) != 0) {
        return failure(ErrorCode::kIo, path, std::strerror(errno));
    }
    if (!S_ISREG(info.st_mode)) {
        return failure(ErrorCode::kUnsupported, path, "not a regular file");
    }
    const auto size = static_cast<size_t>(info.st_size);
    if (size == 0) {
        return MappedFile(nullptr, 0);
    }
    void* data = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.fd, 0);
    if (data == MAP_FAILED) {
        return failure(ErrorCode::kIo, path, std::strerror(errno));
    }
    return MappedFile(static_cast<const std::byte*>(data), size);
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : m_data(std::exchange(other.m_data, nullptr)), m_size(std::exchange(other.m_size, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
    std::swap(m_data, other.m_data);
    std::swap(m_size, other.m_size);
    return *this;
}

MappedFile::~MappedFile() {
    if (m_data != nullptr) {
        ::munmap(const_cast<std::byte*>(m_data), m_size);
    }
}

void MappedFile::releaseMemory() const {
    if (m_data != nullptr) {
        // Advice: where it is not taken, nothing is lost but memory.
        (void)::madvise(const_cast<std::byte*>(m_data), m_size, MADV_DONTNEED);
    }
}

}  // namespace tl
