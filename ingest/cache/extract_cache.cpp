// SPDX-License-Identifier: Apache-2.0
#include "ingest/cache/extract_cache.h"

#include <algorithm>
#include <atomic>
#include <fstream>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>

#include "ingest/cache/extract_file.h"
#include "ingest/io/file_bytes.h"

namespace tl {

namespace {

namespace fs = std::filesystem;

constexpr const char* kEnding = ".extract";
// What a run that was killed has left half-written.
constexpr auto kForgotten = std::chrono::hours(1);
// A reason may have been the machine's after all (a time-out): it is looked into again.
constexpr auto kReasonLife = std::chrono::hours(24);

struct Entry {
    fs::path path;
    fs::file_time_type used;
    int64_t bytes = 0;
};

std::vector<Entry> entriesIn(const fs::path& folder) {
    std::vector<Entry> entries;
    std::error_code failure;
    const auto now = fs::file_time_type::clock::now();
    for (fs::recursive_directory_iterator it(folder, failure), end; !failure && it != end;
         it.increment(failure)) {
        std::error_code gone;  // another process may tidy up too
        if (!it->is_regular_file(gone)) {
            continue;
        }
        Entry entry{
            it->path(), it->last_write_time(gone), static_cast<int64_t>(it->file_size(gone))};
        if (gone) {
            continue;
        }
        if (entry.path.extension() == kEnding) {
            entries.push_back(std::move(entry));
        } else if (now - entry.used > kForgotten) {
            fs::remove(entry.path, gone);
        }
    }
    return entries;
}

}  // namespace

ExtractCache::ExtractCache(fs::path folder, int64_t maxBytes)
    : m_folder(std::move(folder)), m_maxBytes(maxBytes) {}

fs::path ExtractCache::pathOf(const std::string& key) const {
    return m_folder / key.substr(0, 2) / (key.substr(2) + kEnding);
}

std::optional<Reading<Extract>> ExtractCache::find(const std::string& key,
                                                   const ReadLimits& limits) const {
    const fs::path path = pathOf(key);
    const Reading<std::string> bytes = readFileBytes(path, m_maxBytes);
    if (!bytes.ok()) {
        return std::nullopt;
    }
    std::optional<Reading<Extract>> extract = unpackExtract(bytes.value(), limits);
    std::error_code ignored;
    const auto now = fs::file_time_type::clock::now();
    const bool isOld = now - fs::last_write_time(path, ignored) > kReasonLife;
    if (!extract || (!extract->ok() && isOld)) {
        fs::remove(path, ignored);
        return std::nullopt;
    }
    if (extract->ok()) {
        fs::last_write_time(path, now, ignored);
    }
    return extract;
}

void ExtractCache::keep(const std::string& key, const Reading<Extract>& extract) {
    const std::string bytes = packExtract(extract);
    // One entry must not push out all others.
    if (bytes.empty() || std::ssize(bytes) > m_maxBytes / 8) {
        return;
    }
    if (write(pathOf(key), bytes)) {
        addSize(std::ssize(bytes));
    }
}

// Readable for the user alone: it is the text of their files. Whole or not at all.
bool ExtractCache::write(const fs::path& path, const std::string& bytes) const {
    static std::atomic<int> counter{0};
    std::error_code failure;
    fs::create_directories(path.parent_path(), failure);
    fs::permissions(m_folder, fs::perms::owner_all, failure);
    fs::path part = path;
    part += '.';
    part += std::to_string(::getpid());
    part += '-';
    part += std::to_string(counter++);
    {
        std::ofstream out(part, std::ios::binary);
        out << bytes << std::flush;
        if (!out) {
            out.close();
            fs::remove(part, failure);
            return false;
        }
    }
    fs::rename(part, path, failure);
    return !failure;
}

void ExtractCache::addSize(int64_t bytes) {
    const std::lock_guard lock(m_mutex);
    if (!m_size) {
        m_size = 0;
        for (const Entry& entry : entriesIn(m_folder)) {
            *m_size += entry.bytes;
        }
    } else {
        *m_size += bytes;
    }
    if (*m_size > m_maxBytes) {
        m_size = removeOldest();
    }
}

// Down to four fifths, so that this is seldom needed. What is left.
int64_t ExtractCache::removeOldest() const {
    std::vector<Entry> entries = entriesIn(m_folder);
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
        return a.used < b.used;
    });
    int64_t size = 0;
    for (const Entry& entry : entries) {
        size += entry.bytes;
    }
    for (const Entry& entry : entries) {
        if (size <= m_maxBytes / 5 * 4) {
            break;
        }
        std::error_code failure;
        fs::remove(entry.path, failure);
        size -= failure ? 0 : entry.bytes;
    }
    return size;
}

}  // namespace tl
