// SPDX-License-Identifier: Apache-2.0
#include "ingest/source/work_tree.h"

#include <cstdlib>
#include <string>
#include <string_view>
#include <system_error>

#include "ingest/read/file_bytes.h"

namespace tl {
namespace {

namespace fs = std::filesystem;

// The path that a one-line file of git names, relative ones against the file's folder; empty when
// there is no such file.
fs::path readPathFile(const fs::path& file, std::string_view prefix) {
    constexpr int64_t kMaxBytes = 1 << 16;
    const auto bytes = readFileBytes(file, kMaxBytes);
    if (!bytes.ok() || !bytes.value().starts_with(prefix)) {
        return {};
    }
    const std::string_view line =
        std::string_view(bytes.value())
            .substr(prefix.size(), bytes.value().find('\n') - prefix.size());
    return line.empty() ? fs::path() : file.parent_path() / fs::path(line);
}

bool isThere(const fs::path& path) {
    std::error_code error;
    return fs::exists(path, error);
}

}  // namespace

std::optional<fs::path> findWorkTree(const fs::path& folder) {
    for (fs::path at = folder;; at = at.parent_path()) {
        if (isThere(at / ".git")) {
            return at;
        }
        if (!at.has_relative_path()) {
            return std::nullopt;
        }
    }
}

fs::path workTreeExcludeFile(const fs::path& workTree) {
    fs::path gitFolder = workTree / ".git";
    const fs::path elsewhere = readPathFile(gitFolder, "gitdir: ");
    if (!elsewhere.empty()) {
        const fs::path common = readPathFile(elsewhere / "commondir", "");
        gitFolder = common.empty() ? elsewhere : common;
    }
    return gitFolder / "info" / "exclude";
}

fs::path globalIgnoreFile() {
    const char* config = std::getenv("XDG_CONFIG_HOME");
    if (config != nullptr && *config != '\0') {
        return fs::path(config) / "git" / "ignore";
    }
    const char* home = std::getenv("HOME");
    if (home != nullptr && *home != '\0') {
        return fs::path(home) / ".config" / "git" / "ignore";
    }
    return {};
}

}  // namespace tl
