// SPDX-License-Identifier: Apache-2.0
#include "ingest/source/work_tree.h"

#include <cstdlib>
#include <string>
#include <string_view>
#include <system_error>

#include "ingest/io/file_bytes.h"
#include "ingest/source/git_config.h"

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

fs::path fromEnvironment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? fs::path() : fs::path(value);
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

GitFiles gitFilesOf(const fs::path& workTree) {
    fs::path own = workTree / ".git";
    fs::path common = own;
    const fs::path elsewhere = readPathFile(own, "gitdir: ");
    if (!elsewhere.empty()) {
        own = elsewhere;
        common = readPathFile(own / "commondir", "");
        common = common.empty() ? own : common;
    }
    return {common / "info" / "exclude", common / "config", own / "index"};
}

fs::path globalIgnoreFile() {
    const fs::path home = fromEnvironment("HOME");
    fs::path config = fromEnvironment("XDG_CONFIG_HOME");
    if (config.empty() && !home.empty()) {
        config = home / ".config";
    }
    // The second one is stronger, as it is for git.
    std::optional<fs::path> file;
    for (const fs::path& from : {config.empty() ? fs::path() : config / "git" / "config",
                                 home.empty() ? fs::path() : home / ".gitconfig"}) {
        if (const auto named = from.empty() ? std::nullopt : workTreeConfig(from).excludesFile) {
            file = named;
        }
    }
    return file ? *file : config.empty() ? fs::path() : config / "git" / "ignore";
}

WorkTreeConfig workTreeConfig(const fs::path& configFile) {
    constexpr int64_t kMaxBytes = 1 << 20;
    WorkTreeConfig config;
    const auto bytes = readFileBytes(configFile, kMaxBytes);
    if (!bytes.ok()) {
        return config;
    }
    if (const auto named = gitConfigValue(bytes.value(), "core", "excludesfile")) {
        const bool isAtHome = named->starts_with("~/");
        config.excludesFile =
            isAtHome ? fromEnvironment("HOME") / named->substr(2) : fs::path(*named);
    }
    constexpr size_t kSha256Bytes = 32;
    if (gitConfigValue(bytes.value(), "extensions", "objectformat") == "sha256") {
        config.idBytes = kSha256Bytes;
    }
    return config;
}

}  // namespace tl
