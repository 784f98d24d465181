// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cerrno>
#include <fstream>
#include <string_view>
#include <sys/stat.h>
#include <system_error>
#include <utility>

#include "app/project/growing_file.h"
#include "app/wording.h"

namespace tl {

namespace {

// Where the part ends that can be read while the file is being written to.
size_t settledEnd(std::string_view bytes) {
    const size_t lineEnd =
        bytes.find('\0') == std::string_view::npos ? bytes.rfind('\n') : std::string_view::npos;
    return lineEnd == std::string_view::npos ? 0 : lineEnd + 1;
}

// How long ago that was, by the system's clock; a time that is yet to come counts as now.
std::chrono::nanoseconds since(int64_t modifiedNs) {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const auto age = std::chrono::nanoseconds(now) - std::chrono::nanoseconds(modifiedNs);
    return std::max(age, std::chrono::nanoseconds(0));
}

}  // namespace

GrowingFile::GrowingFile(std::filesystem::path path, int64_t maxBytes)
    : m_path(std::move(path)), m_maxBytes(maxBytes) {}

Result<GrowingFile::Stamp> GrowingFile::stamp() const {
    struct stat info {};
    if (::stat(m_path.c_str(), &info) != 0) {
        return Error{errno == ENOENT ? ErrorCode::kNotFound : ErrorCode::kIo,
                     m_path.string() + ": " + std::generic_category().message(errno)};
    }
    if (!S_ISREG(info.st_mode)) {
        return Error{ErrorCode::kUnsupported, m_path.string() + ": is no regular file"};
    }
    constexpr int64_t kSecond = 1'000'000'000;
    return Stamp{info.st_dev,
                 info.st_ino,
                 info.st_size,
                 info.st_mtim.tv_sec * kSecond + info.st_mtim.tv_nsec};
}

Result<std::string> GrowingFile::readAll() const {
    if (m_stamp.bytes > m_maxBytes) {
        return Error{ErrorCode::kUnsupported,
                     m_path.string() + ": " + grouped(m_stamp.bytes) +
                         " bytes, over the limit of " + grouped(m_maxBytes) +
                         "; --max-file-size of throughline read raises it"};
    }
    std::string bytes(static_cast<size_t>(m_stamp.bytes), '\0');
    std::ifstream in(m_path, std::ios::binary);
    in.read(bytes.data(), std::ssize(bytes));
    if (!in.is_open() || in.bad()) {
        return Error{ErrorCode::kIo, m_path.string() + ": cannot be read"};
    }
    bytes.resize(static_cast<size_t>(in.gcount()));  // it may have been cut off meanwhile
    return bytes;
}

Result<GrowingFile::Look> GrowingFile::look(Clock::time_point now) {
    const Result<Stamp> found = stamp();
    if (!found.ok() && found.error().code == ErrorCode::kNotFound) {
        const bool wasThere = !std::exchange(m_isGone, true);
        return Look{wasThere ? Change::kGone : Change::kNone, false};
    }
    if (!found.ok()) {
        return found.error();
    }
    m_isGone = false;
    const bool isFirst = m_stamp.bytes < 0;
    const bool isTouched = found.value() != m_stamp;
    if (isTouched) {
        m_isWhole = false;
        m_stamp = found.value();
        m_changed = now;
    }
    const bool isSettled =
        isFirst ? since(m_stamp.modifiedNs) >= kSettled : now - m_changed >= kSettled;
    if (m_isWhole || (!isTouched && !isSettled)) {
        return Look{Change::kNone, m_isWhole};
    }
    Result<std::string> all = readAll();
    if (!all.ok()) {
        return all.error();
    }
    std::string bytes = std::move(all).value();
    const bool isCut = !bytes.starts_with(m_bytes);
    const size_t whole = bytes.size();
    bytes.resize(isSettled ? whole : settledEnd(bytes));
    m_isWhole = bytes.size() == whole;
    const bool isMore = bytes.size() > m_bytes.size();
    if (isCut || isMore) {
        m_bytes = std::move(bytes);
    }
    return Look{isCut ? Change::kReplaced : isMore ? Change::kGrown : Change::kNone, m_isWhole};
}

}  // namespace tl
