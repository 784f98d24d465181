// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <string_view>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include "store/lock/project_lock.h"

namespace tl {

namespace {

Error inUse(const std::filesystem::path& project, int descriptor) {
    std::array<char, 16> text{};
    const ssize_t size = pread(descriptor, text.data(), text.size(), 0);
    std::string number;
    for (ssize_t i = 0; i < size && text.at(static_cast<size_t>(i)) != '\n'; ++i) {
        const char c = text.at(static_cast<size_t>(i));
        number += c >= '0' && c <= '9' ? c : '?';
    }
    // The holder may be about to write it.
    return {ErrorCode::kBusy,
            project.string() + ": in use by " +
                (number.empty() ? "another process" : "process " + number)};
}

Error cannotWrite(const std::filesystem::path& project, int code) {
    return {ErrorCode::kIo,
            project.string() + ": cannot be written: " + std::generic_category().message(code)};
}

// Whether the name still leads to the file that is open: its last holder may have removed it
// between our opening and locking it.
bool isStillThere(const std::filesystem::path& file, int descriptor) {
    struct stat named = {};
    struct stat opened = {};
    return stat(file.c_str(), &named) == 0 && fstat(descriptor, &opened) == 0 &&
           named.st_ino == opened.st_ino && named.st_dev == opened.st_dev;
}

bool writeNumber(int descriptor) {
    const std::string text = std::to_string(getpid()) + "\n";
    return ftruncate(descriptor, 0) == 0 &&
           pwrite(descriptor, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size());
}

}  // namespace

Result<ProjectLock> ProjectLock::take(const std::filesystem::path& project) {
    // As SQLite names its files, so that two names of one project lock each other.
    std::error_code ignored;
    std::filesystem::path file = std::filesystem::weakly_canonical(project, ignored);
    if (file.empty()) {
        file = project;
    }
    file += "-lock";
    for (;;) {
        const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
        if (descriptor < 0) {
            return cannotWrite(project, errno);
        }
        ProjectLock lock(file, descriptor);
        if (flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
            const int code = errno;
            lock.m_file.clear();  // it is another's
            return code == EWOULDBLOCK ? inUse(project, descriptor) : cannotWrite(project, code);
        }
        if (!isStillThere(file, descriptor)) {
            lock.m_file.clear();
            continue;
        }
        if (!writeNumber(descriptor)) {
            return cannotWrite(project, errno);
        }
        return lock;
    }
}

ProjectLock::~ProjectLock() {
    if (m_descriptor < 0) {
        return;
    }
    if (!m_file.empty()) {
        unlink(m_file.c_str());  // while it is still locked: whoever waits for it sees that it went
    }
    close(m_descriptor);
}

}  // namespace tl
