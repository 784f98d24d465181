// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <utility>

#include "base/result.h"

namespace tl {

// The right to write to a project, held by one ProjectStore of one process at a time. It is a lock
// on the file NAME-lock beside the project, in which the holder's process number stands; the system
// lets go of it when the process ends, however it ends, so a file that is left behind locks
// nothing. SQLite's own locks cannot be had for as long as a project is open without shutting
// readers out.
class ProjectLock {
public:
    // kBusy names the process that has it; kIo where no file can be made beside the project.
    static Result<ProjectLock> take(const std::filesystem::path& project);

    ProjectLock(ProjectLock&& other) noexcept
        : m_file(std::move(other.m_file)), m_descriptor(std::exchange(other.m_descriptor, -1)) {}
    ProjectLock& operator=(ProjectLock&&) = delete;
    ~ProjectLock();

private:
    ProjectLock(std::filesystem::path file, int descriptor)
        : m_file(std::move(file)), m_descriptor(descriptor) {}

    std::filesystem::path m_file;
    int m_descriptor;
};

}  // namespace tl
