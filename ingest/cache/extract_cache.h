// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>

#include "ingest/reader.h"

namespace tl {

// Extracts, and for a day reasons why there is none, kept on disk under the hash of what they were
// made of, so that a file is parsed once for as long as it stays the same. A folder that cannot be
// used, a file that is broken, a full disk: each costs the time to parse again and nothing else.
// Thread-safe, also between processes.
class ExtractCache {
public:
    // The folder is made when something is kept. The least used entries go when all together take
    // more than `maxBytes`.
    ExtractCache(std::filesystem::path folder, int64_t maxBytes);

    std::optional<Reading<Extract>> find(const std::string& key, const ReadLimits& limits) const;
    void keep(const std::string& key, const Reading<Extract>& extract);

private:
    std::filesystem::path pathOf(const std::string& key) const;
    bool write(const std::filesystem::path& path, const std::string& bytes) const;
    void addSize(int64_t bytes);
    int64_t removeOldest() const;

    const std::filesystem::path m_folder;
    const int64_t m_maxBytes;
    std::mutex m_mutex;
    std::optional<int64_t> m_size;  // guarded by m_mutex; of all entries, once they are counted
};

}  // namespace tl
