// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include "ingest/read/file_bytes.h"

namespace tl {
namespace {

class Descriptor {
public:
    explicit Descriptor(int value) : m_value(value) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (m_value >= 0) {
            ::close(m_value);
        }
    }
    int value() const { return m_value; }

private:
    int m_value;
};

Error errnoError(int error, const char* what) {
    const ErrorCode code = error == ENOENT ? ErrorCode::kNotFound : ErrorCode::kIo;
    return {code, std::string(what) + ": " + describeErrno(error)};
}

// Fills `bytes` from the start of the file; the count that came.
Result<size_t> readAll(int file, std::string& bytes) {
    size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t count = ::read(file, bytes.data() + done, bytes.size() - done);
        if (count == 0) {
            break;
        }
        if (count > 0) {
            done += static_cast<size_t>(count);
        } else if (errno != EINTR) {
            return errnoError(errno, "cannot be read");
        }
    }
    return done;
}

}  // namespace

Result<std::string> readFileBytes(const std::filesystem::path& path, int64_t maxBytes) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (file.value() < 0) {
        return errno == ENOENT ? Error{ErrorCode::kNotFound, "no longer there"}
                               : errnoError(errno, "cannot be opened");
    }
    struct stat info {};
    if (::fstat(file.value(), &info) != 0) {
        return errnoError(errno, "cannot be read");
    }
    if (!S_ISREG(info.st_mode)) {
        return Error{ErrorCode::kIo, "not a regular file"};
    }
    if (info.st_size > maxBytes) {
        return Error{ErrorCode::kUnsupported,
                     formatBytes(info.st_size) + ", over the limit of " + formatBytes(maxBytes)};
    }
    // One byte more than the file holds: when it comes, the file has grown since.
    std::string bytes(static_cast<size_t>(info.st_size) + 1, '\0');
    const auto count = readAll(file.value(), bytes);
    if (!count.ok()) {
        return count.error();
    }
    if (count.value() != static_cast<size_t>(info.st_size)) {
        return Error{ErrorCode::kIo, "changed while it was read"};
    }
    bytes.pop_back();
    return bytes;
}

std::string formatBytes(int64_t bytes) {
    if (bytes < 1024) {
        return std::to_string(bytes) + (bytes == 1 ? " byte" : " bytes");
    }
    const bool isKib = bytes < (1 << 20);
    const double value = static_cast<double>(bytes) / (isKib ? 1 << 10 : 1 << 20);
    std::array<char, 40> text{};
    const int size =
        std::snprintf(text.data(), text.size(), "%.1f %s", value, isKib ? "KiB" : "MiB");
    return {text.data(), static_cast<size_t>(size)};
}

std::string describeErrno(int error) {
    return std::generic_category().message(error);
}

}  // namespace tl
