// SPDX-License-Identifier: Apache-2.0
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include "ingest/io/file_bytes.h"

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

Failure errnoFailure(int error, ReasonCode what) {
    const ErrorCode code = error == ENOENT ? ErrorCode::kNotFound : ErrorCode::kIo;
    return {code, {.code = what, .detail = describeErrno(error)}};
}

// Fills `bytes` from the start of the file; the count that came.
Reading<size_t> readAll(int file, std::string& bytes) {
    size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t count = ::read(file, bytes.data() + done, bytes.size() - done);
        if (count == 0) {
            break;
        }
        if (count > 0) {
            done += static_cast<size_t>(count);
        } else if (errno != EINTR) {
            return errnoFailure(errno, ReasonCode::kCannotBeRead);
        }
    }
    return done;
}

}  // namespace

Reading<std::string> readFileBytes(const std::filesystem::path& path, int64_t maxBytes) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (file.value() < 0) {
        return errno == ENOENT ? Failure{ErrorCode::kNotFound, {ReasonCode::kNoLongerThere}}
                               : errnoFailure(errno, ReasonCode::kCannotBeOpened);
    }
    struct stat info {};
    if (::fstat(file.value(), &info) != 0) {
        return errnoFailure(errno, ReasonCode::kCannotBeRead);
    }
    if (!S_ISREG(info.st_mode)) {
        return Failure{ErrorCode::kIo, {ReasonCode::kNotRegularFile}};
    }
    if (info.st_size > maxBytes) {
        return Failure{
            ErrorCode::kUnsupported,
            {.code = ReasonCode::kOverSizeLimit, .count = info.st_size, .limit = maxBytes}};
    }
    // One byte more than the file holds: when it comes, the file has grown since.
    std::string bytes(static_cast<size_t>(info.st_size) + 1, '\0');
    const auto count = readAll(file.value(), bytes);
    if (!count.ok()) {
        return count.error();
    }
    if (count.value() != static_cast<size_t>(info.st_size)) {
        return Failure{ErrorCode::kIo, {ReasonCode::kChangedWhileRead}};
    }
    bytes.pop_back();
    return bytes;
}

std::string describeErrno(int error) {
    return std::generic_category().message(error);
}

}  // namespace tl
