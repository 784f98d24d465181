// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>

#include "base/result.h"

namespace tl {

// What of a file that others write to can be read by now: whole lines. What comes after the last
// line end, and all of a file that is no plain text (one with a zero byte), counts once the file
// has not changed for kSettled. Looks at the file when asked, and waits for nothing.
class GrowingFile {
public:
    using Clock = std::chrono::steady_clock;
    static constexpr std::chrono::milliseconds kSettled{2000};

    enum class Change {
        kNone,
        kGrown,     // there is more of it
        kReplaced,  // it does not begin any more with what was read: another file, or cut off
        kGone,      // there is no such file, for now
    };

    struct Look {
        Change change = Change::kNone;
        bool isWhole = false;  // nothing of the file is left to wait for
    };

    GrowingFile(std::filesystem::path path, int64_t maxBytes);

    // kIo where it cannot be read, kUnsupported for what is no regular file or too large, in one
    // line that names the file.
    Result<Look> look(Clock::time_point now = Clock::now());

    // The file's first bytes, as far as they can be read: of the last look().
    const std::string& bytes() const { return m_bytes; }
    // When the file was last changed, in nanoseconds from 1970.
    int64_t modifiedNs() const { return m_stamp.modifiedNs; }
    const std::filesystem::path& path() const { return m_path; }

private:
    // What tells that a file is as it was.
    struct Stamp {
        uint64_t device = 0;
        uint64_t inode = 0;
        int64_t bytes = -1;
        int64_t modifiedNs = 0;

        friend bool operator==(const Stamp&, const Stamp&) = default;
    };

    Result<Stamp> stamp() const;
    Result<std::string> readAll() const;

    std::filesystem::path m_path;
    int64_t m_maxBytes;
    Stamp m_stamp;
    bool m_isGone = false;
    Clock::time_point m_changed{};  // when the stamp was seen first
    std::string m_bytes;
    bool m_isWhole = false;
};

}  // namespace tl
